//! Whole tables from made-up facts: columns, ids, order, sums over the corpus, the package.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::model::{
    ByteSpan, Candidate, Case, DateKind, DateSource, DateValue, Document, DocumentDate, Entity, EntityIndex,
    Gap, Listing, Mention, MentionKind, Modality, Relation, Sentence, SentenceForm, Source, Status, Text,
    Token, TokenKind, TokenSpan, TypeId, WordId,
};

/// A document with everything found in it, owned.
struct Found {
    document: Document,
    date: Option<DocumentDate>,
    text: Text,
    entities: Vec<Entity>,
    mentions: Vec<Mention>,
    relations: Vec<Relation>,
}

impl Found {
    /// Tokens are words between blanks; each line is a sentence.
    fn new(doc_id: &str, source: &str) -> Self {
        let mut text = Text::default();
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            let first = text.tokens.len();
            for word in line.split_inclusive(char::is_whitespace) {
                let bare = word.trim_end();
                if !bare.is_empty() {
                    text.tokens.push(token(at, at + bare.len()));
                }
                at += word.len();
            }
            let tokens = TokenSpan::new(number(first), number(text.tokens.len()));
            text.sentences.push(Sentence { tokens, form: SentenceForm::Prose });
        }
        let document = Document {
            doc_id: doc_id.to_owned(),
            path: format!("in/{doc_id}"),
            title: "A\ntitle".to_owned(),
            text: source.to_owned(),
            date: None,
            encoding: "utf-8",
            bytes: source.len() as u64,
            status: Status::Done,
            problem: String::new(),
        };
        Self { document, date: None, text, entities: vec![], mentions: vec![], relations: vec![] }
    }

    fn dated(mut self, day: &str, year_known: bool) -> Self {
        let date = day.parse().expect("a day");
        self.date = Some(DocumentDate { date, year_known, source: DateSource::Dateline });
        self
    }

    fn entity(mut self, id: &str, name: &str, type_id: TypeId, listed: bool) -> Self {
        let listing = if listed {
            Listing {
                country: "LT".into(),
                latitude: "54.6".into(),
                longitude: "25.2".into(),
                external_ids: "wikidata:Q1".into(),
            }
        } else {
            Listing::default()
        };
        self.entities.push(Entity {
            id: id.into(),
            name: name.into(),
            type_id,
            subtype: "".into(),
            listed,
            listing,
        });
        self
    }

    fn mention(mut self, tokens: (u32, u32), entity: u32) -> Self {
        let tokens = TokenSpan::new(tokens.0, tokens.1);
        self.mentions.push(Mention {
            tokens,
            bytes: self.text.bytes(tokens),
            type_id: self.entities[entity as usize].type_id,
            entity: EntityIndex(entity),
            date: None,
            kind: MentionKind::Exact,
            source: Source::List { list: 0, line: 7 },
            decision: "only",
            confidence: 95,
            candidates: vec![
                Candidate { id: "p_one".into(), score: 10 },
                Candidate { id: "p_two".into(), score: -3 },
            ],
            sentence: number(self.text.sentence_of(tokens.start)),
        });
        self
    }

    fn date_mention(mut self, tokens: (u32, u32), value: &str, first: &str) -> Self {
        let tokens = TokenSpan::new(tokens.0, tokens.1);
        let day = first.parse().ok();
        self.mentions.push(Mention {
            tokens,
            bytes: self.text.bytes(tokens),
            type_id: TypeId::DATE,
            entity: EntityIndex(0),
            date: Some(Box::new(DateValue {
                kind: DateKind::Date,
                value: value.to_owned(),
                first: day,
                last: day,
                modifier: Some("APPROX".into()),
            })),
            kind: MentionKind::Rule,
            source: Source::Rule("dates/day".into()),
            decision: "rule",
            confidence: 90,
            candidates: vec![],
            sentence: number(self.text.sentence_of(tokens.start)),
        });
        self
    }

    fn relation(mut self, subject: u32, object: u32, trigger: (u32, u32), modality: Modality) -> Self {
        let trigger = TokenSpan::new(trigger.0, trigger.1);
        self.relations.push(Relation {
            relation: "attacked".into(),
            subject,
            object,
            qualifier: "cyber".to_owned(),
            modality,
            claimed_by: Some(EntityIndex(0)),
            date: Some(2),
            group: 1,
            trigger,
            tokens: TokenSpan::new(trigger.start - 1, trigger.end + 1),
            sentence: number(self.text.sentence_of(trigger.start)),
            rule: "attacked/active".into(),
            confidence: 88,
        });
        self
    }

    fn rows(&self, options: TableOptions) -> DocumentRows {
        let types = TypeId::KNOWN.map(str::to_owned);
        let lists = ["places/cities.csv".to_owned()];
        let facts = DocumentFacts {
            document: &self.document,
            portion: None,
            date: self.date,
            text: &self.text,
            entities: &self.entities,
            mentions: &self.mentions,
            relations: &self.relations,
            rejected: &[],
        };
        format(&facts, Labels { types: &types, lists: &lists }, options)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("a small number")
}

