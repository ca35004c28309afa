#!/usr/bin/env python3
"""Fit the weights of rules/names to annotated documents, and write them into the rule files.

    weights.py --examples examples.jsonl
    cargo run --release --example firings -- gazetteers examples.jsonl GOLD.jsonl … > firings.jsonl
    weights.py firings.jsonl GOLD.jsonl[=SHARE[:TYPES]] … [--write] [--hold 5]

GOLD lines: {"doc_id": …, "entities": [{"start", "end", "type": "PER|ORG|LOC|FAC|…"}, …], "eval_span": [from, to]?},
offsets in code points. SHARE weighs a file against the others (1); TYPES names the types it annotates (PER,ORG,LOC).
A weight is ten times the change in the log odds that a possible name is of a type: a multinomial
logistic regression against "no name", drawn towards the weights that stand in the files, so that a rule which seldom fires keeps what it has. `--hold N` fits
without every Nth document and says how well those are told. Needs numpy and scipy; same input, same weights.
"""
import argparse, collections, json, pathlib, re, sys, tomllib

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

RULES = pathlib.Path(__file__).resolve().parent.parent / "rules" / "names"
TYPES = ["person", "organization", "place"]
SHORT = {"PER": 0, "ORG": 1, "LOC": 2, "FAC": 2}
DEMONYM = "lists/listed_demonym"
DRAW = 6.0
MOST = 60
# added by hand: of bodies, and of places that lists have, more are missed than invented. And who was introduced by
# a full name is meant by the surname, though a country is called so too. Bylines have a city after the name.
LEAN = {
    "lists/any": [0, 1, 0],
    "lists/listed_place": [0, 0, 6],
    "lists/listed_place_cue": [0, 0, 6],
    "lists/surname_of_full": [11, 0, 0],
    "words/capital_after": [12, 0, 0],
    # what a name says of itself holds everywhere, however seldom the annotated texts show it
    "organization/suffix_last": [0, 20, 0],
    "organization/head_first": [0, 13, 0],
    "organization/head_last": [0, 0, -8],
    "place/head_last": [0, 0, 12],
    "shape/plural_with_article": [-6, 0, 0],
}
# what makes a body of a name makes no place of it, though the sum with other rules would come out the same
NO_PLACE = [f"organization/{r}" for r in ("head_last", "head_first", "head_last_long", "head_inside", "head_alone",
            "sure_head_last", "sure_head_first", "suffix_last")]


