"""Compiles gazetteers/people/: who leads, governs, speaks for and sits in what.

One person is one id (`person-<name>`) in all lists, found by Wikidata id first and by the name's key after that;
a person stands in the first list that knows them, and later sources add spellings and years to that row.
Namesakes are kept apart by the Wikidata id that ends the second one's id.
"""

import functools
import re

import base
import facts
import romanisation
import taken


class Register:
    """All people so far: rows by id, and who goes by a Wikidata id or by a full name."""

    def __init__(self):
        self.rows, self.by_qid, self.by_name, self.list_of = {}, {}, {}, {}

    def find(self, name, qid, country):
        """The row of this person, or None. A name alone identifies when no two Wikidata ids speak against it."""
        if qid and qid in self.by_qid:
            return self.by_qid[qid]
        judged = judgements()
        if qid in judged:
            return self.rows.get(judged[qid])
        row = self.by_name.get(base.key(name))
        if row is None or (qid and self.qid_of(row)) or (country and row.country and country != row.country):
            return None
        return row

    @staticmethod
    def qid_of(row):
        return next((x for x in row.external_ids if x.startswith("wikidata:")), "")

    def add(self, file, name, country, qid="", subtype="", start="", end=""):
        """The row of a person, made when new; `file` is the list that a new one goes to."""
        row = self.find(name, qid, country)
        if row is None:
            row = base.Row(self.new_id(name, qid, country), name, subtype=subtype, country=country,
                           strength=base.strength(name, "person"))
            self.rows[row.id], self.list_of[row.id] = row, file
            self.by_name.setdefault(base.key(name), row)
        else:
            row.add(name, base.strength(name, "person"))
        if qid and not self.qid_of(row):
            row.external_ids.append(f"wikidata:{qid}")
            self.by_qid[qid] = row
        row.country = row.country or country
        widen(row, start, end)
        return row

    def new_id(self, name, qid, country):
        """`person-<name>`; namesakes get the country or the Wikidata id behind it."""
        for id in (base.make_id("person", name), base.make_id("person", name, country), base.make_id("person", name, qid)):
            if id not in self.rows:
                return id
        raise ValueError(f"no id left for {name} {country} {qid}")

    def alias(self, row, name, strength=""):
        row.add(name, strength or base.strength(name, "person"))
        if " " in name:
            self.by_name.setdefault(base.key(name), row)

    def take(self, file, row):
        """A row from hand-written facts."""
        self.rows[row.id], self.list_of[row.id] = row, file
        self.by_qid.update({x.partition(":")[2]: row for x in row.external_ids})
        for name in (row.name, *row.aliases):
            self.by_name.setdefault(base.key(name), row)

    def of(self, file):
        return [row for id, row in self.rows.items() if self.list_of[id] == file]


@functools.cache
def judgements():
    """Wikidata ids of the sources whose bearer the name and country don't tell: id -> the row's id, or "" for a namesake."""
    lines = (base.COMPILE / "facts/same_people.txt").read_text(encoding="utf-8").split("\n")
    return {qid: id for qid, id in (line.split(" ")[:2] for line in lines if line and line[0] != "#")}


def widen(row, start, end):
    """Stretch the years of office; an open end stays open."""
    if not start:
        return
    had = bool(row.valid_from)
    row.valid_to = end if not had else (max(row.valid_to, end) if row.valid_to and end else "")
    row.valid_from = min(row.valid_from, start) if had else start


@functools.cache
def everybody(sources):
    """The register of all people of all lists, in the order in which lists may claim them."""
    register = Register()
    for row in facts.rows("people.txt", lambda key, _country: f"person-{key}", "person"):
        row.country = row.country.replace("EU", "")
        register.take(OFFICIALS, row)
    for load in (compiled, leaders, offices, congress, members, meps, identify):
        load(register, sources)
    for row in register.rows.values():
        for variant in romanisation.full_names(row.name, row.country):
            if variant and base.key(variant) not in register.by_name:
                register.alias(row, variant)
    return register


