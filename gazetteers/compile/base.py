"""What every compile step shares: folding, ids, the strength rule, reading sources and writing CSV.

The steps themselves live beside this file (`words.py`, `places.py`, ...). Each module lists its steps as

    STEPS = [("places/countries.csv", countries), ...]

where a step is a function that takes `Sources` and writes that one file. `run.py` runs them in order.
A step whose input is not there is skipped with a message, and the CSV that is in the repository stays as it is.

Nothing here reads the clock, the network or the environment: the same inputs give the same bytes.
"""

import csv
import functools
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

COMPILE = Path(__file__).resolve().parent
GAZETTEERS = COMPILE.parent
STRENGTHS = ("strong", "cased", "cue", "never")  # from trusted to not trusted

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
CALENDAR = frozenset(MONTHS + WEEKDAYS + "jan feb mar apr jun jul aug sep sept oct nov dec".split())

# Letters that Unicode decomposition leaves whole.
PLAIN = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e",
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
    "’": "'", "‘": "'", "ʼ": "'", "ʹ": "'", "`": "'", "´": "'", "ʻ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ",
})


# ---------------------------------------------------------------- text

def nfc(text):
    """One spelling of a string: composed, single spaces, no blanks at the ends."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def fold(text):
    """The key under which a name is matched: lower case, no diacritics, one quote, one dash, "U.S." as "us"."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(PLAIN)
    text = re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b\.?)", "", text)  # u.s.a. -> usa.
    return re.sub(r"\s+", " ", text).strip()


def key(text):
    """`fold`, with the punctuation between words made one blank: for comparing names, not for matching."""
    return " ".join(re.findall(r"[a-z0-9&+']+", fold(text).replace(".", "")))


