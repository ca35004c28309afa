//! The content of a file of lists or rules, in memory once: cells of lists are stretches of it, so it lives as long as they.

use std::ops::Deref;
use std::sync::Arc;

/// Bytes, UTF-8 in all but broken files; a clone shares them.
#[derive(Clone, Debug)]
pub struct Content(Inner);

#[derive(Clone, Debug)]
enum Inner {
    /// In the binary.
    Embedded(&'static str),
    /// The user's.
    Text(Arc<String>),
    /// The user's, and not UTF-8.
    Bytes(Arc<Vec<u8>>),
}

impl Content {
    /// A file inside the binary.
    pub const fn embedded(text: &'static str) -> Self {
        Self(Inner::Embedded(text))
    }

    /// Inside the binary?
    pub const fn is_embedded(&self) -> bool {
        matches!(self.0, Inner::Embedded(_))
    }

    /// The text, if it is UTF-8.
    #[inline]
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Inner::Embedded(text) => Some(text),
            Inner::Text(text) => Some(text),
            Inner::Bytes(_) => None,
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::embedded("")
    }
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Inner::Embedded(text) => text.as_bytes(),
            Inner::Text(text) => text.as_bytes(),
            Inner::Bytes(bytes) => bytes,
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(match String::from_utf8(bytes) {
            Ok(text) => Inner::Text(Arc::new(text)),
            Err(error) => Inner::Bytes(Arc::new(error.into_bytes())),
        })
    }
}
