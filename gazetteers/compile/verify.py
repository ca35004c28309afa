"""Check the shipped lists: `python3 gazetteers/compile/verify.py`. Prints rows and names of each, and every fault.

Checked: every file of lists.toml is there and every CSV is in lists.toml; known columns; ids well formed; rows sorted;
UTF-8, NFC, LF; strengths, countries, coordinates, dates legal; one id, one type and country; totals within limits.
"""

import re
import sys
import tomllib
import unicodedata
from collections import defaultdict

import base

MOST_BYTES, LEAST_NAMES = 12_000_000, 200_000
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
DATE = re.compile(r"\d{1,4}(-\d\d(-\d\d)?)?")
faults = []


def fault(file, line, text):
    faults.append(f"{file}:{line}: {text}")


def main():
    lists = tomllib.loads((base.GAZETTEERS / "lists.toml").read_text(encoding="utf-8"))["list"]
    known, totals = {entry["file"] for entry in lists}, defaultdict(int)
    for path in sorted(base.GAZETTEERS.glob("*/*.csv")):
        file = str(path.relative_to(base.GAZETTEERS))
        if not file.startswith("compile/") and file not in known:
            fault(file, 0, "not in lists.toml")
    entities = defaultdict(list)
    for entry in lists:
        path = base.GAZETTEERS / entry["file"]
        if not path.exists():
            fault(entry["file"], 0, "missing")
            continue
        names = check_list(entry, path, entities)
        kind = entry.get("kind", "entities")
        size = path.stat().st_size
        totals["bytes"] += size
        totals[kind] += names
        print(f"{entry['file']:42} {kind:12} {len(base.read_csv(entry['file'])):7} rows {names:7} names {size:9} bytes")
    check_entities(entities)
    named = sum(totals[kind] for kind in ("entities", "institutions", "words"))
    print(f"in all {named} names ({totals['entities']} of entities, {totals['words']} words), {totals['bytes']} bytes, {len(entities)} ids")
    if totals["bytes"] > MOST_BYTES:
        fault("gazetteers", 0, f"more than {MOST_BYTES} bytes")
    if named < LEAST_NAMES:
        fault("gazetteers", 0, f"fewer than {LEAST_NAMES} names")
    print("\n".join(faults[:100]) or "no faults")
    return 1 if faults else 0


def check_list(entry, path, entities):
    """Check one file; the number of its names."""
    file, raw = entry["file"], path.read_bytes()
    text = raw.decode("utf-8")
    if b"\r" in raw or not text.endswith("\n") or unicodedata.normalize("NFC", text) != text:
        fault(file, 0, "not NFC with LF at every line's end")
    rows = base.read_csv(file)
    if entry.get("kind") == "words":
        return check_words(file, rows)
    allowed = set(base.COLUMNS)
    if rows and not set(rows[0]) <= allowed:
        fault(file, 1, f"unknown columns {sorted(set(rows[0]) - allowed)}")
    if rows != sorted(rows, key=lambda r: (r["id"].encode(), r["name"].encode())):
        fault(file, 0, "not sorted by id and name")
    names = 0
    for line, row in enumerate(rows, 2):
        names += check_row(file, line, row)
        if entry.get("kind") != "institutions":
            entities[row["id"]].append((file, line, row.get("type") or entry.get("type", ""), row.get("country", ""), row))
    return names


def check_words(file, rows):
    words = [row["word"] for row in rows]
    if not file.startswith("words/"):
        return len(words)  # the lists of dates/ have an order and columns of their own
    if len(rows) != len({tuple(row.items()) for row in rows}):
        fault(file, 0, "a row twice")
    if any(not word.strip() or row.get("case", "") not in ("", "exact", "capital") for word, row in zip(words, rows)):
        fault(file, 0, "an empty word or an unknown case")
    return len(words)


def check_row(file, line, row):
    """Check the cells of one row of entities; the number of its names."""
    if not ID.fullmatch(row["id"]) or not row["name"].strip():
        fault(file, line, f"bad id or name: {row['id']!r}")
    aliases = [alias.partition("~") for alias in (row.get("aliases") or "").split("|") if alias]
    for strength in [row.get("strength", "")] + [own for _, mark, own in aliases if mark]:
        if strength and strength not in base.STRENGTHS:
            fault(file, line, f"unknown strength {strength!r}")
    if row.get("country") and not re.fullmatch("[A-Z]{2}", row["country"]):
        fault(file, line, f"bad country {row['country']!r}")
    for column, most in (("latitude", 90), ("longitude", 180)):
        if row.get(column) and not -most <= float(row[column]) <= most:
            fault(file, line, f"bad {column}")
    if row.get("population") and not row["population"].isdigit():
        fault(file, line, "bad population")
    for column in ("valid_from", "valid_to"):
        if row.get(column) and not DATE.fullmatch(row[column]):
            fault(file, line, f"bad {column}: {row[column]}")
    return 1 + len(aliases)


def check_entities(entities):
    """Rows that share an id tell of one thing: one type, one country, one GeoNames id."""
    for id, rows in entities.items():
        types = {type for _, _, type, _, _ in rows}
        countries = {country for _, _, _, country, _ in rows if country}
        external = {e for *_, row in rows for e in (row.get("external_ids") or "").split("|") if e.startswith(("geonames:", "wikidata:"))}
        kinds = [e.partition(":")[0] for e in external]
        if len(types) > 1 or len(countries) > 1 or len(kinds) != len(set(kinds)):
            file, line = rows[-1][:2]
            fault(file, line, f"{id}: rows differ: {sorted(types)} {sorted(countries)} {sorted(external)}")


if __name__ == "__main__":
    sys.exit(main())
