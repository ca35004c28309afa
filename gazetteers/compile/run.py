"""Rebuild the compiled lists: `python3 gazetteers/compile/run.py [--sources DIR] [STEP ...]`.

STEP is the start of a file name ("places/", "words/ranks"); without one, every step runs.
"""

import argparse
import importlib
import sys

import base

# In this order: the strength rule reads the compiled word lists, the places name the countries, a town gives way to an
# organization or a person of its name, and what is shared in the end is noted last.
MODULES = ("words", "verbs", "places", "organizations", "people", "malware", "cities", "shared")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", metavar="DIR", help="folder of the cleaned tab-separated sources")
    parser.add_argument("step", nargs="*", help="run only files whose name starts so")
    args = parser.parse_args()
    sources, skipped = base.Sources(args.sources), 0
    for module in MODULES:
        if not (base.COMPILE / f"{module}.py").exists() and not (base.COMPILE / module).is_dir():
            continue
        for file, step in importlib.import_module(module).STEPS:
            if args.step and not file.startswith(tuple(args.step)):
                continue
            try:
                step(sources)
                print(f"{file}: {len(base.read_csv(file))} rows" if file.endswith(".csv") else file)
            except base.Missing as missing:
                skipped += 1
                print(f"{file}: kept as it is; {missing}")
    return 0 if not skipped else 3


if __name__ == "__main__":
    sys.exit(main())
