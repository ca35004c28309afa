"""Verbs of relations with their inflections, from `facts/verbs.txt`: a list for each relation, `words/<list>_verbs.csv`.

value = the form: base, s, ing, past, part; `both` is past and participle alike, `all` base, past and participle.
"""

import base

VOWELS = set("aeiou")
LISTS = ("attack", "kill", "accuse", "sanction", "detain", "cooperate", "support", "meet", "own", "found", "lead",
         "employ", "join", "leave", "reside", "base")


def _facts():
    for line in (base.COMPILE / "facts" / "verbs.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, qualifier, verbs = (cell.strip() for cell in line.split("|"))
            for verb in verbs.split(";"):
                yield name, qualifier, verb.strip()


def inflect(verb):
    """{form: value} of a verb as the facts write it."""
    principal = verb.split("/")
    head, _, rest = principal[0].partition("_")
    double, head = head.endswith("+"), head.rstrip("+")
    rest = f" {rest.replace('_', ' ')}" if rest else ""
    stem = head + head[-1] if double else head
    forms = {head + rest: "base", _s(head) + rest: "s", _ing(stem if double else head, double) + rest: "ing"}
    if len(principal) == 3:
        past, part = (p.replace("_", " ") for p in principal[1:])
    else:
        past = part = _ed(stem, double) + rest
    if past == part:
        forms[past] = "all" if past in forms else "both"
    else:
        forms[past] = "past"
        forms[part] = "all" if part in forms else "part"
    return forms


def _s(head):
    if head.endswith("y") and head[-2] not in VOWELS:
        return head[:-1] + "ies"
    return head + ("es" if head.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _ing(head, double):
    if head.endswith("e") and not head.endswith(("ee", "ye")) and not double:
        return head[:-1] + "ing"
    return head + "ing"


def _ed(head, double):
    if head.endswith("e") and not double:
        return head + "d"
    if head.endswith("y") and head[-2] not in VOWELS:
        return head[:-1] + "ied"
    return head + "ed"


def _list(name):
    def step(_sources):
        rows = []
        for group, qualifier, verb in _facts():
            if group == name:
                rows += [{"word": w, "value": v, "qualifier": qualifier} for w, v in inflect(verb).items()]
        base.write_words(f"words/{name}_verbs.csv", rows, ("word", "value", "qualifier"))
    return step


STEPS = [(f"words/{name}_verbs.csv", _list(name)) for name in LISTS]
