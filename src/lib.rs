//! gazet
pub mod model;
pub mod text;
pub mod output;
