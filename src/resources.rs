//! Resources: all lists and rules, loaded once, never changed, shared by reference. The one file that knows all data.

use crate::dates::Dates;
use crate::gazetteer::{
    DataError, Finding, Folder, Gazetteer, ListSource, ParsedLists, Reading, Stats, embedded, lint, parse,
    read_folder, show, sources, stats,
};
use crate::model::DateOrder;
use crate::relations::Relations;
use crate::resolve::Resolver;
use crate::rules::Trial;
use crate::text::{AbbreviationClass, Abbreviations, Vocabulary};
use crate::timings::{Laps, Stage};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::PathBuf;

/// Which lists and rules a run uses.
#[derive(Clone, Debug, Default)]
pub struct GazetteerOptions {
    /// Leave the embedded ones out.
    pub without_default: bool,
    /// The user's folders, in order.
    pub folders: Vec<PathBuf>,
    /// Leave out names that no list has.
    pub listed_only: bool,
    /// Leave out "now", "recently" …
    pub no_vague: bool,
    /// How to read `3/6/22` where the document does not show it.
    pub date_order: Option<DateOrder>,
}

/// Everything that is known before the first document.
#[derive(Debug)]
pub struct Resources {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) abbreviations: Abbreviations,
    pub(crate) dates: Dates,
    pub(crate) resolver: Resolver,
    pub(crate) relations: Relations,
    lists: Vec<String>,
    types: Vec<String>,
    fingerprint: String,
}

