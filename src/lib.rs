//! gazet
pub mod gazetteer;
pub mod model;
pub mod output;
pub mod text;
