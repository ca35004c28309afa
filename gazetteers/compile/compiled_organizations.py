"""The organizations that come from the cleaned sources: universities, banks, companies, parties, newspapers, services.

Each step takes the rows of a source that can stand in running text, leaves out what a hand-written list already names
(same key), and never lets a name through that every country has ("National Assembly"): those come from the grammar.
"""

import functools
import re

import base
import facts
import taken

HAND_WRITTEN = ("international.txt", "government.txt", "media.txt", "companies.txt", "parties.txt", "security_vendors.txt", "ngos.txt",
                "armed_groups.txt", "sports.txt", "universities.txt")
MOST_LETTERS = 70


@functools.cache
def known():
    """Keys of every hand-written name and of every name of the grammar."""
    keys = set()
    for file in HAND_WRITTEN:
        for row in facts.rows(file, lambda key, country: f"org-{country}-{key}"):
            keys |= {base.key(name) for name in (row.name, *row.aliases)}
    for cells in base.read_csv("organizations/institutions.csv"):
        keys |= {base.key(name) for name in (cells["name"], *cells["aliases"].split("|"))}
    return keys


@functools.cache
def known_ids():
    """Ids of the hand-written lists; a compiled row takes none of them."""
    return {row.id for file in HAND_WRITTEN for row in facts.rows(file, lambda key, _country: f"org-{key}")}


@functools.cache
def country_names(sources):
    return {r["iso2"]: r["name"] for r in sources.tsv("countries.tsv")}


class Collection:
    """Rows of one list, each name once; an id is made of the name and, for namesakes, the country."""

    def __init__(self, subtype):
        self.subtype, self.rows, self.keys, self.by_short = subtype, {}, set(), {}

    def add(self, name, country="", strength="", external=()):
        """The new row, or None when the name is known already or unfit."""
        name = re.sub(r"^The (?!Hague)(?=\S+ \S)", "", base.nfc(name))
        if base.key(name) in known() | self.keys or not fit(name):
            return None
        ids = (base.make_id("org", name), base.make_id("org", name, country), base.make_id("org", name, self.subtype))
        id = next((id for id in ids if id not in self.rows and id not in known_ids()), None)
        if id is None:
            return None
        self.keys.add(base.key(name))
        row = base.Row(id, name, subtype=self.subtype, country=country, external_ids=list(external),
                       strength=strength or trust(name))
        self.rows[id] = row
        return row

    def alias(self, row, name, strength=""):
        name = re.sub(r"^The (?!Hague)(?=\S+ \S)", "", name)
        if row and fit(name) and base.key(name) not in known() | self.keys:
            self.keys.add(base.key(name))
            row.add(name, strength or trust(name))

    def write(self, file):
        base.write_entities(file, self.rows.values())


def fit(name):
    """Latin letters, no brackets, not a sentence."""
    return 3 <= len(name) <= MOST_LETTERS and not re.search(r"[()\[\]:;~|\"<>=&#;]|\d{4}", name.replace(" & ", " ")) \
        and name[0].isalnum() and all(ord(c) < 0x250 or c in "’–ẽ" for c in name)


def trust(name):
    """The rule, but what reads as a person or is a place needs a context, and an unknown single word its capital."""
    words = base.key(name).split()
    if base.key(name) in taken.places():
        return "cue"
    lexicon = base.lexicon()
    if len(words) == 2 and lexicon.given.get(words[0], 0) >= 2 and lexicon.person(words[1]) >= 1:
        return "cue"
    if len(words) == 1 and lexicon.person(words[0]):
        return "cue"
    own = base.strength(name)
    return base.weaker(own, "cased") if len(words) == 1 else own


def common(name, size=60):
    lexicon = base.lexicon()
    return all(lexicon.size(w) <= size or len(w) == 1 for w in base.key(name).replace("-", " ").split())


# ---------------------------------------------------------------- universities

def universities(sources):
    book = Collection("university")
    for row in facts.rows("universities.txt", lambda key, _c: f"org-{key}"):
        book.rows[row.id] = row
    for r in sources.tsv("universities.tsv"):
        name = re.sub(r"\s*\([^)]*\)", "", r["name"]).replace('"', "").strip(" ,")
        name = re.sub(r"^The ", "", name)
        if len(name.split()) >= 2 and not common(name, 35):
            row = book.add(name, r["iso2"])
            if row and ", " in name and re.match(r"University|Universit", name):
                book.alias(row, name.replace(", ", " "))
    book.write("organizations/universities.csv")


# ---------------------------------------------------------------- companies

LEGAL = re.compile(r",? (Inc\.?|Incorporated|Corporation|Corp\.?|Company|Co\.|Companies|Ltd\.?|Limited|plc|PLC|N\.V\.|S\.A\.|LLC|L\.P\.|Holdings?|Group)$")


