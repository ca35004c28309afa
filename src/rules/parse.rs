//! Pattern text to syntax tree. Knows the notation only: words, lists and types are looked up in `program`.

use super::pattern::PatternError;

/// Syntax of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node<'s> {
    /// All in order.
    Sequence(Vec<Self>),
    /// The first that fits.
    Choice(Vec<Self>),
    /// `least..=most` times, greedy.
    Repeat { node: Box<Self>, least: u8, most: u8 },
    /// Captured under a name.
    Capture { name: &'s str, node: Box<Self> },
    /// No blank before.
    Glued(Box<Self>),
    /// Follows or not; precedes or not.
    Look { behind: bool, negate: bool, node: Box<Self> },
    /// A word or mark; `exact` means this spelling.
    Literal { text: &'s str, exact: bool },
    /// A row of a word list, any value if `values` is empty.
    List { name: &'s str, values: Vec<&'s str> },
    /// A mention of one of these types.
    Mention(Vec<&'s str>),
    /// The relation's subject or object.
    Role { subject: bool },
    /// `<name>` or `<name:argument>`.
    Class { name: &'s str, argument: &'s str },
}

/// Parses a whole pattern.
pub(super) fn parse(source: &str) -> Result<Node<'_>, PatternError> {
    let mut parser = Parser { source, at: 0, depth: 0 };
    let node = parser.choice()?;
    match parser.peek() {
        None => Ok(node),
        Some(c) => Err(parser.error(format!("unexpected {c:?}"), "the end of the pattern")),
    }
}

struct Parser<'s> {
    source: &'s str,
    /// The next byte.
    at: usize,
    depth: usize,
}

/// Deepest nesting of groups that a pattern may have.
const DEPTH: usize = 40;

impl<'s> Parser<'s> {
    fn choice(&mut self) -> Result<Node<'s>, PatternError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("groups nest too deep", "at most 40"));
        }
        let mut branches = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            branches.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Choice(branches) })
    }

    fn sequence(&mut self) -> Result<Node<'s>, PatternError> {
        let mut nodes = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            nodes.push(self.repeated()?);
        }
        match nodes.len() {
            0 => Err(self.error("nothing here", "a word, {list}, [type], <class> or group")),
            1 => Ok(nodes.remove(0)),
            _ => Ok(Node::Sequence(nodes)),
        }
    }

    fn repeated(&mut self) -> Result<Node<'s>, PatternError> {
        let node = self.prefixed()?;
        let (least, most) = match self.next() {
            Some('?') => (0, 1),
            Some('*') => (0, 0),
            Some('+') => (1, 0),
            _ => return Ok(node),
        };
        self.at += 1;
        let most = if most == 1 { 1 } else { self.count()? };
        Ok(Node::Repeat { node: Box::new(node), least, most })
    }

    fn count(&mut self) -> Result<u8, PatternError> {
        match self.take_while(|c| c.is_ascii_digit()).parse() {
            Ok(n) if (1..=20).contains(&n) => Ok(n),
            _ => Err(self.error("no count after * or +", "a number from 1 to 20")),
        }
    }

    fn prefixed(&mut self) -> Result<Node<'s>, PatternError> {
        match self.peek() {
            Some('~') => {
                self.at += 1;
                Ok(Node::Glued(Box::new(self.prefixed()?)))
            }
            Some('&') => self.look(false, false),
            Some('@') => self.look(true, false),
            Some('!') if self.rest().starts_with("!@") => {
                self.at += 1;
                self.look(true, true)
            }
            Some('!') => self.look(false, true),
            _ => self.named(),
        }
    }

    fn look(&mut self, behind: bool, negate: bool) -> Result<Node<'s>, PatternError> {
        self.at += 1;
        Ok(Node::Look { behind, negate, node: Box::new(self.prefixed()?) })
    }

    fn named(&mut self) -> Result<Node<'s>, PatternError> {
        let from = self.at;
        let name = self.take_while(|c| c.is_ascii_lowercase() || c == '_');
        if !name.is_empty() && self.next() == Some('=') {
            self.at += 1;
            return Ok(Node::Capture { name, node: Box::new(self.prefixed()?) });
        }
        self.at = from;
        self.atom()
    }

    fn atom(&mut self) -> Result<Node<'s>, PatternError> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let node = self.choice()?;
                self.close(')')?;
                Ok(node)
            }
            Some('{') => {
                let (name, values) = self.enclosed('}')?;
                let values = if values.is_empty() { Vec::new() } else { split(values) };
                Ok(Node::List { name, values })
            }
            Some('[') => Ok(Node::Mention(split(self.enclosed_text(']')?))),
            Some('<') => {
                let (name, argument) = self.enclosed('>')?;
                Ok(Node::Class { name, argument })
            }
            Some('"') => Ok(Node::Literal { text: self.enclosed_text('"')?, exact: false }),
            Some('\'') if self.rest()[1..].starts_with(char::is_alphanumeric) => {
                Ok(Node::Literal { text: self.enclosed_text('\'')?, exact: true })
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Node<'s>, PatternError> {
        let mut text = self.take_while(char::is_alphanumeric);
        if text.is_empty() {
            match self.next() {
                Some(c) if !"()|?*+{}[]<>=".contains(c) => {
                    text = &self.rest()[..c.len_utf8()];
                    self.at += c.len_utf8();
                }
                _ => return Err(self.error("nothing that a pattern may hold", "a word or mark")),
            }
        }
        Ok(match text {
            "SUBJECT" | "NAME" => Node::Role { subject: true },
            "OBJECT" => Node::Role { subject: false },
            _ => Node::Literal { text, exact: false },
        })
    }

    fn enclosed(&mut self, close: char) -> Result<(&'s str, &'s str), PatternError> {
        let text = self.enclosed_text(close)?;
        let (name, argument) = text.split_once(':').unwrap_or((text, ""));
        Ok((name.trim(), argument.trim()))
    }

    fn enclosed_text(&mut self, close: char) -> Result<&'s str, PatternError> {
        self.at += 1;
        let text = self.take_while(|c| c != close);
        self.close(close)?;
        Ok(text)
    }

    /// The characters that come next and pass.
    fn take_while(&mut self, passes: impl Fn(char) -> bool) -> &'s str {
        let from = self.at;
        while let Some(c) = self.next().filter(|&c| passes(c)) {
            self.at += c.len_utf8();
        }
        &self.source[from..self.at]
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    #[inline]
    fn next(&self) -> Option<char> {
        match *self.source.as_bytes().get(self.at)? {
            byte @ 0..128 => Some(char::from(byte)),
            _ => self.rest().chars().next(),
        }
    }

    fn close(&mut self, close: char) -> Result<(), PatternError> {
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        Err(self.error("something is left open", format!("{close:?}")))
    }

    /// The next character that is no blank.
    fn peek(&mut self) -> Option<char> {
        self.take_while(char::is_whitespace);
        self.next()
    }

    fn error(&self, what: impl Into<String>, expected: impl Into<String>) -> PatternError {
        let before = self.source[..self.at].chars().count();
        PatternError { at: before + 1, what: what.into(), expected: expected.into() }
    }
}

