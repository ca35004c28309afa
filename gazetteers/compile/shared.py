"""The last step: marks names that two entries bear and that are meant to be borne by both.

Namesakes, a town and the company named after it, a gang and its ransomware: which one is meant is told by the text, not by
the list. Rows of places are left as they are; the mark goes to the later row, where the lint looks for it.
"""

import base

FOLDERS = ("organizations", "people", "malware")
STANDS = ("strong", "cased")


def mark(_sources):
    bearers, rows_of = {}, {}
    for file in files("places"):
        for row in base.read_csv(file):
            collect(bearers, row)
    for folder in FOLDERS:
        for file in files(folder):
            rows_of[file] = base.read_csv(file)
            for row in rows_of[file]:
                collect(bearers, row)
    for file, rows in rows_of.items():
        for row in rows:
            row["notes"] = note(row, bearers)
        columns = [c for c in base.COLUMNS if any(row.get(c) for row in rows)]
        base.write_csv(file, columns, rows)


def files(folder):
    found = sorted((base.GAZETTEERS / folder).glob("*.csv"))
    return [f"{folder}/{path.name}" for path in found if path.name != "institutions.csv"]


def names(row):
    own = row.get("strength") or "strong"
    for text in (row["name"], *filter(None, row.get("aliases", "").split("|"))):
        form, _, strength = text.partition("~")
        yield form, strength or own


def collect(bearers, row):
    for form, strength in names(row):
        if strength in STANDS:
            bearers.setdefault(form, set()).add(row["id"])


def note(row, bearers):
    """ "lint:meant" and the other bearers of the row's names, or what the row said before."""
    others = {id for form, strength in names(row) if strength in STANDS for id in bearers[form]} - {row["id"]}
    before = row.get("notes", "")
    if before and not before.startswith("lint:meant shared with "):
        return before
    return f"lint:meant shared with {', '.join(sorted(others)[:3])}" if others else ""


STEPS = [("notes on shared names", mark)]
