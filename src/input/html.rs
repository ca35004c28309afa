//! A page to its visible text: block elements end lines, hidden elements are left out, entities are characters.
//!
//! Works on the tokens of the standard's tokenizer and builds no tree, so depth costs nothing and time is linear. The
//! price: an element that is hidden and, by mistake, never closed hides up to the next end tag of its name.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::decode::{Encoding, encoding_named};

/// What a page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageText {
    /// Its title, on one line.
    pub(super) title: String,
    /// Its visible text.
    pub(super) text: String,
}

/// Extracts title and text.
pub(super) fn page_text(source: &str) -> PageText {
    let mut page = Page::default();
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
            page.take(&event);
            None
        });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
    page.finish()
}

/// The encoding that the page names for itself in its first bytes.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let metas = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let label = metas.filter_map(|meta| meta.split_once("charset")).find_map(|(_, rest)| {
        let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        value
            .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/'))
            .next()
            .map(str::to_owned)
    })?;
    encoding_named(&label).filter(|encoding| !encoding.name().starts_with("UTF-16"))
}

/// What stands between two stretches of text; the stronger one wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    #[default]
    None,
    Space,
    Cell,
    Line,
    Blank,
}

/// What a tag does to the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing: its text runs on.
    Inline,
    /// A blank beside it.
    Spaced,
    /// A line of its own.
    Row,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// Set off by blank lines.
    Block,
    /// Holds items or rows; set off, too.
    Container,
    /// Set off, its blanks and line ends kept.
    Preformatted,
    /// Ends a line.
    LineEnd,
    /// Its text is the page's title.
    Title,
    /// Never seen.
    Unseen,
}

impl Role {
    fn of(name: &[u8]) -> Self {
        match name {
            b"br" => Self::LineEnd,
            b"li" => Self::Item,
            b"td" | b"th" => Self::Cell,
            b"tr" | b"dt" | b"dd" | b"caption" => Self::Row,
            b"pre" => Self::Preformatted,
            b"title" => Self::Title,
            b"img" | b"button" | b"label" | b"input" | b"meter" | b"progress" => Self::Spaced,
            b"ul" | b"ol" | b"dl" | b"menu" | b"table" => Self::Container,
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"details"
            | b"dialog" | b"div" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"h1"
            | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header" | b"hgroup" | b"hr" | b"legend" | b"main"
            | b"nav" | b"p" | b"search" | b"section" | b"summary" => Self::Block,
            b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"iframe" | b"object" | b"canvas"
            | b"audio" | b"video" | b"select" | b"datalist" | b"textarea" | b"noembed" | b"noframes"
            | b"rp" => Self::Unseen,
            _ => Self::Inline,
        }
    }

    /// What separates it from its surroundings.
    const fn edge(self) -> Break {
        match self {
            Self::Spaced => Break::Space,
            Self::Row | Self::Item => Break::Line,
            Self::Block | Self::Container | Self::Preformatted => Break::Blank,
            _ => Break::None,
        }
    }
}

fn is_void(name: &[u8]) -> bool {
    const VOID: [&[u8]; 13] = [
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source",
        b"track", b"wbr",
    ];
    VOID.contains(&name)
}

/// The start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    hidden: bool,
    open: bool,
}

impl Tag {
    fn start(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.extend_from_slice(name);
        (self.hidden, self.open) = (false, false);
    }

    fn attribute(&mut self, name: &[u8]) {
        self.attribute.clear();
        self.attribute.extend_from_slice(name);
        self.hidden |= name == b"hidden";
        self.open |= name == b"open";
    }

    fn value(&mut self, value: &[u8]) {
        self.hidden |= match self.attribute.as_slice() {
            b"aria-hidden" => value.eq_ignore_ascii_case(b"true"),
            b"style" => {
                let mut style = String::from_utf8_lossy(value).to_ascii_lowercase();
                style.retain(|c| !c.is_ascii_whitespace());
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            _ => false,
        };
    }

    /// Hidden with all that it holds? A whole page that hides itself until a script runs is not.
    fn is_unseen(&self) -> bool {
        let closed_dialog = self.name == b"dialog" && !self.open;
        let is_page = self.name == b"html" || self.name == b"body";
        !is_page && (self.hidden || closed_dialog || Role::of(&self.name) == Role::Unseen)
    }
}

/// The hidden element that we are in.
struct Unseen {
    name: Vec<u8>,
    /// Elements of the same name inside that are still open.
    depth: u32,
    /// Lists and tables inside that are still open.
    containers: u32,
}

impl Unseen {
    /// A start tag inside; does it end the element (whose end tag may be left out)?
    fn ends_at_start(&mut self, name: &[u8]) -> bool {
        let role = Role::of(name);
        let optional = matches!(self.name.as_slice(), b"li" | b"dt" | b"dd" | b"td" | b"th" | b"tr");
        if optional
            && self.containers == 0
            && (name == self.name
                || (role == Role::Cell && self.name != b"tr" && Role::of(&self.name) == Role::Cell))
        {
            return true;
        }
        if self.name == b"p" && (name == b"p" || role.edge() == Break::Blank) {
            return true;
        }
        self.depth += u32::from(name == self.name);
        self.containers += u32::from(role == Role::Container);
        false
    }

