//! Text as tokens and sentences: the folding of words, the vocabulary of known words, the tokenizer and the sentence
//! splitter. Knows no gazetteer and no English word: words that matter come in as data ([`Abbreviations`]).
//!
//! What must hold: names of lists and words of documents pass through the same tokenizer and the same folding
//! ([`fold_word`]), so that equal words always get equal numbers.

mod abbreviations;
mod address;
mod characters;
mod fold;
mod form;
mod lines;
mod portions;
mod sentences;
mod tokenize;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use abbreviations::{AbbreviationClass, Abbreviations};
pub use fold::fold_word;
pub use portions::{PORTION, portions};
pub use sentences::split_sentences;
pub use tokenize::{TokenScratch, folded_words, plain_words, tokenize};
pub use vocabulary::Vocabulary;
