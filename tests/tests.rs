//! All tests of the whole program, one binary: what cannot be seen from inside one file.

mod check;
mod days;
mod house;
mod identity;
mod input;
mod library;
mod lists;
mod long;
mod names;
mod properties;
mod running;
mod shipped_lists;
