//! The best path through a sentence: which of the offered segments, none of them overlapping, score most together.
//!
//! Only tokens where segments start or end cost anything, and only what is not yet decided is kept.

use super::segment::Segment;

/// A path that ends with a segment, as long as none that ends there is better.
#[derive(Clone, Copy, Debug)]
struct Open {
    score: i32,
    segment: Segment,
    /// The link of the chain that the segment follows.
    after: u32,
}

/// The search, from the first token of a sentence to the last; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// What the best path to the current token scores.
    score: i32,
    /// Its last link; 0 for none.
    last: u32,
    /// Segments that end behind the current token, one for each end.
    open: Vec<Open>,
    /// Segments, each with the number of the link before it; links are numbered from 1.
    chain: Vec<(Segment, u32)>,
}

impl Path {
    /// A segment that starts at the current token; of equal ones that end together the first stays.
    pub(super) fn offer(&mut self, score: i32, segment: Segment) {
        if score <= 0 {
            return;
        }
        let offered = Open { score: self.score + score, segment, after: self.last };
        match self.open.iter_mut().find(|open| open.segment.tokens.end == segment.tokens.end) {
            Some(open) if open.score < offered.score => *open = offered,
            Some(_) => {}
            None => self.open.push(offered),
        }
    }

    /// Goes on to token `at`. What no later choice can change goes to `out`.
    pub(super) fn go_to(&mut self, at: u32, out: &mut Vec<Segment>) {
        while let Some(next) = self.next_end(at) {
            let open = self.open.swap_remove(next);
            if open.score >= self.score {
                self.score = open.score;
                self.chain.push((open.segment, open.after));
                self.last = u32::try_from(self.chain.len()).unwrap_or(u32::MAX);
            }
        }
        if self.open.is_empty() && self.last > 0 {
            self.close(out);
        }
    }

    /// The open segment that ends first, if it does not end behind token `at`.
    fn next_end(&self, at: u32) -> Option<usize> {
        let ends = self.open.iter().map(|open| open.segment.tokens.end).enumerate();
        ends.filter(|&(_, end)| end <= at).min_by_key(|&(_, end)| end).map(|(next, _)| next)
    }

    fn close(&mut self, out: &mut Vec<Segment>) {
        let from = out.len();
        while let Some(&(segment, before)) =
            (self.last as usize).checked_sub(1).and_then(|l| self.chain.get(l))
        {
            out.push(segment);
            self.last = before;
        }
        out[from..].reverse();
        self.chain.clear();
        self.score = 0;
    }
}
