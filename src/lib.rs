//! gazet
pub mod model;
