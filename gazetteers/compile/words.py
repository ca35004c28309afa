"""Word lists: common English words, given names, surnames, role terms, company suffixes.

The other files of `words/` are written by hand: edit the CSV itself. Here are those that are compiled.
They come first, because the strength rule of `base.py` reads them.
"""

import re

import base

# ---------------------------------------------------------------- common words

LARGEST_SIZE = 60  # SCOWL sizes above are words that a reader seldom meets


def common_words(sources):
    """Lower-case English words; value = SCOWL size class, 10 the most common."""
    rows = [{"word": r["word"], "value": r["scowl"]} for r in sources.tsv("english_words_scowl.tsv")
            if int(r["scowl"]) <= LARGEST_SIZE and re.fullmatch(r"[a-z]{2,}", r["word"])]
    base.write_words("words/common_words.csv", rows)


# ---------------------------------------------------------------- names of persons

ONE_NAME = re.compile(r"[^\W\d_]['’]?[^\W\d_]+(?:-[^\W\d_]{2,})?")
REGION = {"LT", "LV", "EE", "BY", "UA", "PL", "RU", "FI"}


def given_names(sources):
    """value = m, f or empty (both, unknown); weight = 1 rare, 2 known, 3 common."""
    rows = []
    for r in sources.tsv("given_names.tsv"):
        if not _is_name(r["name"]) or len(r["name"]) < 3 and r["name"] not in SHORT_GIVEN:
            continue
        value = {"M": "m", "F": "f"}.get(r["gender"], "")
        rows.append({"word": r["name"], "value": value, "weight": _given_weight(r)})
    base.write_words("words/given_names.csv", rows, ("word", "value", "weight"))


SHORT_GIVEN = {"Al", "Bo", "Cy", "Ed", "Jo", "Li", "Lu", "Ty", "Wu", "Xi", "Yi"}


def _given_weight(row):
    rank, seen, countries = int(row["us_rank"] or 9999), int(row["n"] or 0), row["countries"].count("|") + 1
    if rank <= 250 or seen >= 15 or countries >= 4:
        return 3
    return 2 if rank <= 1200 or seen >= 3 or countries >= 2 or "popular" in row["sources"] else 1


def surnames(sources):
    """weight as for given names; common = yes marks those that are everyday English words."""
    sizes = {r["word"]: int(r["value"]) for r in base.read_csv("words/common_words.csv")}
    rows = []
    for r in sources.tsv("surnames.tsv"):
        if not _is_name(r["name"]) or len(r["name"]) < 3 and int(r["us_rank"] or 9999) > 2000:
            continue
        weight = _surname_weight(r)
        common = sizes.get(base.fold(r["name"]), 99) <= 50
        if weight and not (common and weight == 1):
            rows.append({"word": r["name"], "common": "yes" if common else "", "weight": weight})
    known = {base.fold(row["word"]) for row in rows}
    rows += [{"word": name, "common": "", "weight": 2} for name in _world_surnames() if base.fold(name) not in known]
    base.write_words("words/surnames.csv", rows, ("word", "weight", "common"))


def _world_surnames():
    """facts/surnames.txt: names that parliaments of Europe and the census of the United States know too little of."""
    lines = (base.COMPILE / "facts/surnames.txt").read_text(encoding="utf-8").split("\n")
    return [name for line in lines if line and line[0] != "#" for name in line.split()]


def _surname_weight(row):
    rank, seen = int(row["us_rank"] or 99999), int(row["n"] or 0)
    if rank <= 1000 or seen >= 12:
        return 3
    if rank <= 5000 or seen >= 3 or "popular" in row["sources"]:
        return 2
    near = bool(REGION & set(row["countries"].split("|")))
    return 1 if rank <= 9000 or near or seen == 2 else 0


def _is_name(name):
    return bool(ONE_NAME.fullmatch(name)) and name[0].isupper() and not name.isupper()


# ---------------------------------------------------------------- roles

IRREGULAR = {"man": "men", "woman": "women", "alumnus": "alumni", "alumna": "alumnae", "staff": "staff"}


def roles(sources):
    """facts/roles.txt with deputies, ministers by portfolio and plurals; value = lead or staff, group = yes for plurals."""
    rows = []
    for value, role, counted in _roles():
        rows.append({"word": role.replace("*", ""), "value": value})
        if counted:
            rows.append({"word": _plural(role), "value": value, "group": "yes"})
    base.write_words("words/roles.csv", rows, ("word", "value", "group"))


def _roles():
    """(class, role, has a plural) for every role in the singular."""
    text = (base.COMPILE / "facts" / "roles.txt").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        kind, _, words = line.partition(": ")
        for word in (w.strip() for w in words.split(";")):
            if kind == "portfolio":
                yield from (("lead", role, counted) for role, counted in _ministers(word))
                continue
            yield kind.rstrip("+"), word, True
            yield from (("lead", role, counted) for role, counted in _deputies(word, kind.count("+")))


def _deputies(role, grades):
    """Those who stand in for a role: all kinds for a word of its own, a deputy for a longer one."""
    if grades:
        yield f"deputy {role}", True
    if grades and " " not in role:
        yield from ((f"{prefix} {role}", False) for prefix in ("first deputy", "acting", "interim", "assistant"))
    if grades == 2:
        yield from ((prefix + role, True) for prefix in ("vice ", "vice-"))


def _ministers(portfolio):
    noun, _, adjectives = portfolio.partition(" = ")
    yield f"minister* of {noun}", True
    yield f"minister* for {noun}", False
    for prefix in ("deputy minister", "vice-minister", "vice minister", "first deputy minister"):
        yield f"{prefix}* of {noun}", False
    for adjective in adjectives.split(", ") if adjectives else []:
        yield f"{adjective} minister", True
        yield f"deputy {adjective} minister", True
        yield from ((f"{prefix} {adjective} minister", False) for prefix in ("vice", "first deputy", "acting"))
        yield from ((f"{adjective} {vice}", True) for vice in ("vice-minister", "vice minister"))


def _plural(role):
    """The plural of the starred word, or of the last one before a preposition."""
    if "*" not in role:
        role = re.sub(r"^(.+?)(?= (?:of|for|to|in|at|and|without) |-(?:elect|designate)$|$)", r"\1*", role, count=1)
    return re.sub(r"(\S+)\*", lambda m: _plural_word(m[1]), role, count=1)


def _plural_word(word):
    for one, many in IRREGULAR.items():
        if word == one or one in ("man", "woman") and word.endswith(one):
            return word.removesuffix(one) + many
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|ch|sh)$", word) else "s")


STEPS = [
    ("words/common_words.csv", common_words),
    ("words/given_names.csv", given_names),
    ("words/surnames.csv", surnames),
    ("words/roles.csv", roles),
]