fn token(start: usize, end: usize) -> Token {
    let (start, end) = (number(start), number(end));
    Token { start, end, word: WordId::NONE, kind: TokenKind::Word, case: Case::Lower, gap: Gap::Space }
}

/// Two places, a date, two relations.
fn attack(doc_id: &str, day: &str) -> Found {
    Found::new(doc_id, "Žalia diena.\nAlfa attacked Beta on Monday, maybe\r\nBeta\u{a0}City =x")
        .dated(day, true)
        .entity("p_alfa", "Alfa", TypeId::PLACE, true)
        .entity("p_beta", "Beta", TypeId::PLACE, false)
        .mention((2, 3), 0)
        .mention((4, 5), 1)
        .date_mention((6, 7), "2018-02", "2018-02-28")
        .mention((8, 10), 1)
        .relation(0, 1, (3, 4), Modality::Alleged)
}

fn write(out: &Path, cases: &[Found], options: TableOptions) -> Counts {
    let mut tables = Tables::create(out, options).expect("opened");
    for case in cases {
        tables.append(case.rows(options)).expect("appended");
    }
    let gazetteers = vec![Fingerprint { label: "gazetteers".to_owned(), sha256: "00".to_owned() }];
    tables.finish(&PackageInfo { version: "0.1.0".to_owned(), gazetteers }).expect("finished")
}

fn records(out: &Path, name: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(out.join(name)).expect("a table");
    reader.records().map(|r| r.expect("a row")).collect()
}

fn read(out: &Path, name: &str) -> String {
    fs::read_to_string(out.join(name)).expect("a file")
}

/// The cell of a row under a header.
fn cell<'a>(records: &'a [csv::StringRecord], row: usize, name: &str) -> &'a str {
    let at = records[0].iter().position(|header| header == name).expect("a column");
    &records[row][at]
}

#[test]
fn headers_are_those_of_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &[], TableOptions { pairs: true, ..TableOptions::default() });
    let header = |name: &str| read(folder.path(), name);
    assert_eq!(
        header("documents.csv"),
        "doc_id,path,title,date,date_source,encoding,bytes,chars,tokens,sentences,mentions,relations,status,problem\n"
    );
    assert_eq!(
        header("mentions.csv"),
        "mention_id,doc_id,type,subtype,text,entity_id,name,start,end,line,column,value,value_start,value_end,mod,kind,source,decision,confidence,candidates,sentence\n"
    );
    assert_eq!(
        header("entities.csv"),
        "entity_id,type,subtype,name,aliases_seen,mentions,documents,first_date,last_date,country,latitude,longitude,external_ids,listed\n"
    );
    assert_eq!(
        header("relations.csv"),
        "relation_id,doc_id,relation,subject_id,subject_name,subject_type,object_id,object_name,object_type,qualifier,modality,claimed_by_id,claimed_by_name,date,subject_mention,object_mention,group,trigger,start,end,evidence,rule,confidence\n"
    );
    assert_eq!(
        header("relation_summary.csv"),
        "relation,subject_id,subject_name,subject_type,object_id,object_name,object_type,rows,documents,first_date,last_date,negated,alleged\n"
    );
    assert_eq!(
        header("pairs.csv"),
        "entity_id,name,type,other_id,other_name,other_type,sentences,documents,first_date,last_date\n"
    );
}

#[test]
fn a_mention_says_what_it_is_where_it_stands_and_why() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &[attack("a.txt", "2018-03-01")], TableOptions::default());
    let rows = records(folder.path(), "mentions.csv");
    assert_eq!(rows.len(), 5);
    let row =
        |at: usize, names: &[&str]| names.iter().map(|n| cell(&rows, at, n).to_owned()).collect::<Vec<_>>();
    let place =
        ["doc_id", "type", "text", "entity_id", "start", "end", "line", "column", "source", "candidates"];
    assert_eq!(
        row(1, &place),
        [
            "a.txt",
            "place",
            "Alfa",
            "p_alfa",
            "13",
            "17",
            "2",
            "1",
            "places/cities.csv:7",
            "p_one:10|p_two:-3"
        ]
    );
    assert_eq!(
        row(4, &place),
        [
            "a.txt",
            "place",
            "Beta\u{a0}City",
            "p_beta",
            "50",
            "59",
            "3",
            "1",
            "places/cities.csv:7",
            "p_one:10|p_two:-3"
        ]
    );
    assert_eq!(cell(&rows, 1, "sentence"), "Alfa attacked Beta on Monday, maybe");
    let date = ["type", "subtype", "entity_id", "name", "value", "value_start", "value_end", "mod", "source"];
    assert_eq!(
        row(3, &date),
        ["date", "date", "", "", "2018-02", "2018-02-28", "2018-02-28", "APPROX", "dates/day"]
    );
}

