//! What is known of a pattern's matches before any is tried: what they begin with, and what each of them holds.

use super::parse::Node;
use super::pattern::PatternError;
use super::program::{Anchor, Compiler};
use super::test::Test;
use crate::gazetteer::WordListId;

/// Anchors of which one is certain; `None`: nothing known.
type Known = Option<Vec<Anchor>>;

impl Compiler<'_> {
    /// What a match can begin with; `None`: anything.
    pub(super) fn starts(&mut self, node: &Node<'_>) -> Result<Known, PatternError> {
        Ok(match node {
            Node::Sequence(nodes) => self.starts_of_sequence(nodes)?,
            Node::Choice(branches) => self.union(branches, Self::starts)?,
            Node::Repeat { least: 0, .. } | Node::Look { .. } => None,
            Node::Repeat { node, .. } | Node::Capture { node, .. } | Node::Glued(node) => {
                self.starts(node)?
            }
            Node::Literal { text, exact } => match self.literal(text, *exact).first() {
                Some(Test::Word(word) | Test::Spelled(word, _)) => Some(vec![Anchor::Word(*word)]),
                _ => None,
            },
            Node::List { name, values } => {
                let list = self.list(name)?;
                let valued = values.iter().map(|v| Anchor::Value(list, self.gazetteer.value_id(v)));
                Some(if values.is_empty() { vec![Anchor::List(list)] } else { valued.collect() })
            }
            Node::Mention(_) | Node::Role { .. } => Some(vec![Anchor::Mention]),
            Node::Class { name, .. } => match *name {
                "num" | "digits" | "mixed" => Some(vec![Anchor::Digit]),
                "punct" | "quote" | "dash" => Some(vec![Anchor::Punctuation]),
                "cap" | "title" | "upper" | "camel" | "initial" => Some(vec![Anchor::Capital]),
                _ => None,
            },
        })
    }

    fn starts_of_sequence(&mut self, nodes: &[Node<'_>]) -> Result<Known, PatternError> {
        let mut all = Vec::new();
        for node in nodes {
            match node {
                Node::Look { .. } => {}
                Node::Class { name, .. } if matches!(*name, "first" | "last" | "line") => {}
                Node::Repeat { node, least: 0, .. } => match self.starts(node)? {
                    Some(more) => all.extend(more),
                    None => return Ok(None),
                },
                _ => {
                    return Ok(self.starts(node)?.map(|more| {
                        all.extend(more);
                        all.sort_unstable();
                        all.dedup();
                        all
                    }));
                }
            }
        }
        Ok(None)
    }

    /// Sets of words and lists of each of which one stands in every match, the rarest first.
    pub(super) fn needs(&mut self, node: &Node<'_>) -> Result<Vec<Vec<Anchor>>, PatternError> {
        let mut all = Vec::new();
        self.collect_needs(node, &mut all)?;
        all.sort_by_key(|anchors| weight(anchors));
        all.dedup();
        Ok(all)
    }

    fn collect_needs(&mut self, node: &Node<'_>, out: &mut Vec<Vec<Anchor>>) -> Result<(), PatternError> {
        match node {
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.collect_needs(node, out))?,
            Node::Choice(branches) => out.extend(self.union(branches, Self::rarest)?),
            Node::Repeat { least: 0, .. }
            | Node::Look { .. }
            | Node::Class { .. }
            | Node::Mention(_)
            | Node::Role { .. } => {}
            Node::Repeat { node, .. } | Node::Capture { node, .. } | Node::Glued(node) => {
                self.collect_needs(node, out)?;
            }
            Node::Literal { .. } | Node::List { .. } => out.extend(self.starts(node)?),
        }
        Ok(())
    }

    fn rarest(&mut self, node: &Node<'_>) -> Result<Known, PatternError> {
        Ok(self.needs(node)?.into_iter().next())
    }

    fn union(
        &mut self,
        branches: &[Node<'_>],
        each: fn(&mut Self, &Node<'_>) -> Result<Known, PatternError>,
    ) -> Result<Known, PatternError> {
        let mut all = Vec::new();
        for branch in branches {
            match each(self, branch)? {
                Some(more) => all.extend(more),
                None => return Ok(None),
            }
        }
        all.sort_unstable();
        all.dedup();
        Ok(Some(all))
    }
}

/// Lists start fewer rules than single words such as "of" or a comma.
fn weight(anchors: &[Anchor]) -> usize {
    let mut lists: Vec<WordListId> = Vec::new();
    for anchor in anchors {
        if let Anchor::List(list) | Anchor::Value(list, _) = anchor
            && !lists.contains(list)
        {
            lists.push(*list);
        }
    }
    let others = anchors.iter().filter(|a| !matches!(a, Anchor::List(_) | Anchor::Value(..))).count();
    lists.len() + 3 * others
}