    fn ends_at_end(&mut self, name: &[u8]) -> bool {
        if name == self.name {
            self.depth = self.depth.saturating_sub(1);
            return self.depth == 0;
        }
        if Role::of(name) == Role::Container {
            let ends = self.containers == 0
                && matches!(self.name.as_slice(), b"li" | b"dt" | b"dd" | b"td" | b"th" | b"tr");
            self.containers = self.containers.saturating_sub(1);
            return ends;
        }
        false
    }
}

#[derive(Default)]
struct Page {
    text: String,
    title: String,
    tag: Tag,
    unseen: Option<Unseen>,
    pending: Break,
    item: bool,
    first_cell: bool,
    preformatted: u32,
    in_title: bool,
}

impl Page {
    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag.start(name),
            CallbackEvent::AttributeName { name } => self.tag.attribute(name),
            CallbackEvent::AttributeValue { value } => self.tag.value(value),
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = std::mem::take(&mut self.tag);
                self.open(&tag, *self_closing);
                self.tag = tag;
            }
            CallbackEvent::EndTag { name } => self.close(name),
            CallbackEvent::String { value } => self.push(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag, self_closing: bool) {
        if let Some(unseen) = &mut self.unseen {
            if is_void(&tag.name) || self_closing || !unseen.ends_at_start(&tag.name) {
                return;
            }
            self.unseen = None;
        }
        let role = Role::of(&tag.name);
        self.separate(role.edge());
        if tag.is_unseen() && !is_void(&tag.name) {
            if !self_closing || role != Role::Unseen {
                self.unseen = Some(Unseen { name: tag.name.clone(), depth: 1, containers: 0 });
            }
            return;
        }
        self.start(role, &tag.name);
    }

    fn start(&mut self, role: Role, name: &[u8]) {
        match role {
            Role::LineEnd => self.end_line(),
            Role::Item => self.item = true,
            Role::Cell if !std::mem::take(&mut self.first_cell) => self.separate(Break::Cell),
            Role::Row if name == b"tr" => self.first_cell = true,
            Role::Preformatted => self.preformatted += 1,
            Role::Title => self.in_title = self.title.is_empty(),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some(unseen) = &mut self.unseen {
            if !unseen.ends_at_end(name) {
                return;
            }
            self.unseen = None;
        }
        let role = Role::of(name);
        self.separate(role.edge());
        match role {
            Role::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
            Role::Item => self.item = false,
            Role::Title => self.in_title = false,
            _ => {}
        }
    }

    fn separate(&mut self, edge: Break) {
        self.pending = self.pending.max(edge);
    }

    /// Two line ends in a row make a blank line.
    fn end_line(&mut self) {
        self.pending = if self.pending >= Break::Line { Break::Blank } else { Break::Line };
    }

    fn push(&mut self, text: &str) {
        if self.unseen.is_some() {
            return;
        }
        if self.in_title {
            self.title.push_str(text);
        } else if self.preformatted > 0 {
            self.push_preformatted(text);
        } else {
            self.push_flowing(text);
        }
    }

    fn push_preformatted(&mut self, text: &str) {
        if text.trim().is_empty() && self.pending > Break::None {
            return;
        }
        let text = if self.pending > Break::None { text.trim_start_matches('\n') } else { text };
        self.flush();
        self.text.push_str(text);
    }

    fn push_flowing(&mut self, text: &str) {
        let mut words = text.split(|c: char| c.is_ascii_whitespace());
        let mut next = words.next();
        while let Some(word) = next {
            if !word.is_empty() {
                self.flush();
                self.text.push_str(word);
            }
            next = words.next();
            if next.is_some() {
                self.separate(Break::Space);
            }
        }
    }

    /// Writes what separates the coming text from the text so far.
    fn flush(&mut self) {
        let mark = match std::mem::take(&mut self.pending) {
            _ if self.text.is_empty() => "",
            Break::None => "",
            Break::Space => " ",
            Break::Cell => " | ",
            Break::Line => "\n",
            Break::Blank => "\n\n",
        };
        self.text.push_str(mark);
        if std::mem::take(&mut self.item) {
            self.text.push_str("- ");
        }
    }

    fn finish(mut self) -> PageText {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let title = self.title.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        PageText { title, text: self.text }
    }
}

#[cfg(test)]
mod tests;