OFFICIALS, LEADERS, OFFICES = "people/officials.csv", "people/leaders.csv", "people/officeholders.csv"
CONGRESS, MEMBERS, MEPS = "people/us_congress.csv", "people/legislators.csv", "people/meps.csv"


def compiled(register, sources):
    for r in sources.tsv("compiled_people.tsv"):
        known = base.key(r["name"]) in register.by_name  # whom both know is one person, whatever country each says
        row = register.add(OFFICIALS, r["name"], "" if known else r["iso2"], r["wikidata"], "politician", r["start"], r["end"])
        for alias in filter(None, r["aliases"].split("|")):
            if " " in alias:
                register.alias(row, alias)


LEADING = ("chief of state", "head of government")


def leaders(register, sources):
    """Heads of state and of government of 2026; ambassadors are left to the reader's own lists."""
    for r in sources.tsv("leaders_factbook_2026.tsv"):
        name = re.sub(r"^(Mann King|Air Vice-Marshal|Archbishop|Capt\.|Sr\. Gen\.|Ministers?|Swiss Confederation|Crown Prince|Maj\. Gen\.|Sir|Dame|Dr\.?|General|Gen\.|President|King|Queen|Sheikh|Amir|Sultan) ", "", r["name"])
        name = re.sub(r" of the .*$|,.*$|\(.*$", "", name).strip()
        known = register.by_name.get(base.key(name))
        if known is not None and known.country != r["iso2"]:
            continue  # one king of many countries
        if r["role"] in LEADING and r["iso2"] and usable(name) and not begins_with_title(name):
            year = r["since"][-4:] if re.search(r"\d{4}$", r["since"]) else ""
            row = register.add(LEADERS, name, r["iso2"], "", "leader", year)
            short = first_and_last(name, row.country)
            if short and base.key(short) not in register.by_name:
                register.alias(row, short)


SPANISH = frozenset("AR BO BR CL CO CR CU DO EC ES GT HN MX NI PA PE PT PY SV UY VE".split())


def begins_with_title(name):
    """ "Territorial Council Marc Didio", "China XI Jinping": the source cut the title behind its last capital."""
    first = base.fold(name.split()[0])
    common = base.lexicon().size(first) <= 50 and not base.lexicon().given.get(first)
    return common or first in ("new", "french") or base.key(first) in taken.names("places/countries.csv")


def first_and_last(name, country):
    """ "Javier Gerardo Milei" is also "Javier Milei"; not where two surnames or other orders are the custom."""
    words = name.split()
    if len(words) != 3 or country in SPANISH or any(w[0].islower() or "-" in w for w in words) or country in ("KP", "KR", "CN", "TW", "VN"):
        return ""
    return f"{words[0]} {words[2]}"


def usable(name):
    """A full name: two words or more, letters only, nothing that a sentence would hold."""
    words = name.split()
    return len(words) >= 2 and len(name) <= 50 and not re.search(r"[0-9\"():;/]|^Q\d", name) and name[0].isupper() \
        and base.key(name) not in PHRASES


PHRASES = frozenset(["prince george", "lord north", "will power", "rich white", "grant park", "council christian", "commissioner graham", "grace hall"])


def offices(register, sources):
    for r in sources.tsv("officeholders_wikidata.tsv"):
        if r["kind"] == "office" and recent(r) and usable(person(r)) and not MINOR.search(r["position"]):
            register.add(OFFICES, person(r), r["iso2"], r["qid"], "officeholder", r["start"][:4], r["end"][:4])


MINOR = re.compile(r"(?i)district executive|First Lady|Alaska|Baron|lord lieutenant|high sheriff|chaplain|poet laureate")


# Letters of other alphabets that were typed for Latin ones; a stress mark.
LATIN = str.maketrans({"Ӏ": "l", "І": "I", "і": "i", "а": "a", "е": "e", "о": "o", "\u0301": None})


def person(r):
    """The person's name in Latin letters alone."""
    return r["person"].translate(LATIN)


def recent(r):
    """In office in 1990 or later, as far as is known."""
    return (r["end"][:4] or r["start"][:4] or "0") >= "1990"


