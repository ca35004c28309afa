//! gazet reads a folder of documents and writes spreadsheets of who, where, when and how they are connected.
pub mod batch;
pub mod check;
pub mod dates;
pub mod explain;
pub mod extract;
pub mod gazetteer;
pub mod input;
pub mod model;
pub mod options;
pub mod output;
pub mod relations;
pub mod report;
pub mod resolve;
pub mod resources;
pub mod rules;
pub mod text;
pub mod timings;
