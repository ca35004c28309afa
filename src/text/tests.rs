//! Cases of tokens and sentences, and what must hold for any text.

use proptest::prelude::*;

use super::characters::is_blank;
use super::*;
use crate::model::{Case, Gap, Sentence, SentenceForm, Token, TokenKind, WordId};

fn tokens_of(source: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(source, vocabulary, &mut TokenScratch::default(), &mut tokens);
    tokens
}

fn surface<'a>(source: &'a str, token: &Token) -> &'a str {
    &source[token.start as usize..token.end as usize]
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold_word(word, &mut out);
    out
}

/// Tokens with a letter for their kind, a blank between them.
fn shown(source: &str) -> String {
    let tokens = tokens_of(source, &Vocabulary::new());
    let shown = tokens.iter().map(|token| {
        let kind = match token.kind {
            TokenKind::Word => "",
            TokenKind::Number => "n:",
            TokenKind::Mixed => "m:",
            TokenKind::Dotted => "d:",
            TokenKind::Possessive => "p:",
            TokenKind::Punctuation => ":",
            TokenKind::Address => "a:",
        };
        format!("{kind}{}", surface(source, token))
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn words_numbers_and_marks_are_cut_apart() {
    let cases = [
        ("Lithuania's president", "Lithuania p:'s president"),
        ("Lithuania’s president", "Lithuania p:’s president"),
        ("LITHUANIA'S", "LITHUANIA p:'S"),
        ("the students' union", "the students p:' union"),
        ("the 'Rolling Stones' tour", "the :' Rolling Stones :' tour"),
        ("O'Brien, don't go to Xi’an", "O'Brien :, don't go to Xi’an"),
        ("O'Brien's", "O'Brien p:'s"),
        ("'sort of'", ":' sort of :'"),
        ("the 1990s and '90s, 1990's", "the m:1990s and :' m:90s :, n:1990 p:'s"),
        ("all-round AT&T", "all :- round AT :& T"),
        ("UNC1151 3rd 1,000 4:07.13", "m:UNC1151 m:3rd n:1 :, n:000 n:4 :: n:07 :. n:13"),
        ("the U.S. and the U.S too", "the d:U.S. and the d:U.S too"),
        ("the U.S's, U.S.-led", "the d:U.S p:'s :, d:U.S. :- led"),
        ("9:15 a.m. Tuesday", "n:9 :: n:15 d:a.m. Tuesday"),
        ("J.F. Kennedy, J.F.Kennedy", "d:J.F. Kennedy :, d:J.F. Kennedy"),
        ("J. F. Kennedy", "J :. F :. Kennedy"),
        ("J.Smith", "J :. Smith"),
        ("Gediminas av.40)", "Gediminas av :. n:40 :)"),
        ("Й.В. Сталин", "d:Й.В. Сталин"),
        ("Vil\u{ad}nius", "Vil\u{ad}nius"),
        ("\u{feff}Kaunas\u{a0}ir\u{200b}Vilnius", "Kaunas ir Vilnius"),
        ("nai\u{308}ve Šiauliai", "nai\u{308}ve Šiauliai"),
        ("user_name", "user :_ name"),
        ("½ km²", "n:½ m:km²"),
        ("👩\u{200d}🚀!", ":👩 :🚀 :!"),
        ("a\0b", "a b"),
    ];
    for (source, expected) in cases {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn an_address_is_one_token() {
    let cases = [
        ("see https://example.org/a_(b)?c=1.", "see a:https://example.org/a_(b)?c=1 :."),
        ("(http://example.org/x)", ":( a:http://example.org/x :)"),
        ("www.Example.org, now", "a:www.Example.org :, now"),
        ("said tv3.lt. The", "said a:tv3.lt :. The"),
        ("on my-site.example.lt/path today", "on a:my-site.example.lt/path today"),
        ("mail jonas.j+x@example.lt.", "mail a:jonas.j+x@example.lt :."),
        ("ask @handle about it", "ask :@ handle about it"),
        ("Example.com", "Example :. com"),
        ("it ended.The end", "it ended :. The end"),
        ("gays...threaten", "gays :. :. :. threaten"),
        ("rose 1.2m", "rose n:1 :. m:2m"),
        ("Note: //", "Note :: :/ :/"),
    ];
    for (source, expected) in cases {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn a_token_knows_its_case() {
    let cases = [
        ("lower", Case::Lower),
        ("Capital", Case::Capital),
        ("A", Case::Capital),
        ("UPPER", Case::Upper),
        ("U.S.", Case::Upper),
        ("McCain", Case::Camel),
        ("iPhone", Case::Camel),
        ("Šiauliai", Case::Capital),
        ("ŠIAULIAI", Case::Upper),
        ("3rd", Case::Lower),
        ("UNC1151", Case::Upper),
        ("F16", Case::Capital),
        ("2NATO", Case::Upper),
        ("12", Case::None),
        ("東京", Case::None),
    ];
    for (source, expected) in cases {
        let (alone, followed) = (source.to_owned(), format!("{source} and what follows"));
        for source in [alone, followed] {
            assert_eq!(tokens_of(&source, &Vocabulary::new())[0].case, expected, "{source}");
        }
    }
}

#[test]
fn gaps_tell_blanks_line_ends_and_blank_lines() {
    use Gap::{Blank, Line, None, Space};
    let source = "a b\tc\nd\r\ne\n \t\nf\r\n\r\ng-h\u{a0}i\u{2028}j";
    let gaps: Vec<Gap> = tokens_of(source, &Vocabulary::new()).iter().map(|token| token.gap).collect();
    assert_eq!(gaps, [Blank, Space, Space, Line, Line, Blank, Blank, None, None, Space, Line]);
}

#[test]
fn folding_takes_off_what_does_not_count() {
    let cases = [
        ("Šiauliai", "siauliai"),
        ("S\u{30c}iauliai", "siauliai"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("STRAẞE", "strasse"),
        ("Tromsø", "tromso"),
        ("Ærø", "aero"),
        ("Đà", "da"),
        ("Ųžupis", "uzupis"),
        ("Київ", "киів"),
        ("O’Brien", "o'brien"),
        ("’s", "'s"),
        ("“", "\""),
        ("–", "-"),
        ("U.S.", "us"),
        ("U.S", "us"),
        ("...", "..."),
        ("tv3.lt", "tv3.lt"),
        ("ﬁ", "fi"),
        ("Vil\u{ad}nius", "vilnius"),
        ("Ａ", "a"),
    ];
    for (word, expected) in cases {
        assert_eq!(folded(word), expected, "{word:?}");
    }
}

#[test]
fn folding_any_character_twice_changes_nothing() {
    for c in '\0'..=char::MAX {
        let once = folded(c.encode_utf8(&mut [0; 4]));
        assert_eq!(folded(&once), once, "{c:?} {:04x}", u32::from(c));
    }
}

#[test]
fn the_vocabulary_gives_each_word_one_number() {
    let mut vocabulary = Vocabulary::new();
    let words = ["", "a", "-", "vilnius", "internet", "internets", "internationalization", "'s", "киів"];
    let ids: Vec<WordId> = words.iter().map(|word| vocabulary.intern(word)).collect();
    assert_eq!(ids, (0..9).map(WordId).collect::<Vec<_>>());
    for (word, &id) in words.iter().zip(&ids) {
        assert_eq!((vocabulary.intern(word), vocabulary.get(word), vocabulary.word(id)), (id, id, *word));
    }
    assert_eq!(
        (vocabulary.len(), vocabulary.get("b"), vocabulary.get("internetz")),
        (9, WordId::NONE, WordId::NONE)
    );
    let source = "VILNIUS Internationalization's Internets Київ internationalizatioN- x";
    let found: Vec<u32> = tokens_of(source, &vocabulary).iter().map(|token| token.word.0).collect();
    assert_eq!(found, [3, 6, 7, 5, 8, 6, 2, u32::MAX]);
    let source = "Vilnius INTERNET, a vilniu VILNIUS; Internets A-b and more";
    let found: Vec<u32> = tokens_of(source, &vocabulary).iter().take(9).map(|token| token.word.0).collect();
    assert_eq!(found, [3, 4, u32::MAX, 1, u32::MAX, 3, u32::MAX, 5, 1]);
}

/// Abbreviations and starters of the cases below.
fn english(vocabulary: &mut Vocabulary) -> Abbreviations {
    let rows = [
        ("title", "mr mrs maj gen sen"),
        ("month", "jan feb aug"),
        ("company", "inc corp co ltd"),
        ("address", "no st av"),
        ("latin", "etc vs"),
        ("starter", "the he it we in a"),
    ];
    let rows: Vec<_> =
        rows.iter().flat_map(|(class, words)| words.split(' ').map(move |word| (*class, word))).collect();
    let class = |name| AbbreviationClass::parse(name).expect("a class");
    Abbreviations::new(rows.into_iter().map(|(name, word)| (vocabulary.intern(word), class(name))))
}

fn sentences_of(source: &str) -> Vec<(String, SentenceForm)> {
    let mut vocabulary = Vocabulary::new();
    let abbreviations = english(&mut vocabulary);
    let tokens = tokens_of(source, &vocabulary);
    let mut sentences: Vec<Sentence> = Vec::new();
    split_sentences(source, &tokens, &abbreviations, &mut sentences);
    let bytes = |s: &Sentence| {
        let (first, last) = (tokens[s.tokens.start as usize], tokens[s.tokens.end as usize - 1]);
        source[first.start as usize..last.end as usize].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    sentences.iter().map(|s| (bytes(s), s.form)).collect()
}

fn check(source: &str, expected: &[&str]) {
    let found: Vec<String> = sentences_of(source).into_iter().map(|(text, _)| text).collect();
    assert_eq!(found, expected, "{source:?}");
}

#[test]
fn full_stops_end_sentences_but_abbreviations_do_not() {
    check("It rained. Nobody came! Why? Who knows…", &["It rained.", "Nobody came!", "Why?", "Who knows…"]);
    check("Mr. Smith met Maj. Gen. Joe Hart. He left.", &["Mr. Smith met Maj. Gen. Joe Hart.", "He left."]);
    check("J. F. Kennedy spoke. So did J.F. Kennedy.", &["J. F. Kennedy spoke.", "So did J.F. Kennedy."]);
    check("It was in the U.S. The rest was not.", &["It was in the U.S.", "The rest was not."]);
    check("The U.S. Navy sailed at 9:15 a.m. Tuesday.", &["The U.S. Navy sailed at 9:15 a.m. Tuesday."]);
    check("Acme Inc. said so. Acme Inc. The end.", &["Acme Inc. said so.", "Acme Inc.", "The end."]);
    check("Acme Inc. Chairman Ada Lark spoke.", &["Acme Inc. Chairman Ada Lark spoke."]);
    check(
        "On Jan. 25 it ended. It was Jan. Nobody knew.",
        &["On Jan. 25 it ended.", "It was Jan.", "Nobody knew."],
    );
    check("Order No. 40 in St. Petersburg fell.", &["Order No. 40 in St. Petersburg fell."]);
    check("It cost 5.4 in 1990. Prices rose.", &["It cost 5.4 in 1990.", "Prices rose."]);
    check("Plan B. The end.", &["Plan B.", "The end."]);
    check("It ended.The rest is Example.Com here.", &["It ended.", "The rest is Example.Com here."]);
}

#[test]
fn quotes_and_brackets_close_with_their_sentence() {
    check("“We won.” He left.", &["“We won.”", "He left."]);
    check(
        "\"We won.\" \"They lost.\" (Or not.) He left.",
        &["\"We won.\"", "\"They lost.\"", "(Or not.)", "He left."],
    );
    check("\"Why?\" he asked. \"Yes!\" they said.", &["\"Why?\" he asked.", "\"Yes!\" they said."]);
    check("It ended.[1] The rest.", &["It ended.[1]", "The rest."]);
    check("``We won.'' ``They lost,'' he said.", &["``We won.''", "``They lost,'' he said."]);
}

#[test]
fn datelines_stay_with_their_parts() {
    check(
        "VILNIUS, August 12. /TASS/. Lithuanian police said so.",
        &["VILNIUS, August 12. /TASS/.", "Lithuanian police said so."],
    );
    check("WARSAW, Jan. 25 (Wire) - It rained.", &["WARSAW, Jan. 25 (Wire) - It rained."]);
}

#[test]
fn wrapped_lines_are_not_cut_but_headings_are() {
    let wrapped = "A long look at the harbour of the town\n\n   The ministers of the three countries will meet in Vilnius\n\
        on Tuesday to talk about the bridge over the river between\nLithuania and the town on its other bank, said Maj. Gen.\n\
        Joe Hart of the staff. The bridge was closed in August by\nthe police.\n   Nobody was there to tell.\n   (ab/as)\n";
    check(
        wrapped,
        &[
            "A long look at the harbour of the town",
            "The ministers of the three countries will meet in Vilnius on Tuesday to talk about the bridge over the \
             river between Lithuania and the town on its other bank, said Maj. Gen. Joe Hart of the staff.",
            "The bridge was closed in August by the police.",
            "Nobody was there to tell.",
            "(ab/as)",
        ],
    );
}

#[test]
fn lines_of_their_own_are_cut_where_nothing_is_wrapped() {
    check(
        "ROWING - TOWN WINS CUP.\nKAUNAS 1996-08-30\nThe town won the cup on Friday, and a long evening began on the banks.\n\
         Leading results of\nthe first race:\n1. Ada Lark (Lithuania) 12\n2. Jonas Hart (Poland) 13\nBy Ona Vale",
        &[
            "ROWING - TOWN WINS CUP.",
            "KAUNAS 1996-08-30",
            "The town won the cup on Friday, and a long evening began on the banks.",
            "Leading results of the first race:",
            "1. Ada Lark (Lithuania) 12",
            "2. Jonas Hart (Poland) 13",
            "By Ona Vale",
        ],
    );
    check("Shopping:\n- a boat\n- two oars", &["Shopping:", "- a boat", "- two oars"]);
}

#[test]
fn the_form_says_how_much_capitals_tell() {
    let cases = [
        ("The town won the cup.", SentenceForm::Prose),
        ("TOWN WINS CUP OF U.S. NAVY", SentenceForm::Capitals),
        ("Town Wins the Cup of the Navy", SentenceForm::TitleCase),
        ("Ada Lark (Norfield) beat Ona Vale (Kaunas)", SentenceForm::Line),
        ("Police have the man who took the boat", SentenceForm::Line),
        ("Skip to content", SentenceForm::Line),
    ];
    for (source, form) in cases {
        assert_eq!(sentences_of(source), [(source.to_owned(), form)]);
    }
}

/// Texts of ordinary and of nasty characters.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,9}",
        2 => "[0-9]{1,4}",
        4 => "[ .,'@:/\n-]{1,2}",
        1 => prop::sample::select(vec![
            "’s", "U.S.", "J.", "https://x.y/z", "tv3.lt", "a@b.lt", "Š", "ī", "Ł", "İ", "ẞ", "ŉ", "S\u{30c}", "\u{30c}",
            "“", "”", "‘", "ʼ", "\u{200d}", "\u{200b}", "\u{200f}", "\u{202e}", "🚀", "👩\u{200d}🚀", "❤\u{fe0f}", "\0",
            "\u{a0}", "\u{ad}", "\u{feff}", "\u{fffd}", "\r\n", "\r", "\u{2028}", "שלום", "مرحبا", "東京", "ǅ", "Σ", "ﬁ",
            "½", "…", "s'", "'s", "www.", "\u{10ffff}", "한국", "ไทย",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_tile_any_text(source in nasty()) {
        let tokens = tokens_of(&source, &Vocabulary::new());
        let mut before = 0;
        for token in &tokens {
            prop_assert!(token.start as usize >= before && token.end > token.start);
            prop_assert!(source[before..token.start as usize].chars().all(is_blank));
            prop_assert!(!is_blank(surface(&source, token).chars().next().unwrap()));
            before = token.end as usize;
        }
        prop_assert!(source[before..].chars().all(is_blank));
        prop_assert!(tokens.first().is_none_or(|token| token.gap == Gap::Blank));
    }

    #[test]
    fn folding_twice_changes_nothing(word in nasty()) {
        let once = folded(&word);
        prop_assert_eq!(folded(&once), once);
    }

    #[test]
    fn a_name_has_the_words_of_the_same_text(name in nasty()) {
        let mut vocabulary = Vocabulary::new();
        let mut ids = Vec::new();
        folded_words(&name, |word, _| ids.push(vocabulary.intern(word)));
        let tokens = tokens_of(&name, &vocabulary);
        prop_assert_eq!(tokens.len(), ids.len());
        for (token, id) in tokens.iter().zip(ids) {
            let expected = if token.kind == TokenKind::Address { WordId::NONE } else { id };
            prop_assert_eq!(token.word, expected, "{:?}", surface(&name, token));
        }
    }

    #[test]
    fn plain_words_are_the_tokens(name in "[A-Za-z]{1,9}( [A-Za-z]{1,9}){0,4}|[A-Za-z. '-]{0,12}") {
        let tokens = tokens_of(&name, &Vocabulary::new());
        let words: Vec<&str> = tokens.iter().map(|token| surface(&name, token)).collect();
        let mut ends = Vec::new();
        if plain_words(&name, &mut ends) {
            let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
            let plain: Vec<&str> = starts.zip(&ends).map(|(start, &end)| &name[start..end]).collect();
            prop_assert_eq!(plain, words);
        } else {
            prop_assert!(!name.bytes().all(|byte| byte.is_ascii_alphabetic()) || name.is_empty());
        }
    }

    #[test]
    fn sentences_cover_all_tokens_in_order(source in nasty()) {
        let mut vocabulary = Vocabulary::new();
        let abbreviations = english(&mut vocabulary);
        let tokens = tokens_of(&source, &vocabulary);
        let mut sentences = Vec::new();
        split_sentences(&source, &tokens, &abbreviations, &mut sentences);
        let mut before = 0;
        for sentence in &sentences {
            prop_assert_eq!(sentence.tokens.start, before);
            prop_assert!(!sentence.tokens.is_empty());
            before = sentence.tokens.end;
        }
        prop_assert_eq!(before as usize, tokens.len());
    }
}

#[test]
fn a_huge_line_is_read_in_one_go() {
    for piece in ["a", "a.", "a1.", "' ", ". ", "@", "a@", "\u{301}", "\u{ad}", "(", "x:", "’", "s'", "- "]
    {
        let source = piece.repeat(200_000);
        let tokens = tokens_of(&source, &Vocabulary::new());
        let mut sentences = Vec::new();
        split_sentences(&source, &tokens, &Abbreviations::default(), &mut sentences);
        assert_eq!(sentences.is_empty(), tokens.is_empty(), "{piece:?}");
    }
}