#[test]
fn a_relation_points_to_its_mentions_and_shows_its_evidence() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &[attack("a.txt", "2018-03-01")], TableOptions::default());
    let (mentions, rows) = (records(folder.path(), "mentions.csv"), records(folder.path(), "relations.csv"));
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(&rows, 1, "subject_mention"), cell(&mentions, 1, "mention_id"));
    assert_eq!(cell(&rows, 1, "object_mention"), cell(&mentions, 2, "mention_id"));
    let names = [
        "relation",
        "subject_id",
        "object_name",
        "claimed_by_id",
        "date",
        "trigger",
        "start",
        "end",
        "evidence",
    ];
    let shown: Vec<&str> = names.iter().map(|name| cell(&rows, 1, name)).collect();
    let evidence = "Alfa attacked Beta on Monday, maybe";
    assert_eq!(shown, ["attacked", "p_alfa", "Beta", "p_alfa", "2018-02", "attacked", "13", "31", evidence]);
    assert_eq!(cell(&rows, 1, "group")[1..], cell(&rows, 1, "relation_id")[1..]);
}

#[test]
fn entities_and_relations_are_summed_over_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        attack("a.txt", "2018-03-01"),
        attack("b.txt", "2017-01-31"),
        attack("c.txt", "2020-05-05").dated("2020-05-05", false),
    ];
    let counts = write(folder.path(), &cases, TableOptions { pairs: true, ..TableOptions::default() });
    assert_eq!((counts.documents, counts.mentions, counts.entities, counts.relations), (3, 12, 2, 3));
    assert_eq!(counts.mentions_by_type["place"], 9);
    let entities = records(folder.path(), "entities.csv");
    let beta: Vec<&str> = entities[2].iter().collect();
    assert_eq!(
        beta,
        [
            "p_beta",
            "place",
            "",
            "Beta",
            "Beta|Beta City",
            "6",
            "3",
            "2017-01-31",
            "2018-03-01",
            "",
            "",
            "",
            "",
            "no"
        ]
    );
    let summary = read(folder.path(), "relation_summary.csv");
    assert!(
        summary.ends_with("\nattacked,p_alfa,Alfa,place,p_beta,Beta,place,3,3,2017-01-31,2018-03-01,0,3\n"),
        "{summary}"
    );
    let pairs = read(folder.path(), "pairs.csv");
    assert!(pairs.ends_with("\np_alfa,Alfa,place,p_beta,Beta,place,3,3,2017-01-31,2018-03-01\n"), "{pairs}");
    let documents = records(folder.path(), "documents.csv");
    assert_eq!((cell(&documents, 1, "date"), cell(&documents, 3, "date")), ("2018-03-01", "XXXX-05-05"));
    assert_eq!(cell(&documents, 1, "title"), "A title");
}

#[test]
fn an_entity_is_named_by_content_and_not_by_who_came_first() {
    let options = TableOptions::default();
    let one = || Found::new("a", "Beta").entity("p", "Beta", TypeId::PLACE, false).mention((0, 1), 0);
    let two = || Found::new("b", "Alfa").entity("p", "Alfa", TypeId::PLACE, false).mention((0, 1), 0);
    let listed = || Found::new("c", "Žeta").entity("p", "Žeta", TypeId::PLACE, true).mention((0, 1), 0);
    let table = |cases: &[Found]| {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), cases, options);
        read(folder.path(), "entities.csv")
    };
    let (forward, backward) = (table(&[one(), two()]), table(&[two(), one()]));
    assert_eq!(forward, backward);
    assert!(forward.contains("p,place,,Alfa,Alfa|Beta,2,2"), "{forward}");
    let with_list = table(&[one(), listed(), two()]);
    assert!(with_list.contains("p,place,,Žeta,Alfa|Beta|Žeta,3,3"), "{with_list}");
}

#[test]
fn ids_do_not_change_when_a_document_is_added() {
    let ids = |cases: &[Found]| {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), cases, TableOptions::default());
        let rows = records(folder.path(), "mentions.csv");
        rows.iter().filter(|r| &r[1] == "b.txt").map(|r| r[0].to_owned()).collect::<Vec<_>>()
    };
    let alone = ids(&[attack("b.txt", "2018-03-01")]);
    assert_eq!(alone.len(), 4);
    assert_eq!(alone, ids(&[attack("a.txt", "2018-03-01"), attack("b.txt", "2018-03-01")]));
}

