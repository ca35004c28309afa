"""Compiles gazetteers/organizations/: bodies, companies, media, parties and whoever else acts under a name.

The hand-written part is in `facts/`; the rest comes from the cleaned sources and the registry packages.
An organization that a hand-written list has is not repeated by a compiled one: same name, same id.
"""

import base
import compiled_organizations
import facts
import threat_actors


def plain_id(key, _country):
    return f"org-{key}"


def country_id(key, country):
    return f"org-{country.lower()}-{key}" if country else f"org-{key}"


def international(_sources):
    base.write_entities("organizations/international.csv", facts.rows("international.txt", plain_id))


def government(_sources):
    base.write_entities("organizations/government.csv", facts.rows("government.txt", country_id))


def media(_sources):
    base.write_entities("organizations/media.csv", facts.rows("media.txt", plain_id))


# ---------------------------------------------------------------- the grammar of country x portfolio

MINISTRY_OF = ("Ministry of {}", "Ministry for {}", "Department of {}", "Federal Ministry of {}", "Federal Ministry for {}")
MINISTRY_SHORT = ("{} Ministry", "{} Department")


def institutions(_sources):
    cells = []
    for section, subtype, line in facts_of_institutions():
        name, aliases = (ministry if section == "ministry" else body)(line.partition(": ")[2])
        cells.append({"id": line.partition(":")[0], "name": name, "subtype": subtype,
                      "aliases": "|".join(a for a in dict.fromkeys(aliases) if a != name)})
    cells.sort(key=lambda c: c["id"].encode())
    base.write_csv("organizations/institutions.csv", ("id", "name", "aliases", "subtype", "notes"), cells)


def facts_of_institutions():
    """Yield (ministry or body, subtype, line)."""
    section = subtype = ""
    for line in (base.COMPILE / "facts/institutions.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            section, subtype = line.strip("[]").split()
        elif line and not line.startswith("#"):
            yield section, subtype, line


def body(text):
    name, *aliases = text.split(" | ")
    return name, aliases


def ministry(text):
    """Expand "Name ; of: topics ; short: topics ; also: names" into the name and every form."""
    name, *parts = text.split(" ; ")
    said = {kind: items for kind, _, items in (part.partition(": ") for part in parts)}
    forms = [form.format(topic) for topic in topics(said.get("of", "")) for form in MINISTRY_OF]
    forms += [form.format(topic) for topic in topics(said.get("short", "")) for form in MINISTRY_SHORT]
    return name, forms + said.get("also", "").split(", ") if said.get("also") else forms


def topics(text):
    """Comma-separated topics; a comma inside one ("Education, Science and Sport") joins a piece with "and" to its left."""
    result = []
    for piece in text.split(", ") if text else []:
        if result and piece in CONTINUATIONS:
            result[-1] += ", " + piece
        else:
            result.append(piece)
    return result


CONTINUATIONS = frozenset(["Science and Sport", "Science and Sports"])

# ---------------------------------------------------------------- bodies that need their country to be a name

# "Government", "Police", "Army" alone are common nouns; with their country they are names, listed here for every country.
NATIONAL = {"government": ("Government of {}", ("Government", "Cabinet")), "police": ("Police of {}", ("Police",)),
            "army": ("Army of {}", ("Army",)), "customs": ("Customs of {}", ("Customs",))}


def national(_sources):
    adjectives = {r["id"]: r["name"] for r in base.read_csv("places/demonyms.csv")}
    rows = []
    for r in base.read_csv("places/countries.csv"):
        for portfolio, (name, bare) in NATIONAL.items():
            row = base.Row(f"org-{r['country'].lower()}-{portfolio}", name.format(in_sentence(r["name"])), country=r["country"],
                           subtype="government" if portfolio == "government" else portfolio, strength="strong")
            for word in bare if r["id"] in adjectives else ():
                row.add(f"{adjectives[r['id']]} {word}", "cased")
            if r["country"]:
                rows.append(row)
    base.write_entities("organizations/national.csv", rows)


def in_sentence(country):
    """ "United Kingdom" is "the United Kingdom" behind "of"."""
    plural = country.startswith("United ") or country.endswith((" Islands", " Republic", "Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros"))
    return f"the {country}" if plural else country


STEPS = [
    ("organizations/international.csv", international),
    ("organizations/institutions.csv", institutions),
    ("organizations/government.csv", government),
    ("organizations/national.csv", national),
    ("organizations/media.csv", media),
    *compiled_organizations.STEPS,
    ("organizations/threat_actors.csv", threat_actors.threat_actors),
]
