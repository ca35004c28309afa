//! gazet
pub mod model;
pub mod output;
pub mod text;
