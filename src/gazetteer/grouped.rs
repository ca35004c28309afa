//! Values in groups, one behind the other: what a key, an entry or a list has, without a vector for each.

use super::table::index;

/// Values by group number.
#[derive(Clone, Debug)]
pub(super) struct Grouped<T> {
    values: Vec<T>,
    /// Where each group begins, and where the last ends.
    starts: Vec<u32>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Self { values: Vec::new(), starts: vec![0] }
    }
}

impl<T: Copy> Grouped<T> {
    /// Groups values, keeping their order within each group. `pairs`: group and value.
    pub(super) fn new(pairs: &[(u32, T)], groups: usize) -> Self {
        let mut starts = vec![0_u32; groups + 1];
        for (group, _) in pairs {
            if let Some(count) = starts.get_mut(*group as usize) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            (*start, total) = (total, total + *start);
        }
        let Some(&(_, first)) = pairs.first() else {
            return Self { values: Vec::new(), starts };
        };
        let mut values = vec![first; pairs.len()];
        let mut next = starts.clone();
        for (group, value) in pairs {
            if let Some(at) = next.get_mut(*group as usize) {
                if let Some(slot) = values.get_mut(*at as usize) {
                    *slot = *value;
                }
                *at += 1;
            }
        }
        Self { values, starts }
    }

    /// Lets `tidy` sort and shorten each group of two or more.
    pub(super) fn tidied(mut self, tidy: impl Fn(&mut Vec<T>)) -> Self {
        let mut group = Vec::new();
        let (mut start, mut kept) = (0, 0);
        for at in 1..self.starts.len() {
            let Some(end) = self.starts.get_mut(at) else { break };
            let (from, to) = (start as usize, *end as usize);
            start = *end;
            if to - from > 1 {
                group.clear();
                group.extend_from_slice(self.values.get(from..to).unwrap_or_default());
                tidy(&mut group);
                // A group never grows, so what is written has been read.
                if let Some(slots) = self.values.get_mut(kept..kept + group.len()) {
                    slots.copy_from_slice(&group);
                }
                kept += group.len();
            } else if to > from {
                self.values.copy_within(from..to, kept);
                kept += 1;
            }
            *end = index(kept);
        }
        self.values.truncate(kept);
        self
    }
}

impl<T> Grouped<T> {
    /// The values of a group.
    pub(super) fn of(&self, group: u32) -> &[T] {
        let at = group as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => self.values.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}
