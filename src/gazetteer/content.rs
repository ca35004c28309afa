//! The content of a file of lists or rules, in memory once: cells of lists are stretches of it, so it lives as long as they.

use std::ops::Deref;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// Bytes, UTF-8 in all but broken files; a clone shares them.
#[derive(Clone, Debug)]
pub struct Content(Inner);

#[derive(Clone, Debug)]
enum Inner {
    /// In the binary, and its SHA-256.
    Embedded(&'static str, &'static [u8; 32]),
    /// The user's.
    Text(Arc<String>),
    /// The user's, and not UTF-8.
    Bytes(Arc<Vec<u8>>),
}

impl Content {
    /// A file inside the binary.
    pub(super) const fn embedded(text: &'static str, sha256: &'static [u8; 32]) -> Self {
        Self(Inner::Embedded(text, sha256))
    }

    /// Its SHA-256.
    pub fn sha256(&self) -> [u8; 32] {
        match self.0 {
            Inner::Embedded(_, sha256) => *sha256,
            Inner::Text(_) | Inner::Bytes(_) => Sha256::digest(&**self).into(),
        }
    }

    /// Inside the binary?
    pub const fn is_embedded(&self) -> bool {
        matches!(self.0, Inner::Embedded(..))
    }

    /// The text, if it is UTF-8.
    #[inline]
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Inner::Embedded(text, _) => Some(text),
            Inner::Text(text) => Some(text),
            Inner::Bytes(_) => None,
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Inner::Embedded(text, _) => text.as_bytes(),
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