def companies(sources):
    book = Collection("company")
    for row in facts.rows("companies.txt", lambda key, _c: f"org-{key}"):
        book.rows[row.id] = row
    for r in sorted(sources.tsv("companies_us.tsv"), key=lambda r: ("sp500" not in r["sources"], r["name"])):
        name = re.sub(r"\s*\([^)]*\)", "", re.sub(r"^The ", "", r["name"])).replace("&amp;", "&").strip()
        short = LEGAL.sub("", LEGAL.sub("", name))
        row = book.add(short, "US")
        if row and name != short:
            book.alias(row, name)
    book.write("organizations/companies.csv")


BANK = re.compile(r"(?i)\b(bank|banka|bankas|banca|banco|banque|banken|banki|pank|pankki|raiffeisen\w*|credit union)\b|bank\b")
BRANCH = re.compile(r"(?i)branch|filial|succursale|niederlassung|sucursal|\bfund|pension|securities|treasury|leasing|in liquidation|building")
BANK_LEGAL = re.compile(r"(?i)[ ,]+(ag|sa|s\.a\.?|spa|s\.p\.a\.?|ltd\.?|limited|plc|as|a\.s\.|a\.ş\.|ab|asa|oyj|n\.v\.|nv|b\.v\.|zrt\.?|nyrt\.?|d\.d\.|dd|uab|se|kg|gmbh|inc\.?|s\.a\.u\.?|jsc|ad|eg|a/s|n\.a\.?|co\.?|the|se & co\. kgaa|a\.d\.)$")


def banks(sources):
    book = Collection("bank")
    for r in sources.tsv("banks_bic.tsv"):
        name = re.sub(r"['\"„“”‘’]", "", re.sub(r"\s*\([^)]*\)", "", r["name"]))
        while (cut := BANK_LEGAL.sub("", name).strip(" ,-")) != name:
            name = cut
        if name.isupper():
            name = " ".join(w if len(w) <= 3 else w.title() for w in name.split())
        words = name.split()
        if BANK.search(name) and not BRANCH.search(name) and 2 <= len(words) <= 4 and not common(name, 35) and name[0].isupper():
            book.add(name, r["iso2"])
    book.write("organizations/banks.csv")


# ---------------------------------------------------------------- parties

SENTENCE = re.compile(r"(?i)\b(likely|continues|candidates?|independents?|parties|none|various|note|seats|ran|includes|leader|coalition of|members of)\b")


def parties(sources):
    book = Collection("party")
    for row in facts.rows("parties.txt", lambda key, _c: f"org-party-{key}"):
        book.rows[row.id] = row
        book.by_short.update({(row.country, base.key(name)): row for name in (row.name, *row.aliases)})
    for r in sources.tsv("political_parties_factbook_2026.tsv"):
        name, *others = party_names(r["name"])
        unfit = not name or SENTENCE.search(name) or len(name.split()) > 8 or not name[0].isupper()
        if unfit or not r["iso2"] or r["iso2"] in WRITTEN_WHOLE:
            continue
        add_party(book, name, others, r)
    book.write("organizations/parties.csv")


WRITTEN_WHOLE = frozenset("LT LV EE PL BY RU UA DE FR GB US".split())  # countries whose parties the hand-written list covers


def party_names(text):
    """ "X (Y)" and "X or Y" are two names of one party."""
    text = text.replace('"', "").replace("’", "'")
    inner = re.findall(r"\(([^)]*)\)", text)
    outer = re.sub(r"\s*\([^)]*\)", "", text).strip()
    return [part.strip(" ,.-") for part in outer.split(" or ") + inner if part.strip(" ,.-")] or [""]


def add_party(book, name, others, r):
    country = r["country"]
    generic = common(name)
    full = f"{name} of {country}" if generic and country.split()[0] not in name else name
    short = r["abbrev"]
    same = book.by_short.get((r["iso2"], base.key(short))) if len(short) >= 5 else None
    if same is not None:  # one party under two of its names
        return book.alias(same, full)
    row = book.add(full, r["iso2"], "" if full != name or (len(name.split()) > 1 and not generic) else "cue")
    if row is None:
        return
    if full != name and len(name.split()) > 1:
        row.add(name, "cue")
    for other in others:
        if len(other.split()) > 1 and not SENTENCE.search(other) and other[0].isupper() and len(other.split()) <= 8:
            book.alias(row, other, "cue" if common(other) else "")
    book.by_short[r["iso2"], base.key(short)] = row
    if re.fullmatch(r"[A-Z][A-Za-z-]{2,9}", short) and short.isupper() and base.lexicon().size(short) == 99 \
            and base.key(short) not in taken.places():
        row.add(short, "cased" if len(short) >= 5 else "cue")


