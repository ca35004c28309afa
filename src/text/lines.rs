//! The lines of a text: which line ends are mere wrapping and which end a heading, caption or list item.
//!
//! A text is wrapped if most of its lines that stop without a full stop go on with a lower-case word; the longest of those
//! lines says how wide. In a wrapped text a line end counts only where the next word would still have fitted.

use super::sentences::{first_char, is_closing, is_stop};
use crate::model::{Case, Gap, Token, TokenKind};

/// One line with its tokens.
#[derive(Clone, Copy, Debug)]
struct Line {
    first: usize,
    last: usize,
    /// Columns (bytes) from the margin to its end.
    width: usize,
    /// Columns before its first token.
    indent: usize,
    /// Does a blank line come before it?
    new_block: bool,
    /// Does it stop with `.`, `!` or the like?
    stopped: bool,
}

/// Counts of line ends without a full stop.
#[derive(Clone, Copy, Debug, Default)]
struct Breaks {
    all: usize,
    before_lower: usize,
    /// Widest line that goes on with a lower-case word.
    width: usize,
}

impl Breaks {
    const fn is_wrapped(&self) -> bool {
        self.before_lower * 2 >= self.all && self.before_lower > 0
    }
}

/// All lines of a text.
pub(super) struct Lines<'a> {
    source: &'a str,
    tokens: &'a [Token],
    lines: Vec<Line>,
    /// Counts of the block of each line, if it has enough line ends to speak for itself; else of the text.
    breaks: Vec<Breaks>,
}

impl<'a> Lines<'a> {
    /// Finds the lines.
    pub(super) fn new(source: &'a str, tokens: &'a [Token]) -> Self {
        let mut lines = Self { source, tokens, lines: Vec::new(), breaks: Vec::new() };
        lines.find_lines();
        lines.count_breaks();
        lines
    }

    /// The line that starts with token `at` follows one that ends without more ado: does that end a sentence?
    /// `line` is its number; `stopped` says that the line before stops with a period that may be an abbreviation's.
    pub(super) fn cuts_before(&self, line: usize) -> bool {
        let (Some(above), Some(below)) =
            (line.checked_sub(1).and_then(|at| self.lines.get(at)), self.lines.get(line))
        else {
            return true;
        };
        let wrapped = self.breaks[line].is_wrapped();
        let full = wrapped && self.is_full(above, below, self.breaks[line].width);
        if self.is_marker(below) {
            return !full || above.stopped || self.is_marker(above) || self.ends_with(above, ":");
        }
        if self.starts_lower(below) || self.ends_with(above, ",-–—(&/") {
            return false;
        }
        !full || self.is_paragraph(line)
    }

    fn find_lines(&mut self) {
        let mut first = 0;
        for at in 1..=self.tokens.len() {
            if self.tokens.get(at).is_none_or(|token| token.gap >= Gap::Line) && first < self.tokens.len() {
                let line = self.line(first, at - 1);
                self.lines.push(line);
                first = at;
            }
        }
    }

    fn line(&self, first: usize, last: usize) -> Line {
        let (start, end) = (self.tokens[first].start as usize, self.tokens[last].end as usize);
        let indent = self.source.as_bytes()[..start]
            .iter()
            .rev()
            .take(64)
            .take_while(|&&byte| byte == b' ' || byte == b'\t');
        let indent = indent.count();
        let stop =
            self.tokens[first..=last].iter().rev().take(4).find(|token| !is_closing(self.source, token));
        let stopped = stop.is_some_and(|token| is_stop(self.source, token));
        Line {
            first,
            last,
            width: indent + end - start,
            indent,
            new_block: self.tokens[first].gap == Gap::Blank,
            stopped,
        }
    }

    fn count_breaks(&mut self) {
        const ENOUGH: usize = 4;
        let mut whole = Breaks::default();
        let mut blocks: Vec<(usize, Breaks)> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            if line.new_block || at == 0 {
                blocks.push((at, Breaks::default()));
                continue;
            }
            let above = &self.lines[at - 1];
            if above.stopped {
                continue;
            }
            let lower = self.starts_lower(line);
            if let Some((_, block)) = blocks.last_mut() {
                for counts in [block, &mut whole] {
                    counts.all += 1;
                    counts.before_lower += usize::from(lower);
                    counts.width = counts.width.max(if lower { above.width } else { 0 });
                }
            }
        }
        let starts: Vec<usize> =
            blocks.iter().skip(1).map(|block| block.0).chain([self.lines.len()]).collect();
        for ((_, block), end) in blocks.into_iter().zip(starts) {
            self.breaks.resize(end, if block.all >= ENOUGH { block } else { whole });
        }
    }

    /// Would the first word of `below` not have fitted on `above`?
    fn is_full(&self, above: &Line, below: &Line, width: usize) -> bool {
        let first = self.tokens[below.first..=below.last].iter().enumerate();
        let end = first.take_while(|(at, token)| *at == 0 || token.gap == Gap::None).last();
        let word = end.map_or(0, |(_, token)| (token.end - self.tokens[below.first].start) as usize);
        above.width + 1 + word + width / 8 > width
    }

    /// Is the line set in as the first of a paragraph?
    fn is_paragraph(&self, line: usize) -> bool {
        let (above, below) = (&self.lines[line - 1], &self.lines[line]);
        let next = self.lines.get(line + 1).filter(|next| !next.new_block);
        below.indent > above.indent
            && (!above.new_block && line > 1 || next.is_some_and(|next| next.indent < below.indent))
    }

    /// `-`, `•`, `12.`, `a)`, `(iv)`, `#` and the like, then a blank.
    fn is_marker(&self, line: &Line) -> bool {
        let tokens = &self.tokens[line.first..=line.last];
        let glued = |at: usize| tokens.get(at).is_some_and(|token| token.gap == Gap::None);
        let is = |at: usize, set: &str| {
            tokens.get(at).is_some_and(|token| set.contains(first_char(self.source, token)))
        };
        match tokens[0].kind {
            TokenKind::Punctuation if is(0, "-–—−*•·●▪◦‣■►▶#>|") => {
                !glued(1) || is(0, "#")
            }
            TokenKind::Punctuation if is(0, "(") => {
                glued(1) && tokens.get(1).is_some_and(short) && glued(2) && is(2, ")") && tokens.len() > 3
            }
            TokenKind::Number => glued(1) && is(1, ".)") && tokens.len() > 2 && !glued(2),
            TokenKind::Word => short(&tokens[0]) && glued(1) && is(1, ")") && tokens.len() > 2 && !glued(2),
            _ => false,
        }
    }

    fn starts_lower(&self, line: &Line) -> bool {
        let mut tokens = self.tokens[line.first..=line.last].iter().take(4);
        tokens
            .find(|token| token.is_wordlike())
            .is_some_and(|token| token.case == Case::Lower && token.kind == TokenKind::Word)
    }

    fn ends_with(&self, line: &Line, set: &str) -> bool {
        let last = &self.tokens[line.last];
        last.kind == TokenKind::Punctuation && set.contains(first_char(self.source, last))
    }
}

const fn short(token: &Token) -> bool {
    token.end - token.start <= 3
}