def congress(register, sources):
    for r in sources.tsv("us_legislators_2026.tsv"):
        names = [r["name"], *filter(None, r["aliases"].split("|"))]
        known = next((name for name in names if usable(name) and register.find(name, r["wikidata"], "US")), r["name"])
        row = register.add(CONGRESS, known, "US", r["wikidata"], "legislator", r["start"][:4])
        for alias in names:
            if usable(alias) and base.key(alias) not in register.by_name:
                register.alias(row, alias)


# Chambers whose members are listed (no country: the Assembly of the Council of Europe), and since when.
CHAMBERS = {"LT": "1990", "LV": "1990", "EE": "1990", "BY": "1990", "UA": "1994", "RU": "1993", "GB": "1997", "US": "1995", "": "2000"}
CHAMBER = re.compile(r"Seimas|Saeima|Riigikogu|House of Representatives of Belarus|Council of the Republic|People's Deputy of Ukraine"
                     r"|State Duma|Federation Council|Parliament of the United Kingdom|United States (representative|senator)"
                     r"|^Representative of the Parliamentary Assembly of the Council of Europe")


def members(register, sources):
    """Parliaments first: the Assembly's members came into Wikidata a second time, and only their names lead to the first."""
    rows = sources.tsv("officeholders_wikidata.tsv")
    for r in sorted(rows, key=lambda r: not r["iso2"]):
        since = CHAMBERS.get(r["iso2"])
        if r["kind"] == "legislator" and since and CHAMBER.search(r["position"]) and usable(person(r)) \
                and (r["end"][:4] or r["start"][:4] or "0") >= since:
            if not r["iso2"] and r["qid"] not in register.by_qid and (known := register.by_name.get(base.key(person(r)))):
                widen(known, r["start"][:4], r["end"][:4])
                continue
            register.add(MEMBERS, person(r), r["iso2"], r["qid"], "legislator", r["start"][:4], r["end"][:4])


def meps(register, sources):
    # The source says "Spain" of Estonians too.
    codes = {r["name"]: r["iso2"] for r in sources.tsv("countries.tsv")} | {"Czechia": "CZ", "Netherlands": "NL", "Spain": ""}
    for r in sources.tsv("meps_terms0-9.tsv"):
        name, terms = " ".join(w.title() if w.isupper() and len(w) > 3 else w for w in r["name"].split()), [int(t) for t in re.findall(r"\d+", r["terms"])]
        if terms and max(terms) >= 6 and usable(name) and not re.search(r"\b[A-Z]\.", name):
            country = codes.get(r["citizenship"], "")
            register.add(MEPS, name, country, "", "legislator", MEP_TERMS[min(terms)], MEP_TERMS.get(max(terms) + 1, "2024"))


def identify(register, sources):
    """The Wikidata id of a listed person whom the source knows from an older office: one bearer of the name in it, of that country."""
    bearers = {}
    for r in sources.tsv("officeholders_wikidata.tsv"):
        if usable(person(r)):
            bearers.setdefault(base.key(person(r)), {}).setdefault(r["qid"], set()).add(r["iso2"])
    for row in register.of(OFFICIALS) + register.of(LEADERS):
        found = {qid: codes for name in (row.name, *row.aliases) for qid, codes in bearers.get(base.key(name), {}).items()}
        if register.qid_of(row) or len(found) != 1:
            continue
        [(qid, codes)] = found.items()
        if qid not in register.by_qid and qid not in judgements() and (not row.country or row.country in codes or "" in codes):
            row.external_ids.append(f"wikidata:{qid}")
            register.by_qid[qid] = row


MEP_TERMS = {0: "1958", 1: "1979", 2: "1984", 3: "1989", 4: "1994", 5: "1999", 6: "2004", 7: "2009", 8: "2014", 9: "2019"}


def write(file, sources):
    base.write_entities(file, everybody(sources).of(file))


STEPS = [(file, functools.partial(write, file)) for file in (OFFICIALS, LEADERS, OFFICES, CONGRESS, MEMBERS, MEPS)]
