"""The last step: marks names that two entries bear and are meant to bear.

Meant are namesakes, two persons whom Wikidata ids or countries keep apart, and what `facts/shared_names.txt` says of
others. Whatever else two entries share stays for the lint to find.
"""

import functools
import tomllib

import base

FOLDERS = ("organizations", "people", "malware")
STANDS = ("strong", "cased")


def mark(_sources):
    bearers, rows_of = {}, {}
    for file in files("places"):
        for row in base.read_csv(file):
            collect(bearers, row, default_of(file))
    for folder in FOLDERS:
        for file in files(folder):
            rows_of[file] = base.read_csv(file)
            for row in rows_of[file]:
                collect(bearers, row, default_of(file))
    for file, rows in rows_of.items():
        for row in rows:
            row["notes"] = note(row, bearers, default_of(file))
        columns = [c for c in base.COLUMNS if any(row.get(c) for row in rows)]
        base.write_csv(file, columns, rows)


def files(folder):
    found = sorted((base.GAZETTEERS / folder).glob("*.csv"))
    return [f"{folder}/{path.name}" for path in found if path.name != "institutions.csv"]


@functools.cache
def strengths():
    lists = tomllib.loads((base.GAZETTEERS / "lists.toml").read_text(encoding="utf-8"))["list"]
    return {entry["file"]: entry.get("strength", "strong") for entry in lists}


def default_of(file):
    return strengths()[file]


def names(row, default):
    own = row.get("strength") or default
    for text in (row["name"], *filter(None, row.get("aliases", "").split("|"))):
        form, _, strength = text.partition("~")
        yield form, strength or own


def collect(bearers, row, default):
    for form, strength in names(row, default):
        if strength in STANDS:
            bearers.setdefault(form, {})[row["id"]] = row


@functools.cache
def meant():
    """Name -> why two things bear it."""
    lines = (base.COMPILE / "facts/shared_names.txt").read_text(encoding="utf-8").split("\n")
    return dict(line.split(" | ") for line in lines if line and line[0] != "#")


def note(row, bearers, default):
    """ "lint:meant" and why, or nothing."""
    whys = []
    for form, strength in names(row, default):
        others = [other for id, other in bearers.get(form, {}).items() if id != row["id"]] if strength in STANDS else []
        if not others:
            continue
        if form in meant():
            whys.append(meant()[form])
        elif all(are_namesakes(row, other) for other in others):
            whys.append("namesake of " + ", ".join(sorted(other["id"] for other in others)))
        else:
            return ""
    return "lint:meant " + "; ".join(dict.fromkeys(whys)) if whys else ""


def are_namesakes(row, other):
    """Two persons whom their Wikidata ids or their countries tell apart."""
    if not (row["id"].startswith("person-") and other["id"].startswith("person-")):
        return False
    pairs = [(row.get(column), other.get(column)) for column in ("external_ids", "country")]
    return any(one and two and one != two for one, two in pairs)


STEPS = [("notes on shared names", mark)]
