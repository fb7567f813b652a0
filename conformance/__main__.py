"""`python -m conformance [FRAMEWORK...] [--run]`: whether the frameworks do what wflint takes them to do."""

from __future__ import annotations

import argparse
import sys

from conformance.checking import Program, Release, programs, read, run


def main() -> int:
    """Check the programs, name those that differ, and say how many agree."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("frameworks", nargs="*", metavar="FRAMEWORK")
    parser.add_argument("--run", action="store_true", help="run the programs with their framework, too")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the framework")
    parser.add_argument("--release", type=Release, default=Release.NEWEST, choices=list(Release))
    given = parser.parse_args()
    chosen = [one for one in programs(*given.frameworks) if given.release in one.expectation.releases]
    failed = [one for one in chosen if not _agrees(one, given.python if given.run else None)]
    print(f"{len(chosen) - len(failed)} of {len(chosen)} agree")
    return 1 if failed else 0


def _agrees(program: Program, python: str | None) -> bool:
    differences = [*read(program), *(run(program, python) if python is not None else ())]
    for difference in differences:
        print(f"{program.name}: {difference}")
    return not differences


if __name__ == "__main__":
    sys.exit(main())
