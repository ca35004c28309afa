//! Tables: rows of one document are formatted where the document was processed ([`format()`]); one [`Tables`] takes them
//! in document order, gathers what belongs to the whole corpus, and puts all files in place at the end, or none.
//!
//! Owns the columns, ids of rows, spreadsheet dialects, the output folder and `datapackage.json`. Decides nothing about
//! what is a mention or a relation. The same rows in the same order give the same bytes.

mod columns;
mod corpus;
mod datapackage;
mod documents;
mod entities;
mod error;
mod excerpt;
mod facts;
mod files;
mod ids;
mod mentions;
mod numbers;
mod pairs;
mod position;
mod profiles;
mod rejected;
mod relation_summary;
mod relations;
mod rows;
mod tables;

pub use datapackage::{Fingerprint, PackageInfo};
pub use error::OutputError;
pub use facts::{Before, DocumentFacts, DocumentRows, Labels, Portion, format};
pub use files::Flush;
pub use position::Origin;
pub(crate) use position::Positions;
pub use profiles::Profile;
pub use tables::{Counts, TableOptions, Tables};

#[cfg(test)]
mod tests;