/// How loading is spread over threads, by those who know threads.
pub trait Spread: Sync {
    /// Parses all lists; gives them in their order.
    fn parse(&self, lists: &[ListSource<'_>]) -> Vec<ParsedLists>;

    /// Does both, perhaps at once.
    fn both<A: Send, B: Send>(
        &self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B);
}

/// One thing after the other.
#[derive(Clone, Copy, Debug)]
pub struct OneThread;

impl Spread for OneThread {
    fn parse(&self, lists: &[ListSource<'_>]) -> Vec<ParsedLists> {
        vec![parse(lists)]
    }

    fn both<A: Send, B: Send>(
        &self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        (one(), other())
    }
}

impl Resources {
    /// Loads the embedded folder and the user's. All errors are told at once.
    pub fn load(options: &GazetteerOptions) -> Result<Self, Vec<DataError>> {
        Self::load_on(&OneThread, options, &mut Laps::default())
    }

    /// Loads on several threads; the result does not depend on how many.
    pub(crate) fn load_on(
        spread: &impl Spread,
        options: &GazetteerOptions,
        laps: &mut Laps,
    ) -> Result<Self, Vec<DataError>> {
        let mut folders = if options.without_default { Vec::new() } else { vec![embedded()] };
        let mut errors = Vec::new();
        for path in &options.folders {
            match read_folder(path) {
                Ok(folder) => folders.push(folder),
                Err(more) => errors.extend(more),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Self::from_folders(spread, folders, options, laps)
    }

    fn from_folders(
        spread: &impl Spread,
        mut folders: Vec<Folder>,
        options: &GazetteerOptions,
        laps: &mut Laps,
    ) -> Result<Self, Vec<DataError>> {
        let lists = sources(&folders)?;
        let (parsed, fingerprint) = spread.both(|| spread.parse(&lists), || fingerprint(&folders));
        drop_lists(&mut folders);
        laps.lap(Stage::Parse);
        let mut vocabulary = Vocabulary::new();
        let mut gazetteer = Gazetteer::merge(parsed, &mut vocabulary)?;
        laps.lap(Stage::Merge);
        let is_on = laps.is_on();
        let ((automaton, build_laps), (rules, rule_laps)) = spread.both(
            || timed(is_on, Stage::Build, || gazetteer.automaton()),
            || timed(is_on, Stage::Rules, || Rules::load(&folders, &gazetteer, &mut vocabulary)),
        );
        laps.join(&build_laps);
        laps.join(&rule_laps);
        let Rules { mut dates, mut resolver, relations } = rules?;
        gazetteer.install(automaton, &vocabulary);
        dates.no_vague = options.no_vague;
        dates.date_order = options.date_order;
        resolver.listed_only = options.listed_only;
        Ok(Self {
            abbreviations: abbreviations(&gazetteer)?,
            lists: gazetteer.lists().map(crate::gazetteer::List::path).collect(),
            types: gazetteer.types().iter().map(ToString::to_string).collect(),
            fingerprint,
            vocabulary,
            gazetteer,
            dates,
            resolver,
            relations,
        })
    }

    /// Examples and counter-examples of the rules that tell names.
    pub fn name_trials(&self) -> &[Trial] {
        self.resolver.trials()
    }

    /// The loaded lists.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Names of types, by `TypeId`.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// Paths of the lists, by the number in `Source::List`.
    pub fn lists(&self) -> &[String] {
        &self.lists
    }

    /// What is suspicious in the lists.
    pub fn lint(&self) -> Vec<Finding> {
        lint(&self.gazetteer, &self.vocabulary)
    }

    /// What the lists hold.
    pub fn stats(&self) -> Stats {
        stats(&self.gazetteer, &self.vocabulary)
    }

    /// Every reading of a string.
    pub fn show(&self, string: &str) -> Vec<Reading> {
        show(&self.gazetteer, &self.vocabulary, string)
    }

    /// SHA-256 over paths and SHA-256 of all files of all folders, hexadecimal.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// Does the work of a stage, on whatever thread, and says how long it took.
fn timed<T>(is_on: bool, stage: Stage, work: impl FnOnce() -> T) -> (T, Laps) {
    let mut laps = Laps::start(is_on);
    let made = work();
    laps.lap(stage);
    (made, laps)
}

/// The rules of all stages.
struct Rules {
    dates: Dates,
    resolver: Resolver,
    relations: Relations,
}

impl Rules {
    fn load(
        folders: &[Folder],
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Vec<DataError>> {
        let dates = Dates::load(folders, gazetteer, vocabulary);
        let resolver = Resolver::load(folders, gazetteer, vocabulary);
        let relations = Relations::load(folders, gazetteer, vocabulary);
        match (dates, resolver, relations) {
            (Ok(dates), Ok(resolver), Ok(relations)) => Ok(Self { dates, resolver, relations }),
            (dates, resolver, relations) => {
                let all = [dates.err(), resolver.err(), relations.err()];
                Err(all.into_iter().flatten().flatten().collect())
            }
        }
    }
}

/// Frees the bytes of lists, which are parsed; rules are still to be read.
fn drop_lists(folders: &mut [Folder]) {
    for folder in folders {
        folder.files.retain(|(path, _)| !path.ends_with(".csv"));
    }
}

/// The word list `abbreviations`: its values are classes.
fn abbreviations(gazetteer: &Gazetteer) -> Result<Abbreviations, Vec<DataError>> {
    let Some(list) = gazetteer.word_list("abbreviations") else { return Ok(Abbreviations::default()) };
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for (key, word) in gazetteer.words_of(list) {
        let value = gazetteer.value(word);
        match (AbbreviationClass::parse(value), gazetteer.key_words(key).first()) {
            (Some(class), Some(&first)) => rows.push((first, class)),
            (None, _) => errors.push(DataError::new(
                "words/abbreviations.csv",
                u64::from(word.line),
                format!("unknown class {value:?}"),
                AbbreviationClass::ALL.map(|(name, _)| name).join(", "),
            )),
            (_, None) => {}
        }
    }
    if errors.is_empty() { Ok(Abbreviations::new(rows.into_iter())) } else { Err(errors) }
}

fn fingerprint(folders: &[Folder]) -> String {
    let mut hash = Sha256::new();
    for folder in folders {
        for (path, content) in &folder.files {
            hash.update((path.len() as u64).to_le_bytes());
            hash.update(path);
            hash.update(content.sha256());
        }
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
