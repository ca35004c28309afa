"""Names that compiled lists of obscure things must leave alone, since a place, a person or a known organization bears them."""

import functools

import base

PLACES = ("places/countries.csv", "places/demonyms.csv", "places/territories.csv", "places/admin1.csv", "places/cities.csv", "places/regions.csv",
          "places/natural.csv")
PEOPLE = ("people/officials.csv", "people/leaders.csv")
ORGANIZATIONS = ("international", "government", "media", "companies", "security_vendors", "armed_groups", "sports", "universities", "parties", "ngos")


@functools.cache
def places():
    """Keys of the names of all places, towns and nationalities."""
    return names(*PLACES)


@functools.cache
def by_others(of):
    """Keys that a list of threat actors or of malware may not use: `of` is the list that asks."""
    keys = places() | names(*PEOPLE) | names(*(f"organizations/{stem}.csv" for stem in ORGANIZATIONS))
    return keys | names("organizations/threat_actors.csv") if of == "malware" else keys


def names(*files):
    keys = set()
    for file in files:
        for row in base.read_csv(file):
            for name in (row["name"], *row.get("aliases", "").split("|")):
                keys.add(base.key(name.partition("~")[0]))
    return keys - {""}
