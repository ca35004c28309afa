//! The shape of a table: its columns with name, kind, meaning and how a cell is written. Header, rows and
//! `datapackage.json` all come from the one list of columns that each writer has, so they cannot disagree.

/// What the cells of a column hold; decides guarding and the type in `datapackage.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text from documents or lists, guarded in spreadsheets.
    Text,
    /// An id that begins with a letter, or a word of gazet's own: never guarded.
    Id,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A full ISO day; spreadsheets may read it as a date.
    Day,
    /// An ISO day whose year may be `XXXX`.
    OpenDay,
    /// `yes` or `no`.
    YesNo,
}

/// One column of the table whose rows are `R`.
pub(super) struct Column<R> {
    /// Header.
    pub(super) name: &'static str,
    /// What its cells hold.
    pub(super) kind: Kind,
    /// Its meaning, for a reader of the table.
    pub(super) about: &'static str,
    /// Appends the bare cell; quoting and guarding come after.
    pub(super) write: fn(&R, &mut String),
    /// May its cells need quotes or a guard?
    pub(super) closes: bool,
}

/// A short way to write a column in a list.
pub(super) const fn column<R>(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    write: fn(&R, &mut String),
) -> Column<R> {
    let closes = matches!(kind, Kind::Text | Kind::Id | Kind::Decimal);
    Column { name, kind, about, write, closes }
}

/// A column whose cells need no closing: they are words or ids of gazet's own, or many rows share a cell that was closed
/// once.
pub(super) const fn closed_column<R>(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    write: fn(&R, &mut String),
) -> Column<R> {
    Column { closes: false, ..column(name, kind, about, write) }
}

/// A column without its rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) about: &'static str,
}

/// `column` of this table is a key of `table`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ForeignKey {
    pub(super) column: &'static str,
    pub(super) table: &'static str,
    pub(super) key: &'static str,
}

/// A table without its rows.
#[derive(Clone, Debug)]
pub(super) struct Schema {
    /// File name without `.csv`.
    pub(super) name: &'static str,
    /// What a row is.
    pub(super) about: &'static str,
    pub(super) fields: Vec<Field>,
    pub(super) primary_key: &'static [&'static str],
    pub(super) foreign_keys: &'static [ForeignKey],
}

/// The columns without their rows.
pub(super) fn fields<R>(columns: &[Column<R>]) -> Vec<Field> {
    columns.iter().map(|c| Field { name: c.name, kind: c.kind, about: c.about }).collect()
}
