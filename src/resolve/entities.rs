//! The entities of a document, each once, found by id.

use crate::gazetteer::EntryId;
use crate::model::{Entity, EntityIndex, Listing};
use crate::rules::Page;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

#[derive(Debug, Default)]
pub(super) struct Entities {
    /// In order of first appearance.
    pub(super) all: Vec<Entity>,
    known: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Entities {
    /// The entity with this id; made if there is none yet.
    pub(super) fn of_id(&mut self, id: &str, make: impl FnOnce() -> Entity) -> EntityIndex {
        let Self { all, known, hasher } = self;
        let hash = hasher.hash_one(id);
        if let Some(&index) = known.find(hash, |&index| *all[index as usize].id == *id) {
            return EntityIndex(index);
        }
        let index = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.push(make());
        known.insert_unique(hash, index, |&index| hasher.hash_one(&*all[index as usize].id));
        EntityIndex(index)
    }

    /// The entity of an entry.
    pub(super) fn of_entry(&mut self, page: &Page<'_>, entry: EntryId) -> EntityIndex {
        self.of_id(page.gazetteer.id_of(entry), || entity_of(page, entry))
    }
}

/// An entry as an entity.
pub(super) fn entity_of(page: &Page<'_>, entry: EntryId) -> Entity {
    let entry = page.gazetteer.entry(entry);
    Entity {
        id: entry.id.into(),
        name: entry.name.into(),
        type_id: entry.type_id,
        subtype: entry.subtype.into(),
        listed: true,
        listing: Listing {
            country: entry.country.into(),
            latitude: entry.latitude.into(),
            longitude: entry.longitude.into(),
            external_ids: entry.external_ids.into(),
        },
    }
}

/// Adds the letters and digits of a folded key, the rest as single hyphens.
pub(super) fn push_slug(key: &str, out: &mut String) {
    let from = out.len();
    for c in key.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if out.len() > from && !out.ends_with('-') {
            out.push('-');
        }
    }
    let kept = out[from..].trim_end_matches('-').len();
    out.truncate(from + kept);
}

#[cfg(test)]
mod tests {
    use super::push_slug;

    #[test]
    fn a_slug_neither_begins_nor_ends_with_a_hyphen() {
        let mut slug = "org-".to_owned();
        push_slug("'t Hof & Żabka no. 1!", &mut slug);
        assert_eq!(slug, "org-t-hof-żabka-no-1");
        let mut none = "date-".to_owned();
        push_slug("–", &mut none);
        assert_eq!(none, "date-");
    }
}
