"""Reads the hand-written facts in `facts/*.txt`: what is known of names that no open package holds.

A file is sections and lines:

    # comment
    [subtype CC]                                      subtype of the lines below, and their country (optional)
    key: Name | alias | alias~cased {wikidata:Q1}     one thing; "~strength" overrides the strength rule
    key: Name | alias @LT                             a country of its own
    Name | alias (1991-1999)                          without a key, the name is the key; the years of office

This module knows the syntax alone; what becomes of the rows is the caller's business.
"""

import re

import base

SECTION = re.compile(r"\[(\S+)(?: ([A-Z]{2}))?\]$")
EXTERNAL = re.compile(r"\s*\{([^}]*)\}$")
COUNTRY = re.compile(r"\s+@([A-Z]{2})$")
YEARS = re.compile(r"\s+\((\d{4})?-(\d{4})?\)$")


def lines(file):
    """Yield (subtype, country, line) for every line of facts."""
    subtype = country = ""
    path = base.COMPILE / "facts" / file
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if section := SECTION.match(line):
            subtype, country = section[1], section[2] or ""
        elif line[0] in "[|@{":
            raise ValueError(f"{file}:{number}: neither a section nor a line of facts: {line}")
        else:
            yield subtype, country, line


def row(subtype, country, line, make_id, kind="organization"):
    """The row of one line; `make_id(key, country)` gives its id."""
    name_id, _, rest = line.partition(": ") if ": " in line else ("", "", line)
    external, start, end = [], "", ""
    if found := YEARS.search(rest):
        start, end, rest = found[1] or "", found[2] or "", rest[:found.start()]
    if found := EXTERNAL.search(rest):
        external, rest = found[1].split("|"), rest[:found.start()]
    if found := COUNTRY.search(rest):
        country, rest = found[1], rest[:found.start()]
    name, *aliases = [base.nfc(part) for part in rest.split(" | ")]
    name, own = split_strength(name, kind)
    result = base.Row(make_id(name_id or base.slug(name), country), name, subtype=subtype,
                      country="" if country == "SU" else country, external_ids=external, strength=own,
                      valid_from=start, valid_to=end)
    for alias in aliases:
        result.add(*split_strength(alias, kind))
    return result


def split_strength(text, kind="organization"):
    """The name and its strength: written, or by the rule."""
    name, _, own = text.partition("~")
    return name, own or base.strength(name, kind)


def rows(file, make_id, kind="organization"):
    """All rows of a file; lines with one id give one row."""
    table = {}
    for subtype, country, line in lines(file):
        new = row(subtype, country, line, make_id, kind)
        old = table.setdefault(new.id, new)
        if old is not new:
            merge(old, new)
    return list(table.values())


def merge(old, new):
    """Add the names and ids of `new` to `old`; a name keeps the strength it has."""
    old.add(new.name, new.strength)
    for alias, own in new.aliases.items():
        old.add(alias, own or new.strength)
    old.external_ids += [x for x in new.external_ids if x not in old.external_ids]
    old.country = old.country or new.country
    old.subtype = old.subtype or new.subtype