fn split(values: &str) -> Vec<&str> {
    values.split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Node<'_> {
        Node::Literal { text, exact: false }
    }

    #[test]
    fn a_pattern_reads_as_written() {
        let node = parse("SUBJECT , (the|a)? role={roles:lead|staff} ~- <num:1-31> !@'May' x*3").unwrap();
        let Node::Sequence(nodes) = node else { panic!("{node:?}") };
        assert_eq!(nodes[0], Node::Role { subject: true });
        assert_eq!(nodes[1], word(","));
        assert_eq!(
            nodes[2],
            Node::Repeat { node: Box::new(Node::Choice(vec![word("the"), word("a")])), least: 0, most: 1 }
        );
        let list = Node::List { name: "roles", values: vec!["lead", "staff"] };
        assert_eq!(nodes[3], Node::Capture { name: "role", node: Box::new(list) });
        assert_eq!(nodes[4], Node::Glued(Box::new(word("-"))));
        assert_eq!(nodes[5], Node::Class { name: "num", argument: "1-31" });
        let may = Node::Literal { text: "May", exact: true };
        assert_eq!(nodes[6], Node::Look { behind: true, negate: true, node: Box::new(may) });
        assert_eq!(nodes[7], Node::Repeat { node: Box::new(word("x")), least: 0, most: 3 });
    }

    #[test]
    fn errors_say_where_and_what_was_expected() {
        for (source, at) in [("", 1), ("a (b", 5), ("a {b", 5), ("a)", 2), ("x*", 3), ("a | | b", 5)] {
            let error = parse(source).unwrap_err();
            assert_eq!(error.at, at, "{source}: {error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_pattern_text_panics(source in "[a-zA-Z(){}<>|?*+~!&@=\\[\\]'\" ,.:0-9-]{0,40}") {
            let _ = parse(&source);
        }
    }
}
