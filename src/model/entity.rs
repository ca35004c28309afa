//! An entity of one document: a target that its mentions point to. Its id comes from content alone, so equal ids of
//! different documents are one entity of the corpus.

use super::TypeId;

/// Index into a document's entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIndex(pub u32);

/// What a list knows about an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// ISO 3166-1 alpha-2, upper case; empty if unknown.
    pub country: Box<str>,
    /// Degrees, as written in the list.
    pub latitude: Box<str>,
    /// Degrees, as written in the list.
    pub longitude: Box<str>,
    /// `wikidata:Q37|geonames:597427`.
    pub external_ids: Box<str>,
}

/// An entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Stable id, a letter first.
    pub id: Box<str>,
    /// Canonical name.
    pub name: Box<str>,
    /// Its type.
    pub type_id: TypeId,
    /// Its subtype; empty if unknown.
    pub subtype: Box<str>,
    /// From a list (or composed of listed parts)?
    pub listed: bool,
    /// What the list knows.
    pub listing: Listing,
}