# ---------------------------------------------------------------- newspapers of the United States

PAPER = re.compile(r"\b(Times|News|Herald|Journal|Tribune|Gazette|Post|Press|Star|Sun|Chronicle|Record|Observer|Dispatch|Courier|Democrat|Republican"
                   r"|Register|Examiner|Enquirer|Inquirer|Bee|Sentinel|Advocate|Argus|Daily|Weekly|Review|Standard|Telegraph|Telegram|Messenger|Leader"
                   r"|Citizen|Independent|Reporter|Eagle|Globe|Transcript|Advertiser|Bulletin|Banner|Beacon|Mercury|Dealer|Ledger|Union|Capital|Nugget"
                   r"|Intelligencer|Picayune|Constitution|Commercial|Appeal|Patriot|Pilot|Republic|Statesman|Sentinel|Daily News|World|Echo|Tidings)\b")


def newspapers(sources):
    book = Collection("media")
    rows = sources.tsv("media_us_newspapers.tsv")
    times = {}
    for r in rows:
        times[base.key(r["name"])] = times.get(base.key(r["name"]), 0) + 1
    for r in rows:
        name = re.sub(r"^The ", "", re.sub(r"\s*\([^)]*\)", "", r["name"])).strip()
        unusual = [w for w in base.key(name).replace("-", " ").split() if base.lexicon().size(w) > 60 and len(w) > 3]
        if PAPER.search(name) and unusual and times[base.key(r["name"])] == 1 and "," not in name and len(name.split()) <= 5 \
                and len(name.split()) >= 2 and name[0].isupper():
            book.add(name, "US", "cased", [f"wikidata:{r['wikidata']}"] if r["wikidata"] else [])
    book.write("organizations/us_newspapers.csv")


# ---------------------------------------------------------------- state bodies beyond the hand-written

def state_bodies(sources):
    book = Collection("agency")
    for r in sources.tsv("government_organisations_uk_us.tsv"):
        name = re.sub(r"^The ", "", re.sub(r"\s*\([^)]*\)", "", r["name"])).replace("&amp;", "&")
        if (r["end"] or "9999") >= "2000" and len(name.split()) >= 3 and "," not in name and fit(name) and "Action Zone" not in name:
            book.add(name, r["iso2"], "cased" if common(name) else "")
    committees(book, sources)
    intelligence(book, sources)
    institutions_abroad(book, sources)
    book.write("organizations/state_bodies.csv")


def committees(book, sources):
    for r in sources.tsv("us_congress_committees_2026.tsv"):
        match = re.fullmatch(r"(House|Senate) Committee on (?:the )?(.+)", r["name"])
        if match and not r["parent"]:
            row = book.add(r["name"], "US", "cased")
            if "," not in match[2] and " and " not in match[2]:
                book.alias(row, f"{match[1]} {match[2]} Committee", "cased")


def intelligence(book, sources):
    for r in sources.tsv("cyber_security_orgs_misp.tsv"):
        if r["kind"] != "intelligence_agency" or not re.fullmatch("[A-Z]{2}", r["country"]):
            continue
        name = re.sub(r"\[\d+\]|\s*\([^)]*\)|^\w\w:", "", r["name"]).strip(" ,")
        where = country_names(sources).get(r["country"], "")
        if common(name) and where and where.split()[0].lower() not in name.lower():
            name = f"{name} of {where}"
        row = book.add(name, r["country"], "", [f"misp:{r['uuid']}"]) if not re.search(r"(Army|Police|Navy|Coast Guard)$", name) and 2 <= len(name.split()) <= 8 and name[0].isupper() else None
        for alias in r["aliases"].split("|") if row else []:
            if len(alias.split()) >= 2 and not common(alias, 70) and alias[0].isupper():
                book.alias(row, alias)
            elif re.fullmatch("[A-Z]{4,8}", alias) and base.lexicon().size(alias) == 99:
                book.alias(row, alias, "cased")


LOCAL = re.compile(r"\s+-\s+|\s+or\s+|/")


def institutions_abroad(book, sources):
    """Native names of legislatures, courts and forces, under the id that the grammar gives the English name."""
    for r in sources.tsv("institutions_factbook_2026.tsv"):
        portfolio = PORTFOLIO.get((r["kind"], portfolio_key(r["name"], r["country"])))
        natives = [n.strip() for n in LOCAL.split(r["local"]) if fit(n.strip()) and native(n.strip())]
        if not r["iso2"] or not portfolio or not natives or r["iso2"] in ("FR", "LT", "LV", "EE", "BY", "RU", "UA", "PL", "DE", "GB", "US"):
            continue
        id = f"org-{r['iso2'].lower()}-{portfolio}"
        row = book.rows.setdefault(id, base.Row(id, f"{plain(r['name'], r['country'])} of {country_names(sources).get(r['iso2'], r['country'])}",
                                                subtype="legislature" if r["kind"] == "legislature" else "armed_force", country=r["iso2"], strength="strong"))
        for n in natives:
            book.alias(row, n)


