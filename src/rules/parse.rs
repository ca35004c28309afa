//! Pattern text to syntax tree. Knows the notation only: words, lists and types are looked up in `program`.

use super::pattern::PatternError;

/// Syntax of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// All in order.
    Sequence(Vec<Node>),
    /// The first that fits.
    Choice(Vec<Node>),
    /// `least..=most` times, greedy.
    Repeat { node: Box<Node>, least: u8, most: u8 },
    /// Captured under a name.
    Capture { name: String, node: Box<Node> },
    /// No blank before.
    Glued(Box<Node>),
    /// Follows or not; precedes or not.
    Look { behind: bool, negate: bool, node: Box<Node> },
    /// A word or mark; `exact` means this spelling.
    Literal { text: String, exact: bool },
    /// A row of a word list, any value if `values` is empty.
    List { name: String, values: Vec<String> },
    /// A mention of one of these types.
    Mention(Vec<String>),
    /// The relation's subject or object.
    Role { subject: bool },
    /// `<name>` or `<name:argument>`.
    Class { name: String, argument: String },
}

/// Parses a whole pattern.
pub(super) fn parse(source: &str) -> Result<Node, PatternError> {
    let mut parser = Parser { chars: source.chars().collect(), at: 0, depth: 0 };
    let node = parser.choice()?;
    match parser.peek() {
        None => Ok(node),
        Some(c) => Err(parser.error(format!("unexpected {c:?}"), "the end of the pattern")),
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

/// Deepest nesting of groups that a pattern may have.
const DEPTH: usize = 40;

impl Parser {
    fn choice(&mut self) -> Result<Node, PatternError> {
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

    fn sequence(&mut self) -> Result<Node, PatternError> {
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

    fn repeated(&mut self) -> Result<Node, PatternError> {
        let node = self.prefixed()?;
        let (least, most) = match self.chars.get(self.at) {
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
        let digits: String = self.chars[self.at..].iter().take_while(|c| c.is_ascii_digit()).collect();
        self.at += digits.len();
        match digits.parse() {
            Ok(n) if (1..=20).contains(&n) => Ok(n),
            _ => Err(self.error("no count after * or +", "a number from 1 to 20")),
        }
    }

    fn prefixed(&mut self) -> Result<Node, PatternError> {
        match self.peek() {
            Some('~') => {
                self.at += 1;
                Ok(Node::Glued(Box::new(self.prefixed()?)))
            }
            Some('&') => self.look(false, false),
            Some('@') => self.look(true, false),
            Some('!') if self.chars.get(self.at + 1) == Some(&'@') => {
                self.at += 1;
                self.look(true, true)
            }
            Some('!') => self.look(false, true),
            _ => self.named(),
        }
    }

    fn look(&mut self, behind: bool, negate: bool) -> Result<Node, PatternError> {
        self.at += 1;
        Ok(Node::Look { behind, negate, node: Box::new(self.prefixed()?) })
    }

    fn named(&mut self) -> Result<Node, PatternError> {
        let inside = |c: &&char| c.is_ascii_lowercase() || **c == '_';
        let length = self.chars[self.at..].iter().take_while(inside).count();
        if length > 0 && self.chars.get(self.at + length) == Some(&'=') {
            let name = self.chars[self.at..self.at + length].iter().collect();
            self.at += length + 1;
            return Ok(Node::Capture { name, node: Box::new(self.prefixed()?) });
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let node = self.choice()?;
                self.close(')')?;
                Ok(node)
            }
            Some('{') => {
                let (name, values) = self.enclosed('}')?;
                let values = if values.is_empty() { Vec::new() } else { split(&values) };
                Ok(Node::List { name, values })
            }
            Some('[') => Ok(Node::Mention(split(&self.enclosed_text(']')?))),
            Some('<') => {
                let (name, argument) = self.enclosed('>')?;
                Ok(Node::Class { name, argument })
            }
            Some('"') => Ok(Node::Literal { text: self.enclosed_text('"')?, exact: false }),
            Some('\'') if self.chars.get(self.at + 1).is_some_and(|c| c.is_alphanumeric()) => {
                Ok(Node::Literal { text: self.enclosed_text('\'')?, exact: true })
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Node, PatternError> {
        let from = self.at;
        let inside = |c: char| c.is_alphanumeric();
        while self.chars.get(self.at).is_some_and(|&c| inside(c)) {
            self.at += 1;
        }
        if self.at == from {
            match self.chars.get(self.at) {
                Some(&c) if !"()|?*+{}[]<>=".contains(c) => self.at += 1,
                _ => return Err(self.error("nothing that a pattern may hold", "a word or mark")),
            }
        }
        let text: String = self.chars[from..self.at].iter().collect();
        Ok(match text.as_str() {
            "SUBJECT" | "NAME" => Node::Role { subject: true },
            "OBJECT" => Node::Role { subject: false },
            _ => Node::Literal { text, exact: false },
        })
    }

    fn enclosed(&mut self, close: char) -> Result<(String, String), PatternError> {
        let text = self.enclosed_text(close)?;
        let (name, argument) = text.split_once(':').unwrap_or((&text, ""));
        Ok((name.trim().to_owned(), argument.trim().to_owned()))
    }

    fn enclosed_text(&mut self, close: char) -> Result<String, PatternError> {
        self.at += 1;
        let from = self.at;
        while self.chars.get(self.at).is_some_and(|&c| c != close) {
            self.at += 1;
        }
        let text = self.chars[from..self.at].iter().collect();
        self.close(close)?;
        Ok(text)
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
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn error(&self, what: impl Into<String>, expected: impl Into<String>) -> PatternError {
        PatternError { at: self.at + 1, what: what.into(), expected: expected.into() }
    }
}

fn split(values: &str) -> Vec<String> {
    values.split('|').map(|v| v.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Node {
        Node::Literal { text: text.into(), exact: false }
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
        let list = Node::List { name: "roles".into(), values: vec!["lead".into(), "staff".into()] };
        assert_eq!(nodes[3], Node::Capture { name: "role".into(), node: Box::new(list) });
        assert_eq!(nodes[4], Node::Glued(Box::new(word("-"))));
        assert_eq!(nodes[5], Node::Class { name: "num".into(), argument: "1-31".into() });
        let may = Node::Literal { text: "May".into(), exact: true };
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