#[test]
fn the_package_describes_each_table_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = TableOptions { profile: Profile::ExcelEu, ..TableOptions::default() };
    write(folder.path(), &[attack("=a.txt", "2018-03-01")], options);
    let package: serde_json::Value =
        serde_json::from_str(&read(folder.path(), "datapackage.json")).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    assert_eq!(resources.len(), 5);
    for resource in resources {
        let text = read(folder.path(), resource["path"].as_str().expect("a path"));
        assert_eq!(resource["bytes"], text.len());
        assert_eq!(resource["hash"], format!("sha256:{}", sha256(&text)));
        let header: Vec<&str> =
            text.trim_start_matches('\u{feff}').lines().next().expect("a header").split(';').collect();
        let fields: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .expect("fields")
            .iter()
            .map(|f| f["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(header, fields);
        assert_eq!(resource["dialect"]["delimiter"], ";");
        assert_eq!(resource["dialect"]["lineTerminator"], "\r\n");
    }
    assert_eq!(package["gazet"]["guard"]["prefix"], "'");
    assert_eq!(resources[1]["gazet:rows"], 4);
    assert!(read(folder.path(), "documents.csv").contains("\r\n'=a.txt;in/=a.txt;"));
    assert!(read(folder.path(), "mentions.csv").contains(";'2018-02;2018-02-28;"));
    assert!(read(folder.path(), "entities.csv").contains(";54,6;25,2;"));
}

fn sha256(text: &str) -> String {
    use sha2::Digest;
    files::hex(&sha2::Sha256::digest(text.as_bytes()))
}

#[test]
fn the_same_rows_give_the_same_files_in_a_folder_used_before() {
    let cases = [attack("a.txt", "2018-03-01"), attack("b.txt", "2017-01-31")];
    let (fresh, used) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let options = TableOptions::default();
    write(
        used.path(),
        &cases[..1],
        TableOptions { pairs: true, profile: Profile::Excel, ..TableOptions::default() },
    );
    write(used.path(), &cases, options);
    write(fresh.path(), &cases, options);
    for name in [
        "documents.csv",
        "mentions.csv",
        "entities.csv",
        "relations.csv",
        "relation_summary.csv",
        "datapackage.json",
    ] {
        assert_eq!(read(fresh.path(), name), read(used.path(), name), "{name}");
    }
    assert!(!used.path().join("pairs.csv").exists());
}

#[test]
fn a_document_that_was_not_read_has_a_row_with_its_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut case = Found::new("bad.txt", "");
    case.document.status = Status::Failed;
    case.document.problem = "no permission".to_owned();
    let counts = write(folder.path(), &[case], TableOptions::default());
    assert_eq!((counts.documents, counts.failed), (1, 1));
    assert!(read(folder.path(), "documents.csv").ends_with(",failed,no permission\n"));
}

#[test]
fn two_thousand_names_in_one_sentence_give_a_linear_number_of_pairs() {
    let names: Vec<String> = (0..2000).map(|i| format!("N{i:04}")).collect();
    let mut case = Found::new("a", &names.join(" "));
    for (i, name) in names.iter().enumerate() {
        let i = number(i);
        case = case.entity(&format!("p_{name}"), name, TypeId::PERSON, false).mention((i, i + 1), i);
    }
    let rows = case.rows(TableOptions { pairs: true, ..TableOptions::default() });
    assert_eq!(rows.seen.pairs.len(), 2000 * 32 - 32 * 33 / 2);
}

proptest! {
    #[test]
    fn offsets_give_back_the_text_column_of_every_row(words in prop::collection::vec("(?s)[^\\s]{1,8}", 1..40)) {
        let source = words.join("\r\n");
        let mut case = Found::new("a", &source).entity("p", "P", TypeId::PLACE, true);
        for at in 0..number(case.text.tokens.len()) {
            case = case.mention((at, at + 1), 0);
        }
        let rows = case.rows(TableOptions::default());
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.mentions.as_bytes());
        let chars: Vec<char> = source.chars().collect();
        let mut seen = 0;
        for record in reader.records() {
            let record = record.expect("a row");
            let (start, end): (usize, usize) = (record[7].parse().expect("start"), record[8].parse().expect("end"));
            prop_assert_eq!(chars[start..end].iter().collect::<String>(), &record[4]);
            seen += 1;
        }
        prop_assert_eq!(seen, case.mentions.len());
        let bytes = case.mentions.iter().map(|m| m.bytes).collect::<Vec<ByteSpan>>();
        prop_assert!(bytes.is_sorted());
    }
}