def plain(name, country):
    return {"armed_forces": "Armed Forces"}.get(portfolio_key(name, country), portfolio_key(name, country))


def portfolio_key(name, country):
    """ "Mexican Armed Forces" and "Armed Forces of Nigeria" are "Armed Forces"."""
    for body in ("Armed Forces", "Defense Forces", "Defense Force", "Air Force", "Navy", "Army", "National Police", "National Guard"):
        if name.endswith(body) or name.startswith(body + " of"):
            return body
    return name


PORTFOLIO = {("legislature", n): "parliament" for n in ("Parliament", "National Assembly", "National Congress", "Congress", "Federal Assembly")}
PORTFOLIO |= {("legislature", n): "lower-house" for n in ("House of Representatives", "Chamber of Deputies")}
PORTFOLIO |= {("legislature", "Senate"): "upper-house"}
PORTFOLIO |= {("force", n): id for n, id in (("Armed Forces", "armed-forces"), ("Defense Forces", "armed-forces"), ("Defense Force", "armed-forces"),
                                             ("Air Force", "air-force"), ("Navy", "navy"), ("Army", "army"), ("National Guard", "national-guard"))}


def native(name):
    """A phrase of another language, or a single long word that is none of English and no acronym."""
    words = base.key(name).split()
    if len(words) == 1:
        return len(name) >= 6 and base.lexicon().size(words[0]) == 99 and not base.lexicon().person(words[0]) and not name.isupper() \
            and words[0] not in SHARED_NATIVE
    return not common(name, 70)


SHARED_NATIVE = frozenset("senado senat parlamento parlament parlement congreso congresso gendarmerie policia nationalrat bundesrat camera".split())

# ---------------------------------------------------------------- associations and armed groups

HEADS = re.compile(r"\b(Association|Foundation|Institute|Council|Committee|Society|Federation|Union|Commission|Fund|Alliance|Network|Cent(er|re)|Organi[sz]ation|League|Coalition|Trust)\b")
ARMED = re.compile(r"\b(Front|Army|Brigades?|Movement|Liberation|Organi[sz]ation|Forces?|Militia|Command|Resistance|Jihad\w*|Mujahid\w+|Guerrilla|Battalion|Tigers|Islam\w*|Ansar|Lashkar|Harakat)\b")


def associations(sources):
    book = Collection("ngo")
    for row in facts.rows("ngos.txt", lambda key, _c: f"org-{key}"):
        book.rows[row.id] = row
    for r in sources.tsv("international_actors_cameo.tsv"):
        name = recased(r["name"])
        if r["kind"] == "ngo" and HEADS.search(name) and 3 <= len(name.split()) <= 9 and not re.search(r"\bInc\b|\bUn\b|\bUs\b|\bAids\b", name):
            book.add(name, "", "cased" if common(name) else "")
    book.write("organizations/ngos.csv")


def recased(name):
    """ "Cocoa Producer'S Alliance" as it was before somebody shouted it."""
    return re.sub(r"'S\b", "'s", name)


def armed_groups(sources):
    book = Collection("armed_group")
    for row in facts.rows("armed_groups.txt", lambda key, _c: f"org-{key}"):
        book.rows[row.id] = row
    for r in sources.tsv("designated_groups.tsv"):
        name = re.sub(r"\s*\([^)]*\)", "", r["name"])
        if len(name.split()) >= 2:
            book.add(name[0].upper() + name[1:], "", "cased" if common(name) else "")
    for r in sources.tsv("international_actors_cameo.tsv"):
        name = recased(r["name"])
        if r["kind"] == "armed_group" and ARMED.search(name) and 2 <= len(name.split()) <= 8 and not common(name, 50):
            book.add(name[0].upper() + name[1:], "", "cased" if common(name) else "")
    book.write("organizations/armed_groups.csv")


def hand_written(file, target):
    """A step that writes a hand-written list as it is."""
    return target, lambda _sources: base.write_entities(target, facts.rows(file, lambda key, _c: f"org-{key}"))


STEPS = [
    hand_written("security_vendors.txt", "organizations/security_vendors.csv"),
    hand_written("sports.txt", "organizations/sports.csv"),
    ("organizations/companies.csv", companies),
    ("organizations/banks.csv", banks),
    ("organizations/universities.csv", universities),
    ("organizations/parties.csv", parties),
    ("organizations/ngos.csv", associations),
    ("organizations/armed_groups.csv", armed_groups),
    ("organizations/state_bodies.csv", state_bodies),
    ("organizations/us_newspapers.csv", newspapers),
]
