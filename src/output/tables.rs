//! The tables of a run, on one thread: takes finished rows in document order, sums the corpus, writes the rest at the
//! end. Memory grows with the number of different entities only.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::columns::Schema;
use super::corpus::Corpus;
use super::datapackage::{Inputs, PackageInfo, Resource, describe};
use super::files::{Flush, NewFile, PACKAGE, Workspace, hex};
use super::profiles::Profile;
use super::rows::push_header;
use super::{
    DocumentRows, OutputError, documents, entities, mentions, pairs, rejected, relation_summary, relations,
};
use crate::model::Status;

/// What is written, and for whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The dialect.
    pub profile: Profile,
    /// Write `pairs.csv` as well?
    pub pairs: bool,
    /// Write `rejected.csv` as well?
    pub rejected: bool,
}

/// What a run wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows of `documents.csv`.
    pub documents: u64,
    /// Of these, read with a flaw.
    pub flawed: u64,
    /// Of these, not read.
    pub failed: u64,
    /// Rows of `mentions.csv`.
    pub mentions: u64,
    /// The same by type.
    pub mentions_by_type: BTreeMap<String, u64>,
    /// Rows of `entities.csv`; 0 until the end.
    pub entities: u64,
    /// Rows of `relations.csv`.
    pub relations: u64,
}

/// The open tables of a run. Dropped without [`Tables::finish`], they leave the folder's earlier tables as they were.
#[derive(Debug)]
pub struct Tables {
    options: TableOptions,
    documents: NewFile,
    mentions: NewFile,
    relations: NewFile,
    rejected: Option<(NewFile, u64)>,
    corpus: Corpus,
    inputs: Sha256,
    counts: Counts,
    // Last, so that files are closed before the folder is cleared.
    workspace: Workspace,
}

impl Tables {
    /// Locks the folder, making it if need be, and opens the tables beside the earlier ones.
    pub fn create(out: &Path, options: TableOptions) -> Result<Self, OutputError> {
        let workspace = Workspace::open(out)?;
        Ok(Self {
            options,
            documents: open(&workspace, &documents::schema(), options)?,
            mentions: open(&workspace, &mentions::schema(), options)?,
            relations: open(&workspace, &relations::schema(), options)?,
            rejected: if options.rejected {
                Some((open(&workspace, &rejected::schema(), options)?, 0))
            } else {
                None
            },
            corpus: Corpus::default(),
            inputs: Sha256::new(),
            counts: Counts::default(),
            workspace,
        })
    }

    /// Adds the next document, or the next portion of one. Rows must have been formatted with the same options.
    pub fn append(&mut self, rows: DocumentRows) -> Result<(), OutputError> {
        self.documents.append(&rows.documents)?;
        self.mentions.append(&rows.mentions)?;
        self.relations.append(&rows.relations)?;
        if let Some((file, count)) = &mut self.rejected {
            file.append(&rows.rejected)?;
            *count += rows.rejected_count;
        }
        if let Some(input) = rows.input {
            self.inputs.update(input);
        }
        self.count(&rows);
        self.corpus.add(rows.seen);
        Ok(())
    }

    /// Bytes of the table that grows most.
    pub fn bytes(&self) -> u64 {
        self.mentions.bytes()
    }

    /// What brings that table to the disk while it grows.
    pub fn flush(&self) -> Result<Flush, OutputError> {
        self.mentions.flush()
    }

    fn count(&mut self, rows: &DocumentRows) {
        let counts = &mut self.counts;
        if rows.input.is_some() {
            counts.documents += 1;
            counts.flawed += u64::from(rows.status == Status::Flawed);
            counts.failed += u64::from(rows.status == Status::Failed);
        }
        counts.relations += rows.relation_count;
        for (type_name, n) in &rows.mentions_by_type {
            counts.mentions += n;
            *counts.mentions_by_type.entry(type_name.clone()).or_default() += n;
        }
    }

    /// What was written so far.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Writes the tables of the whole corpus and the package, and puts all files in place.
    pub fn finish(self, info: &PackageInfo) -> Result<Counts, OutputError> {
        let Self { options, documents, mentions, relations, rejected, corpus, inputs, mut counts, workspace } =
            self;
        counts.entities = corpus.entities.len() as u64;
        let mut resources = vec![
            resource(documents::schema(), documents, counts.documents)?,
            resource(mentions::schema(), mentions, counts.mentions)?,
            whole(&workspace, entities::schema(), options, |out| {
                entities::push_rows(&corpus, options.profile, out)
            })?,
            resource(relations::schema(), relations, counts.relations)?,
            whole(&workspace, relation_summary::schema(), options, |out| {
                relation_summary::push_rows(&corpus, options.profile, out)
            })?,
        ];
        if let Some((file, count)) = rejected {
            resources.push(resource(rejected::schema(), file, count)?);
        }
        if options.pairs {
            let push = |out: &mut String| pairs::push_rows(&corpus, options.profile, out);
            resources.push(whole(&workspace, pairs::schema(), options, push)?);
        }
        let inputs = Inputs { documents: counts.documents, sha256: hex(&inputs.finalize()) };
        let mut package = workspace.create(PACKAGE)?;
        package.append(&describe(info, &inputs, &resources, options))?;
        package.finish()?;
        workspace.commit()?;
        Ok(counts)
    }
}

/// A table that grows, with its header.
fn open(workspace: &Workspace, schema: &Schema, options: TableOptions) -> Result<NewFile, OutputError> {
    let mut file = workspace.create(&format!("{}.csv", schema.name))?;
    let mut header = String::new();
    push_header(&mut header, &schema.fields, options.profile);
    file.append(&header)?;
    Ok(file)
}

/// A table that has grown.
fn resource(schema: Schema, file: NewFile, rows: u64) -> Result<Resource, OutputError> {
    Ok(Resource { schema, rows, written: file.finish()? })
}

/// A table written in one go.
fn whole(
    workspace: &Workspace,
    schema: Schema,
    options: TableOptions,
    push_rows: impl FnOnce(&mut String) -> u64,
) -> Result<Resource, OutputError> {
    let mut file = open(workspace, &schema, options)?;
    let mut out = String::new();
    let rows = push_rows(&mut out);
    file.append(&out)?;
    resource(schema, file, rows)
}
