//! The lines of a text: which line ends are mere wrapping and which end a heading, caption or list item.
//!
//! A text is wrapped if a third of its lines that stop without a full stop go on with a lower-case word; the longest of those
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
    fn add(&mut self, other: Self) {
        self.all += other.all;
        self.before_lower += other.before_lower;
        self.width = self.width.max(other.width);
    }

    const fn is_wrapped(&self) -> bool {
        self.before_lower * 3 >= self.all && self.before_lower > 0
    }
}

/// All lines of a text.
pub(super) struct Lines<'a> {
    source: &'a str,
    tokens: &'a [Token],
    lines: Vec<Line>,
    /// Counts of the block of each line, if it has enough line ends to speak for itself; else of the text.
    breaks: Vec<Breaks>,
    /// Least indent of the block of each line, its first line left out.
    margins: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines.
    pub(super) fn new(source: &'a str, tokens: &'a [Token]) -> Self {
        let mut lines = Self { source, tokens, lines: Vec::new(), breaks: Vec::new(), margins: Vec::new() };
        lines.find_lines();
        lines.count_breaks();
        lines
    }

    /// Does the end of the line before `line`, for itself, end a sentence?
    pub(super) fn cuts_before(&self, line: usize) -> bool {
        let above = line.checked_sub(1).and_then(|at| self.lines.get(at));
        let (Some(above), Some(below)) = (above, self.lines.get(line)) else { return true };
        let wrapped = self.breaks[line].is_wrapped();
        let full = wrapped && self.is_full(above, below, self.breaks[line].width);
        if self.is_marker(below) {
            return !full || above.stopped || self.is_marker(above) || self.ends_with(above, ":");
        }
        let paragraph = self.is_paragraph(line);
        if above.stopped && paragraph {
            return true;
        }
        let goes_on = self.starts_lower(below) || self.hangs(above, wrapped);
        !goes_on && (!full || paragraph)
    }

    /// Does the line stop in the midst of something? A dash after a blank tells so only where lines are wrapped.
    fn hangs(&self, line: &Line, wrapped: bool) -> bool {
        let spaced = self.tokens[line.last].gap != Gap::None;
        self.ends_with(line, ",(&/") || self.ends_with(line, "-–—") && (wrapped || !spaced)
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
        let mut first = 0;
        let mut blocks = Vec::new();
        for end in 1..=self.lines.len() {
            if self.lines.get(end).is_none_or(|line| line.new_block) && first < self.lines.len() {
                let breaks = self.breaks_of(first + 1, end);
                whole.add(breaks);
                let margin = self.lines[first + 1..end].iter().map(|line| line.indent).min();
                blocks.push((end, breaks, margin.unwrap_or(0)));
                first = end;
            }
        }
        for (end, breaks, margin) in blocks {
            self.breaks.resize(end, if breaks.all >= ENOUGH { breaks } else { whole });
            self.margins.resize(end, margin);
        }
    }

    /// Counts the line ends before the lines `from..end`, which follow lines of their block.
    fn breaks_of(&self, from: usize, end: usize) -> Breaks {
        let mut breaks = Breaks::default();
        for (above, line) in (from..end).map(|at| (&self.lines[at - 1], &self.lines[at])) {
            if !above.stopped {
                let lower = self.starts_lower(line);
                let width = if lower { above.width } else { 0 };
                breaks.add(Breaks { all: 1, before_lower: usize::from(lower), width });
            }
        }
        breaks
    }

    /// Would the first word of `below` not have fitted on `above`?
    fn is_full(&self, above: &Line, below: &Line, width: usize) -> bool {
        let first = self.tokens[below.first..=below.last].iter().enumerate();
        let end = first.take_while(|(at, token)| *at == 0 || token.gap == Gap::None).last();
        let word = end.map_or(0, |(_, token)| (token.end - self.tokens[below.first].start) as usize);
        above.width + 1 + word + width / 8 > width
    }

    /// Is the line set in as the first of a paragraph, deeper than other lines of its block after the first?
    fn is_paragraph(&self, line: usize) -> bool {
        self.lines[line].indent > self.margins[line]
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