def slug(text):
    """A readable part of an id: [a-z0-9-], no dash at the ends."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).replace("'", "")).strip("-")


def make_id(prefix, *parts):
    """`make_id("place", "Vilnius", "LT")` is `place-vilnius-lt`."""
    return "-".join([prefix] + [s for s in map(slug, parts) if s])


# ---------------------------------------------------------------- how common a word is

class Lexicon:
    """How common a word is as an English word, a given name or a surname; read from the compiled word lists."""

    def __init__(self):
        self.sizes = {r["word"]: int(r["value"]) for r in read_csv("words/common_words.csv")}
        self.given = {fold(r["word"]): int(r["weight"]) for r in read_csv("words/given_names.csv")}
        self.surnames = {fold(r["word"]): int(r["weight"]) for r in read_csv("words/surnames.csv")}

    def size(self, word):
        """SCOWL size of a lower-case English word (10 = most common), or 99 when it is none."""
        return self.sizes.get(fold(word), 99)

    def person(self, word):
        """0 = no name of persons, 1 = rare, 2 = known, 3 = common."""
        word = fold(word)
        return max(self.given.get(word, 0), self.surnames.get(word, 0))


@functools.cache
def lexicon():
    return Lexicon()


# ---------------------------------------------------------------- the strength rule

def strength(name, kind="organization", prominence=0):
    """How far a name may be trusted by itself: `strong`, `cased`, `cue` or `never`.

    `kind` is the entity type; `prominence` is a population for places and 0 (plain) or 1 (known to
    every reader) for the rest. The result is a rule of thumb; `corrections.csv` has the last word.
    """
    if (name, "") in corrections():
        return corrections()[name, ""]
    words = re.findall(r"[^\W_]+", fold(name).replace("'", ""))
    if not words or not any(c.isalpha() for c in name):
        return "never"
    if name[0].islower() and len(words) == 1:
        return "cue" if lexicon().size(words[0]) > 60 else "never"
    if len(words) == 1:
        return _single(name, words[0], kind, prominence)
    return _several(name, words, kind, prominence)


def is_acronym(name):
    letters = [c for c in name if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


def _single(name, word, kind, prominence):
    size, person = lexicon().size(word), lexicon().person(word)
    if len(word) == 1:
        return "never"
    if is_acronym(name):
        return _acronym(word, size)
    if word in CALENDAR:
        return "never"
    if len(word) == 2:
        return "cue"
    known = prominence >= 1_000_000 if kind == "place" else prominence > 0
    if kind == "place" and size <= 35 and prominence < 100_000 and name.isascii():
        return "never"
    if size <= 20:
        return "cue"
    if size <= 60:
        return "cased" if known else "cue"
    if kind == "person":
        return "cue" if person or not known else "cased"
    if person and not known:
        if kind == "place" and prominence >= (300_000 if person == 3 else 100_000):
            return "cased"
        return "cue" if kind == "place" or person >= 2 else "cased"
    if kind == "place" and prominence < (1_000_000 if len(word) == 3 else 150_000 if len(word) == 4 else 0):
        return "cue"
    if person or len(word) == 3:
        return "cased"
    if kind == "place":
        return "strong" if prominence >= 100_000 and len(word) > 4 else "cased"
    return "strong" if len(word) > 4 else "cased"


def _acronym(word, size):
    if len(word) == 2:
        return "cue"
    if len(word) == 3:
        return "cue" if size <= 35 else "cased"
    return "cased" if size < 99 or len(word) == 4 else "strong"


def _several(name, words, kind, prominence):
    lex = lexicon()
    letters = [w for w in words if len(w) > 1]
    if not letters:
        return "cased"
    if kind == "place" and words[0] == "the" and all(lex.size(w) <= 60 for w in words):
        return "never"
    if kind == "place" and prominence < 1_000_000 and _looks_like_person(words):
        return "cue" if prominence < 200_000 else "cased"
    if kind == "place" and prominence < 100_000 and all(lex.size(w) <= 35 for w in words):
        return "cue"
    if all(lex.size(w) <= 60 or len(w) == 1 for w in words) or words[0] in KINDS and words[1] == "of":
        return "cased"
    return "strong"


# "The port of Odesa": in lower case a noun and a name, not the name of the port.
KINDS = frozenset(["port", "office", "embassy", "city", "town", "village", "airport"])


def _looks_like_person(words):
    lex = lexicon()
    return len(words) in (2, 3) and lex.given.get(words[0], 0) >= 2 and lex.person(words[-1]) >= 2


def weaker(a, b):
    """The less trusting of two strengths."""
    return max(a, b, key=STRENGTHS.index)


# ---------------------------------------------------------------- rows

COLUMNS = ("id", "name", "type", "subtype", "aliases", "country", "latitude", "longitude", "population",
           "external_ids", "strength", "valid_from", "valid_to", "notes")


@dataclass
class Row:
    """One row of an entity list. `aliases` maps a surface form to its strength ("" = the row's)."""

    id: str
    name: str
    type: str = ""
    subtype: str = ""
    aliases: dict = field(default_factory=dict)
    country: str = ""
    latitude: object = ""
    longitude: object = ""
    population: object = ""
    external_ids: list = field(default_factory=list)
    strength: str = ""
    valid_from: str = ""
    valid_to: str = ""
    notes: str = ""

    def add(self, alias, strength=""):
        """Add a surface form, once; the first strength given stays. "Name~cue" carries its own strength."""
        alias, _, own = alias.partition("~")
        alias = nfc(alias)
        if alias and alias != self.name and alias not in self.aliases:
            self.aliases[alias] = own or strength


def write_entities(file, rows, default="strong", columns=None):
    """Write an entity list: corrections applied, redundant aliases dropped, rows sorted by id and name.

    `default` is the list's strength in lists.toml; a row whose strength equals it leaves the cell empty.
    `columns` limits the columns (id and name are always there); by default, those that some row uses.
    """
    cells = []
    for row in rows:
        row.name = nfc(row.name)
        link(row)
        if not file.startswith("places/"):
            drop_articles(row, default)
        base = corrected(row.name, row.id, row.strength or default)
        cells.append({
            "id": row.id, "name": row.name, "type": row.type, "subtype": row.subtype,
            "aliases": "|".join(_alias_cells(row, base)), "country": row.country,
            "latitude": _degrees(row.latitude), "longitude": _degrees(row.longitude),
            "population": str(row.population or ""), "external_ids": "|".join(row.external_ids),
            "strength": "" if base == default else base,
            "valid_from": row.valid_from, "valid_to": row.valid_to, "notes": row.notes,
        })
    cells.sort(key=lambda c: (c["id"].encode(), c["name"].encode()))
    used = columns or [c for c in COLUMNS if c in ("id", "name") or any(cell[c] for cell in cells)]
    write_csv(file, used, cells)


KEEP_ARTICLE = frozenset(["Hague", "Yorker"])  # The Hague Centre, The New Yorker


def drop_articles(row, default):
    """ "The New York Times" is New York Times, for no article is a part of a name; The Guardian keeps the one that it needs."""
    names = {row.name: row.strength or default, **{a: own or row.strength or default for a, own in row.aliases.items()}}
    bare = {name: name[4:] for name in names if name.lower().startswith("the ") and name.count(" ") > 1}
    bare = {name: short for name, short in bare.items() if short[0].isupper() and not KEEP_ARTICLE & set(short.split())}
    if row.name in bare:
        name, row.name = row.name, bare[row.name]
        row.strength = weaker(names[name], strength(row.name))
    row.aliases = {bare.get(a, a): weaker(names[a], strength(bare[a])) if a in bare else own for a, own in row.aliases.items()
                   if bare.get(a, a) != row.name}


def _alias_cells(row, base):
    seen = {(_surface(row.name, base), base)}
    for alias, own in row.aliases.items():
        own = corrected(alias, row.id, own or base)
        if "|" in alias or "~" in alias:
            raise ValueError(f"{row.id}: alias {alias!r} holds a separator")
        if (_surface(alias, own), own) in seen or not key(alias):
            continue
        seen.add((_surface(alias, own), own))
        yield alias if own == base else f"{alias}~{own}"


def _dotted(name):
    return unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode() if "." in name else fold(name)


def _surface(name, strength):
    """What makes two forms one: the folded tokens (punctuation is a token), and where case decides also the case."""
    tokens = tuple(t.replace(".", "") or "." for t in re.findall(r"(?:[a-z]\.){2,}|[a-z0-9]+|[^\sa-z0-9]", _dotted(name)))
    return tokens if strength in ("strong", "never") else (tokens, tuple(c.isupper() for c in name if c.isalpha()))


def _degrees(value):
    """Three decimals at most: about a hundred metres."""
    if value in ("", None):
        return ""
    text = f"{float(value):.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@functools.cache
def wikidata_ids():
    """Id of a row -> the Wikidata id that facts/wikidata.txt gives it."""
    lines = (COMPILE / "facts/wikidata.txt").read_text(encoding="utf-8").split("\n")
    return dict(line.split(" ") for line in lines if line and line[0] != "#")


def link(row):
    """Give a row its Wikidata id of facts/wikidata.txt, in the place of another that it has; a nationality word needs none."""
    if row.id in wikidata_ids() and (row.external_ids or row.type or row.country or row.subtype):
        others = [x for x in row.external_ids if not x.startswith("wikidata:")]
        row.external_ids = [f"wikidata:{wikidata_ids()[row.id]}", *others]


# ---------------------------------------------------------------- corrections by hand

@functools.cache
def corrections():
    return {(r["name"], r["id"]): r["strength"] for r in read_csv("compile/corrections.csv")}


def corrected(name, id, strength):
    """The strength of a name after the corrections: one for this id replaces it, one for any id can only lower it here.

    (`strength` starts from a correction for any id, so that a step may still lower it: Paris in Texas is no Paris.)
    """
    table = corrections()
    return table.get((name, id)) or weaker(strength, table.get((name, ""), "strong"))


# ---------------------------------------------------------------- files

class Missing(Exception):
    """An input that this machine does not have; the step is skipped."""


class Sources:
    """The folder of cleaned tab-separated sources (`--sources DIR`), if there is one."""

    def __init__(self, folder=None):
        self.folder = Path(folder) if folder else None

    def tsv(self, name):
        """The rows of `name` (one dict a row; cells as text)."""
        if self.folder is None:
            raise Missing(f"{name} (no --sources folder given)")
        path = self.folder / name
        if not path.exists():
            raise Missing(f"{name} is not in {self.folder}")
        lines = path.read_text(encoding="utf-8").split("\n")
        header = lines[0].split("\t")
        return [dict(zip(header, line.split("\t"))) for line in lines[1:] if line]


def package(name):
    """Import a package named in requirements.txt, or skip the step."""
    import importlib
    try:
        return importlib.import_module(name)
    except ImportError as err:
        raise Missing(f"the Python package {name} is not installed") from err


def read_csv(file):
    """The rows of a CSV of the gazetteers folder; none when it is not there yet."""
    path = GAZETTEERS / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write_csv(file, columns, cells):
    """Write dicts as CSV: UTF-8 NFC, LF, quotes only where RFC 4180 needs them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(cells)
    path = GAZETTEERS / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(unicodedata.normalize("NFC", out.getvalue()).encode("utf-8"))


def write_words(file, rows, columns=("word", "value")):
    """Write a word list, one row a word, sorted by word; of several rows for a word the first stays."""
    first = {}
    for row in rows:
        first.setdefault(nfc(row["word"]), {**row, "word": nfc(row["word"])})
    cells = sorted(first.values(), key=lambda r: r["word"].encode())
    write_csv(file, list(columns), cells)
