//! `datapackage.json`: the tables described as a Frictionless Data Package, so that programs read them without guessing.
//! Holds no time: the same run gives the same bytes.

use serde_json::{Map, Value, json};

use super::columns::{Field, Kind, Schema};
use super::files::Written;
use super::tables::TableOptions;

/// The hash of one folder of gazetteers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The folder's label.
    pub label: String,
    /// Its hash.
    pub sha256: String,
}

/// What the package says of the run besides its tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageInfo {
    /// Version of gazet.
    pub version: String,
    /// The gazetteers in use.
    pub gazetteers: Vec<Fingerprint>,
}

/// The inputs: how many documents, and one hash over all.
#[derive(Clone, Debug)]
pub(super) struct Inputs {
    pub(super) documents: u64,
    pub(super) sha256: String,
}

/// A table as written.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) schema: Schema,
    pub(super) rows: u64,
    pub(super) written: Written,
}

/// The whole file.
pub(super) fn describe(
    info: &PackageInfo,
    inputs: &Inputs,
    resources: &[Resource],
    options: TableOptions,
) -> String {
    let gazetteers: Vec<Value> =
        info.gazetteers.iter().map(|g| json!({"label": g.label, "sha256": g.sha256})).collect();
    let tables: Vec<Value> = resources.iter().map(|r| resource(r, resources, options)).collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "gazet",
        "title": "Who, where, when and how they are connected",
        "gazet": {
            "version": info.version,
            "profile": options.profile.as_str(),
            "guard": guard(options),
            "gazetteers": gazetteers,
            "inputs": {
                "documents": inputs.documents,
                "sha256": inputs.sha256,
                "method": "SHA-256 over the documents' SHA-256 in order of documents.csv; each over id, NUL, text as UTF-8",
            },
        },
        "resources": tables,
    });
    format!("{package:#}\n")
}

/// How cells were changed for spreadsheets, and how to undo it.
fn guard(options: TableOptions) -> Value {
    if !options.profile.is_spreadsheet() {
        return Value::Null;
    }
    json!({
        "prefix": "'",
        "fields": "those with \"gazet:guarded\": true",
        "cells": "that begin with = + - @ (also full-width, also behind blanks), tab, line end or apostrophe, and those that a spreadsheet reads as a number, date, time or truth value",
        "undo": "in these fields, remove one leading apostrophe",
    })
}

/// One table. Keys into tables that this run does not have are left out.
fn resource(resource: &Resource, all: &[Resource], options: TableOptions) -> Value {
    let schema = &resource.schema;
    let foreign: Vec<Value> = schema
        .foreign_keys
        .iter()
        .filter(|key| all.iter().any(|r| r.schema.name == key.table))
        .map(|key| json!({"fields": key.column, "reference": {"resource": key.table, "fields": key.key}}))
        .collect();
    json!({
        "name": schema.name,
        "path": format!("{}.csv", schema.name),
        "profile": "tabular-data-resource",
        "description": schema.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.written.bytes,
        "hash": format!("sha256:{}", resource.written.sha256),
        "gazet:rows": resource.rows,
        "gazet:bom": options.profile.is_spreadsheet(),
        "dialect": {
            "delimiter": options.profile.delimiter(),
            "lineTerminator": options.profile.line_end(),
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
        },
        "schema": {
            "fields": schema.fields.iter().map(|f| field(*f, options)).collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": schema.primary_key,
            "foreignKeys": foreign,
        },
    })
}

/// One column.
fn field(field: Field, options: TableOptions) -> Value {
    let mut value = Map::new();
    let type_name = match field.kind {
        Kind::Text | Kind::Id | Kind::OpenDay => "string",
        Kind::Integer => "integer",
        Kind::Decimal => "number",
        Kind::Day => "date",
        Kind::YesNo => "boolean",
    };
    value.insert("name".into(), field.name.into());
    value.insert("type".into(), type_name.into());
    value.insert("description".into(), field.about.into());
    match field.kind {
        Kind::YesNo => {
            value.insert("trueValues".into(), json!(["yes"]));
            value.insert("falseValues".into(), json!(["no"]));
        }
        Kind::Decimal => drop(value.insert("decimalChar".into(), json!(options.profile.decimal_mark()))),
        Kind::Day => drop(value.insert("format".into(), "default".into())),
        Kind::OpenDay => {
            value.insert("constraints".into(), json!({"pattern": "(-?[0-9]{4,6}|XXXX)-[0-9]{2}-[0-9]{2}"}));
        }
        Kind::Text if options.profile.is_spreadsheet() => {
            value.insert("gazet:guarded".into(), true.into());
        }
        Kind::Text | Kind::Id | Kind::Integer => {}
    }
    Value::Object(value)
}
