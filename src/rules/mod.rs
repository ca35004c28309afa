//! The one pattern engine: rules as data for dates, names and relations.
//!
//! A rule file holds patterns over tokens, word lists and mentions, each with examples and counter-examples. This
//! folder parses patterns, compiles them and matches them; what a match means is its stage's business. Matching is
//! linear in the text: a pattern looks at no more than [`WINDOW`] tokens from where it starts, and at no
//! (step, token) pair twice.
//!
//! | written | matches |
//! |---|---|
//! | `word` | that word, folded: any case, diacritics off |
//! | `'Word'` | that word, written just so |
//! | `,` `-` `/` … or `"("` | that punctuation mark |
//! | `{roles}` `{roles:lead\|staff}` | a row of `words/roles.csv`, with one of these values |
//! | `[person\|place]` `[any]` | a mention of one of these types; `any`: all but dates |
//! | `SUBJECT` `OBJECT` | a mention of the rule file's types, captured; `NAME` is `SUBJECT` |
//! | `<cap>` `<num:1-31>` … | a token of that class (see `Class`) |
//! | `<gap:5>` `<words:3>` `<bare:9>` | up to so many tokens, as few as possible; `words`: no punctuation, no mention; `bare`: no person, no organization |
//! | `(a b\|c)` `x?` `x*3` `x+3` | groups, options, up to 3 times, 1 to 3 times |
//! | `<np:6>` | up to so many tokens of a noun phrase before its head, as many as possible: no word of `phrase_breaks` |
//! | `<aside>` | a bracket, or words between commas or dashes, that interrupt a clause |
//! | `<ends:ly>` | a lower-case word with this end |
//! | `$name` `$name(arg)` | a phrase of `rules/phrases.toml`, `$1` in it replaced by the argument |
//! | `name=x` | x, captured |
//! | `~x` | x with no blank before it |
//! | `&x` `!x` | x follows, x does not follow (consumes nothing) |
//! | `@x` `!@x` | x stands just before, does not (x a single token, list row or mention) |

#[cfg(test)]
pub(crate) mod agreement;
mod aside;
mod assemble;
mod code;
mod feature;
mod file;
mod index;
mod known;
mod layout;
mod lexis;
mod lower;
mod matcher;
mod mentions;
mod page;
mod parse;
mod pattern;
mod phrases;
mod places;
mod probe;
mod program;
mod search;
mod sheet;
mod showing;
mod sweep;
mod test;
mod trial;
mod window;

pub use file::{Counter, Example, Patterns, line_of, line_with, parse_rules};
pub use index::RuleBits;
pub use lexis::Lexis;
pub use matcher::{Capture, Field, MatchScratch, RuleMatch};
pub use mentions::MentionMap;
pub use page::Page;
pub use pattern::{Pattern, PatternError, TypeSet};
pub use phrases::Phrases;
pub use probe::Reach;
pub use program::{Anchor, Compiler};
pub use sheet::Sheet;
pub use sweep::{Start, Sweep, SweepScratch};
pub use trial::{Trial, TrialFailure, run_trials};

/// The most tokens that one match may span.
pub const WINDOW: usize = 96;

/// The most tokens before a match that a pattern may look back over.
const BACK: usize = 6;
