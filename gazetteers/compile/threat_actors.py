"""Compiles organizations/threat_actors.csv: one row an actor, with every vendor's name for it.

Three catalogues describe the same actors. Two entries are one actor when one's name is the other's name, or when a name
of one is among the other's aliases and a second name agrees, or when three names agree; a single shared alias joins nothing,
since vendors reuse words. Hand-written actors come first and fix the id, the name and the strengths.
"""

import re

import base
import facts
import taken

ORDER = {"mitre-intrusion-set": 0, "threat-actor": 1, "microsoft-activity-group": 2}
ATTACK_ID = re.compile(r"G\d{4}$")


def key(name):
    """Spelling differences between vendors: "APT 28", "APT-28", "Turla Group", "The Dukes" are one name each."""
    text = base.key(name).replace("-", " ")
    text = re.sub(r"^the | (group|team|apt)$", "", text)
    return re.sub(r"(?<=[a-z]) (?=\d)", "", text)


class Actor:
    """Names of one actor, the main one first."""

    def __init__(self, name, aliases, attack="", uuid="", country="", row=None):
        self.name, self.attack, self.uuids, self.country, self.row = name, attack, [uuid] if uuid else [], country, row
        self.names = list(dict.fromkeys([name, *aliases]))
        self.written = self.keys() if row else set()  # the hand-written names are this actor's alone

    def keys(self):
        return {key(n) for n in self.names}

    def absorb(self, other):
        self.names = list(dict.fromkeys(self.names + other.names))
        self.uuids += other.uuids
        self.attack = self.attack or other.attack
        self.country = self.country or other.country


def same(a, b):
    if key(a.name) == key(b.name) or (a.row and key(b.name) in a.written):
        return True
    if a.attack and b.attack:
        return a.attack == b.attack
    shared = a.keys() & b.keys()
    known = key(a.name) in shared or key(b.name) in shared
    return len(shared) >= (2 if known else 3)


def threat_actors(sources):
    actors = [hand_actor(row) for row in facts.rows("threat_actors.txt", lambda k, _c: f"org-{k}")]
    for entry in sorted(catalogue(sources), key=lambda e: e[0]):
        new = entry[1]
        old = next((a for a in actors if same(a, new)), None)
        old.absorb(new) if old else actors.append(new)
    base.write_entities("organizations/threat_actors.csv", rows(actors))


def hand_actor(row):
    attack = next((x.partition(":")[2] for x in row.external_ids if x.startswith("attack:")), "")
    return Actor(row.name, list(row.aliases), attack, "", row.country, row)


def catalogue(sources):
    for r in sources.tsv("threat_actors_misp.tsv"):
        aliases = [a for a in r["aliases"].split("|") if a]
        attack = r["attack_id"] or next((a for a in aliases if ATTACK_ID.match(a)), "")
        names = [a for a in aliases if not ATTACK_ID.match(a)]
        country = r["country"] if re.fullmatch("[A-Z]{2}", r["country"]) else ""
        yield (ORDER[r["source"]], r["name"].lower(), r["uuid"]), Actor(r["name"], names, attack, r["uuid"], country)


def rows(actors):
    """Rows of the actors; a name that two of them claim goes to the one whose main name it is, else to the first."""
    owner, used = {}, set()
    for actor in actors:
        for name_key in actor.written or {key(actor.name)}:
            owner.setdefault(name_key, actor)
    for actor in actors:
        row = actor.row or base.Row(new_id(actor.name, used), clean(actor.name), subtype="threat_actor",
                                    strength=strength(clean(actor.name)))
        used.add(row.id)
        row.country = row.country or actor.country
        for name in map(clean, actor.names):
            if owner.setdefault(key(name), actor) is actor and fit(name):
                add(row, name)
        row.external_ids += [f"attack:{actor.attack}"] * bool(actor.attack and f"attack:{actor.attack}" not in row.external_ids)
        row.external_ids += [f"misp:{u}" for u in actor.uuids[:1]]
        if row.strength != "never" and (actor.row or fit(row.name)):
            yield row


def fit(name):
    """A name that is not somebody else's."""
    return key(name) not in TAKEN and base.key(name) not in taken.by_others("threat_actors") and strength(name) != "never"


def add(row, name):
    """The name as the vendor writes it and, for shouted phrases, as a newspaper does."""
    row.add(name, strength(name))
    if name.isupper() and " " in name and name.isascii():
        row.add(name.title(), strength(name.title()))


def new_id(name, used):
    id = base.make_id("org", name)
    return id if id not in used else base.make_id("org", name, "actor")


def clean(name):
    return base.nfc(re.sub(r"\s*\((group|enterprise)\)$", "", name, flags=re.I).replace("~", "").replace("|", "/"))


# What catalogues list as an alias but is somebody or something else.
TAKEN = frozenset(map(key, """
FSB|SVR|GRU|Unit 8200|Unit 61398|PLA Unit 61398|Unit 26165|Unit 74455|Axiom|Lead|Group 72|CIA|NSA|China|Iran|Hamas|Hezbollah|Wagner|Vodafone
MSS|RGB|Bureau 121|Lab 110|IRGC|Cyberpartisans|Anonymous|Tick|Cobalt|Silence|Nickel|Zinc|Rocket|Bitter|Confucius|Patchwork|Equation|Longhorn|Platinum
Office 91|BlackEnergy|BlackEnergy Lite|Havex|Lumma Stealer|Unit 180|Unit 121|TEMP|Boss|Hidden|Whois Team|Honker Union|Strider|Sauron|Dragonfly|Snake|Machete|Carbon|Naikon APT
""".replace("\n", "|").strip("|").split("|")))


def strength(name):
    """Names with a number are unmistakable; a single English word, given name or surname says nothing alone."""
    words = base.key(name).split()
    if not words or not re.search("[A-Za-z]", name) or len(name) > 45 or ":" in name:
        return "never"
    if re.search(r"\d", name):
        return "strong" if len(name) >= 5 and not re.match(r"(?i)group \d", name) else "cue" if len(name) < 4 or " " in name else "cased"
    if len(words) == 1:
        return single(name, words[0])
    lexicon = base.lexicon()
    if not name.isupper() and all(lexicon.size(w) <= 35 or w in ("group", "team") for w in words):
        return "cue"
    if all(lexicon.size(w) <= 70 or len(w) <= 2 for w in words):
        return "cased" if name[0].isupper() else "cue"
    return base.weaker(base.strength(name), "strong")


def single(name, word):
    lexicon = base.lexicon()
    if lexicon.size(word) < 99 or lexicon.person(word) or len(word) <= 4 or name.islower():
        return "cue"
    return "cased" if len(word) <= 6 else "strong"