def rules():
    """Ids in order, and their weights."""
    found = {}
    for path in sorted(RULES.glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            found[f"{path.stem}/{rule['id']}"] = [rule["weights"].get(t, 0) for t in TYPES]
    return found


def examples(path):
    """Writes the rules' own examples as annotated documents: what they expect must not be weighed away."""
    rows = []
    for file in sorted(RULES.glob("*.toml")):
        for rule in tomllib.loads(file.read_text(encoding="utf-8"))["rule"]:
            for n, example in enumerate(rule.get("example", [])):
                text, at, names = example["text"], 0, []
                for expected in example["expect"]:
                    kind, _, name = expected.partition(": ")
                    start = text.find(name, at)
                    at = start + len(name)
                    short = {"person": "PER", "organization": "ORG", "place": "LOC"}.get(kind)
                    if short and start >= 0:
                        names.append({"start": start, "end": at, "type": short})
                rows.append({"doc_id": f"{file.stem}/{rule['id']}/{n}", "text": text, "entities": names})
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")


def parts(text, e):
    """The span without its article; "Kaunas, Lithuania" is two."""
    start, end = e["start"], e["end"]
    article = re.match(r"[Tt]he\s+", text[start:end])
    start += article.end() if article else 0
    if SHORT[e["type"]] == 2:
        comma = re.search(r",\s+", text[start:end])
        if comma:
            yield start, start + comma.start()
            start += comma.end()
    yield start, end


def gold(path):
    docs = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        d = json.loads(line)
        names = {}
        for e in d["entities"]:
            if e["type"] in SHORT:
                for start, end in parts(d["text"], e):
                    names[(start, end)] = SHORT[e["type"]]
        docs[d["doc_id"]] = (names, d.get("eval_span"))
    return docs


def label(span, names):
    """The type of a possible name, None for no name, or "skip" where it ends as a body does and begins before it."""
    if span in names:
        return names[span]
    for (start, end), kind in names.items():
        if end == span[1] and span[0] < start and kind == 1:
            return "skip"
        if end == span[1] and start < span[0] and kind == 0:
            return kind  # some annotate titles with the name
    return None


def rows(firings, sets):
    for line in open(firings, encoding="utf-8"):
        r = json.loads(line)
        name = pathlib.Path(r["file"]).name
        if name not in sets:
            continue
        docs, share, types = sets[name]
        names, part = docs[r["doc_id"]]
        span = (r["start"], r["end"])
        if part and (span[0] < part[0] or span[1] > part[1]):
            continue
        kind = label(span, names)
        demonym = any(rule == DEMONYM for rule, _ in r["rules"])
        if kind == "skip" or (demonym and kind is None):
            continue
        yield f"{name}/{r['doc_id']}", r["rules"], kind, share, types


def chances(x, b):
    """For each row the chance of each type and, last, of no name; scores are log odds against no name."""
    z = np.hstack([x @ b, np.zeros((x.shape[0], 1))])
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def loss_and_gradient(x, b, kinds, shares, places_only):
    """Softmax loss. Where only places are annotated, any other row says no more than that it is no place."""
    p = chances(x, b)
    target = np.eye(len(TYPES) + 1)[kinds]
    place = p[:, 2]
    vague = places_only & (kinds != 2)
    right = np.where(vague, 1 - place, (p * target).sum(axis=1))
    rest = p.copy()
    rest[:, 2] = 0
    target = np.where(vague[:, None], rest / np.maximum(1 - place, 1e-12)[:, None], target)
    value = -(shares * np.log(right + 1e-12)).sum()
    return value, x.T @ (shares[:, None] * (p - target)[:, :len(TYPES)])


def fit(x, kinds, shares, places_only, start, no_place):
    def loss(flat):
        b = flat.reshape(start.shape)
        value, gradient = loss_and_gradient(x, b, kinds, shares, places_only)
        drift = b - start
        return value + DRAW / 2 * (drift * drift).sum(), (gradient + DRAW * drift).ravel()
    bounds = [(None, 0 if t == 2 and n in no_place else None) for n in range(len(start)) for t in range(len(TYPES))]
    start = np.where(np.array([b[1] == 0 for b in bounds]).reshape(start.shape), np.minimum(start, 0), start)
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return found.x.reshape(start.shape)


def tell(label_, x, b, kinds, shares, places_only, least=1.0):
    """How well the weights decide: names at ten or more of the type that scores most."""
    value, _ = loss_and_gradient(x, b, kinds, shares, places_only)
    z = x @ b
    best, named = z.argmax(axis=1), z.max(axis=1) >= least
    line = [f"{label_:9} loss {value / shares.sum():.4f}"]
    for t, name in enumerate(TYPES):
        use = shares * ((t == 2) | ~places_only)
        said, is_so = named & (best == t), kinds == t
        p, r = (use * said * is_so).sum() / (use * said).sum(), (use * said * is_so).sum() / (use * is_so).sum()
        line.append(f"{name} P {100 * p:.1f} R {100 * r:.1f} F {200 * p * r / (p + r):.1f}")
    print("   ".join(line))


def write(weights):
    for path in sorted(RULES.glob("*.toml")):
        out, rule = [], None
        for line in path.read_text(encoding="utf-8").splitlines():
            named = re.match(r'id = "(.+)"', line)
            rule = f"{path.stem}/{named[1]}" if named else rule
            if line.startswith("weights = "):
                line = "weights = { " + ", ".join(f"{t} = {n}" for t, n in zip(TYPES, weights[rule])) + " }"
            out.append(line)
        path.write_text("\n".join(out) + "\n", encoding="utf-8")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("firings", nargs="?")
    a.add_argument("gold", nargs="*")
    a.add_argument("--examples")
    a.add_argument("--write", action="store_true")
    a.add_argument("--hold", type=int, default=0)
    o = a.parse_args()
    if o.examples:
        return examples(pathlib.Path(o.examples))
    sets = {}
    for given in o.gold:
        path, _, rest = given.partition("=")
        share, _, types = rest.partition(":")
        types = [SHORT[t] for t in (types or "PER,ORG,LOC").split(",")]
        sets[pathlib.Path(path).name] = (gold(pathlib.Path(path)), float(share or 1), types)
    known = rules()
    number = {rule: n for n, rule in enumerate(known)}
    old = np.array(list(known.values()), float)
    docs, kinds, shares, of_types, at, to, times = [], [], [], [], [], [], []
    for n, (doc, spoke, kind, share, types) in enumerate(rows(o.firings, sets)):
        docs.append(doc), kinds.append(-1 if kind is None else kind), shares.append(share), of_types.append(types)
        for rule, halves in spoke:
            at.append(n), to.append(number[rule]), times.append(halves / 2)
    x = csr_matrix((times, (at, to)), shape=(len(docs), len(number)))
    kinds, shares = np.array(kinds), np.array(shares)
    kinds[kinds < 0] = len(TYPES)
    places_only = np.array([types == [2] for types in of_types])
    order = {d: n for n, d in enumerate(dict.fromkeys(docs))}
    held = np.array([bool(o.hold) and order[d] % o.hold == 0 for d in docs])
    fitted = 10 * fit(x[~held], kinds[~held], shares[~held], places_only[~held], old / 10,
                      {number[r] for r in NO_PLACE})
    for part, some in (("held", held), ("fitted", ~held)):
        if some.any():
            for which, b in (("old", old), ("new", fitted)):
                tell(f"{part} {which}", x[some], b / 10, kinds[some], shares[some], places_only[some])
    weights = {rule: [int(max(-MOST, min(MOST, round(b)))) for b in fitted[n]] for rule, n in number.items()}
    # the nationality words are found by their lists, not by weighing
    weights[DEMONYM] = [int(n) for n in known[DEMONYM]]
    for rule, more in LEAN.items():
        weights[rule] = [n + m for n, m in zip(weights[rule], more)]
    if o.write:
        write(weights)
    print(collections.Counter(kinds.tolist()), file=sys.stderr)


if __name__ == "__main__":
    main()
