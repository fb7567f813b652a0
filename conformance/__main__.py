"""`python -m conformance [FRAMEWORK...] [--run]`: whether the frameworks do what wflint takes them to do."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from conformance.backed import unbacked
from conformance.checking import Program, Release, programs, read
from conformance.names import missing, untaken
from conformance.running import run
from conformance.table import TABLE, keep, table
from conformance.unlisted import unlisted


def main() -> int:
    """Check the programs, name those that differ, and say how many agree."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("frameworks", nargs="*", metavar="FRAMEWORK")
    parser.add_argument("--run", action="store_true", help="run the programs with their framework, too")
    parser.add_argument("--keep", action="store_true", help="write down which programs were run and agreed")
    parser.add_argument("--names", action="store_true", help="look for the modelled names in the framework instead")
    parser.add_argument("--parameters", action="store_true", help="list parameters that are asked for and not there")
    parser.add_argument("--backed", action="store_true", help="list refusals that no program leads to instead")
    parser.add_argument("--table", action="store_true", help=f"write {TABLE.name} instead")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the framework")
    parser.add_argument("--release", type=Release, default=Release.NEWEST, choices=list(Release))
    given = parser.parse_args()
    if given.table:
        TABLE.write_text(table(), encoding="utf-8")
        return 0
    if given.backed:
        found = list(unbacked())
        print("\n".join(found) or "all refusals are backed")
        return 1 if found else 0
    if given.names:
        return _names(given.frameworks, given.python, given.release)
    if given.parameters:
        print("\n".join(each for name in given.frameworks for each in untaken(name, given.python)))
        return 0
    chosen = [one for one in programs(*given.frameworks) if one.expectation.of(given.release) is not None]
    failed = _differing(chosen, given.python if given.run else None, given.release)
    if given.run and given.keep:
        keep(chosen, [one for one in chosen if one.path in failed], given.release)
    print(f"{len(chosen) - len(failed)} of {len(chosen)} agree")
    return 1 if failed else 0


def _differing(chosen: list[Program], python: str | None, release: Release) -> set[Path]:
    found = [(program, read(program, release)) for program in chosen]
    found += run(chosen, python, release) if python is not None else ()
    for program, differences in found:
        for difference in differences:
            print(f"{program.name}: {difference}")
    return {program.path for program, differences in found if differences}


def _names(frameworks: list[str], python: str, release: Release) -> int:
    wrong = [f"{name}: {problem}" for name in frameworks for problem in missing(name, python, release)]
    wrong += [f"{name}: {problem}" for name in frameworks for problem in unlisted(name, python)]
    print("\n".join(wrong) or "all names are there")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
