//! Quotes: which tokens stand inside quotation marks. Opening and closing marks are paired within a paragraph, as
//! quotations run over sentences.

use crate::model::{Gap, Token};

/// For each token, is it inside quotation marks?
#[derive(Clone, Debug, Default)]
pub(super) struct Quotes {
    inside: Vec<bool>,
}

/// A quotation this long or shorter names something rather than says something ("cyber Schengen").
const NAME: usize = 4;

impl Quotes {
    /// Refills from a document's tokens.
    pub(super) fn fill(&mut self, source: &str, tokens: &[Token]) {
        self.inside.clear();
        self.inside.resize(tokens.len(), false);
        let mut open = None;
        for (at, token) in tokens.iter().enumerate() {
            if token.gap == Gap::Blank {
                self.close(open.take(), at);
            }
            match token.mark(source) {
                Some('"' | '“' | '”' | '„' | '«' | '»') if open.is_some() => {
                    self.close(open.take(), at);
                }
                Some('"' | '“' | '”' | '„' | '«' | '»') => open = Some(at + 1),
                _ => {}
            }
        }
        self.close(open, tokens.len());
    }

    /// Is token `at` inside?
    pub(super) fn inside(&self, at: u32) -> bool {
        self.inside.get(at as usize).copied().unwrap_or(false)
    }

    fn close(&mut self, open: Option<usize>, end: usize) {
        let Some(from) = open.filter(|from| end.saturating_sub(*from) > NAME) else { return };
        self.inside[from..end].fill(true);
    }
}
