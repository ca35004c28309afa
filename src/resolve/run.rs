//! Unknown names: a run of capitalized words with what may stand inside a name, and what its shape is worth.
//!
//! Owns the shapes of persons ("Given M. Particle Surname Jr."), bodies ("X Head", "Head of X and Y", "X Suffix") and
//! places ("X Head", "Head of X"). What a run means is decided later, by evidence.

/// What one token brings to an unknown name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Step {
    /// A word of the name by its looks; the others can only stand inside.
    pub(super) name: bool,
    /// Last word of a body's name.
    pub(super) head: bool,
    /// Word before "of" in a body's name.
    pub(super) head_first: bool,
    pub(super) suffix: bool,
    pub(super) place_head: bool,
    pub(super) place_first: bool,
    pub(super) given: bool,
    pub(super) surname: bool,
    pub(super) common: bool,
    /// A common word whose capital nothing but a name explains.
    pub(super) lone: bool,
    /// The first word of a sentence, quotation or line; asked of a name's first word only.
    pub(super) opens: bool,
    /// A title or role.
    pub(super) role: bool,
    /// A nationality word; asked of a name's first word only.
    pub(super) nationality: bool,
    /// A title stands directly before.
    pub(super) after_title: bool,
    /// A listed name begins here.
    pub(super) listed: bool,
    /// A nationality word stands directly before.
    pub(super) after_nationality: bool,
    /// "of", "for", "the"; not a particle of persons' names.
    pub(super) link: bool,
    pub(super) and: bool,
    pub(super) possessive: bool,
    /// The period of an abbreviation that ends the name ("Inc.", "Jr.").
    pub(super) period: bool,
    /// A single letter with a period.
    pub(super) initial: bool,
    /// In capitals, after a listed word that is not.
    pub(super) shouts: bool,
    /// Begins a line.
    pub(super) wraps: bool,
}

/// An unknown name as it grows word by word.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    tokens: u32,
    names: i32,
    cost: i32,
    links: i32,
    ands: i32,
    /// Costs that only a body's or a place's name is spared: roles and heads in the middle.
    middle_cost: i32,
    last_head: bool,
    last_role: bool,
    opening_cost: i32,
    nationality_cost: i32,
    given_first: bool,
    head_last: bool,
    suffix_last: bool,
    place_last: bool,
    surname_last: bool,
    /// The word before the first link is a head of a body's or a place's name.
    head_of: bool,
    place_of: bool,
    last_head_first: bool,
    last_place_first: bool,
    place_first: bool,
    plain: bool,
    lone: bool,
    starts_plain: bool,
    /// A nationality word, then common words only.
    national: bool,
    /// Common words and listed names after a head of a body's name and its link.
    complements: i32,
    possessive: bool,
    and_open: bool,
}

impl Run {
    pub(super) fn add(&mut self, step: &Step) {
        let first = self.tokens == 0;
        self.tokens += 1;
        if first {
            self.given_first = step.given || step.initial;
            self.plain = !(step.after_title && (step.surname || !step.common));
            self.lone = step.lone;
            self.place_first = step.place_first;
            self.opening_cost = i32::from(step.common && step.opens && !step.initial) * 13;
            self.nationality_cost = i32::from(step.after_nationality) * 26;
            self.cost += i32::from(step.nationality) * 6;
            self.starts_plain = step.common && !step.given;
            self.national = step.nationality && !step.opens;
        }
        self.cost += i32::from(step.wraps && !first) * 2;
        if step.name {
            self.add_name(step, first);
        } else {
            self.add_link(step);
        }
    }

    fn add_name(&mut self, step: &Step, first: bool) {
        let linked = self.links > 0;
        if !step.period {
            self.head_last = step.head && !first;
            self.place_last = step.place_head && !first;
            self.surname_last = step.surname;
            self.suffix_last = false;
        }
        self.suffix_last |= step.suffix && !first;
        self.last_head_first = step.head_first;
        self.last_place_first = step.place_first;
        self.plain &= step.common && !step.initial;
        self.national &= first || step.common;
        self.complements += i32::from(self.head_of && linked && (step.common || step.listed));
        if step.role && (first || !step.surname) {
            let after_given = self.given_first && self.names == 1;
            match (first, linked || after_given) {
                (true, _) => self.cost += 24,
                (_, true) => self.cost += 4,
                _ => (self.cost, self.middle_cost) = (self.cost + 12, self.middle_cost + 20),
            }
        }
        // "Government of President Ada Lark": the person is no part of it
        self.cost += i32::from(self.last_role && linked && step.given) * 60;
        self.last_role = step.role && !first;
        self.middle_cost += i32::from(step.shouts) * 14;
        // "Democrat Ada Lark": the person's name begins later
        self.middle_cost += i32::from(self.starts_plain && step.given && self.names == 1) * 14;
        self.middle_cost += i32::from(self.last_head && !first && !step.period) * 10;
        self.last_head = (step.head || step.place_head) && !first && !step.surname;
        self.names += i32::from(!step.period);
    }

    fn add_link(&mut self, step: &Step) {
        if step.link || step.and {
            // "… and the Council of …": another name
            self.cost += i32::from(self.and_open && self.last_head_first) * 30;
            if self.links == 0 {
                self.head_of = self.last_head_first;
                self.place_of = self.last_place_first;
            }
            self.links += i32::from(step.link);
            self.ands += i32::from(step.and);
        }
        (self.last_head, self.last_role) = (false, false);
        self.and_open |= step.and;
        self.possessive |= step.possessive;
    }

    /// What the run is worth as a name; 0 or less if it is none.
    pub(super) fn score(&self) -> i32 {
        let headed = self.names > 1 && self.head_last && (self.links == 0 || self.head_of);
        let suffixed = self.names > 1 && self.suffix_last;
        let organization = (self.head_of && self.links > 0) || headed || suffixed;
        let place = (self.place_of && self.links > 0)
            || (self.names > 1 && (self.place_last || (self.place_first && self.links == 0)));
        if (self.links + self.ands > 0 || self.possessive) && !organization && !place {
            return 0;
        }
        let person = self.given_first && self.names > 1 && !organization;
        let long = (self.names - 4).max(0) * i32::from(!organization && !place) * 6;
        let mut score = 10 * self.names - 8 - self.cost - 2 * (self.links + self.ands) - long;
        score -= if organization || person { self.opening_cost / 3 } else { self.opening_cost };
        if organization {
            score += 14 + 12 * self.complements - self.nationality_cost;
        } else if person {
            score -= self.middle_cost;
            score += 8 + 3 * i32::from(self.surname_last);
        } else if place {
            score += 8;
        } else if self.national && self.names > 1 {
            score += 14 - self.middle_cost;
        } else if self.plain {
            score -= 8 * i32::from(self.names > 1 || !self.lone) + self.middle_cost;
        } else {
            score -= self.middle_cost;
        }
        score
    }
}
