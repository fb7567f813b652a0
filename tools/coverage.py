"""How much of what folders construct is recovered: `python tools/coverage.py FOLDER...`.

For each framework the construction sites, how many of them a workflow shows and how many are reported instead; then
each of the latter with its place and the reason.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from wflint.model.containment import Containment
from wflint.model.program import Program
from wflint.request import CacheChoice, Request
from wflint.source.cache import NoCache
from wflint.survey import recover

ROW = "{:<18}{:>8}{:>11}{:>12}"


def measured(folder: Path) -> Program:
    """The whole program of a folder."""
    return recover(Request(folder, (folder,), cache=CacheChoice(is_off=True)), Containment(), NoCache()).program


def rows(program: Program) -> dict[str, tuple[int, int]]:
    """For each framework the number of sites, and of those that are recovered."""
    sites = Counter(site.framework for site in program.sites)
    recovered = Counter(site.framework for site in program.sites if site.is_recovered)
    return {name: (sites[name], recovered[name]) for name in sorted(sites)}


def main(folders: list[str]) -> None:
    """Print the table and the losses of all folders."""
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    lost: list[str] = []
    for name in folders:
        program = measured(Path(name).resolve())
        for framework, (sites, recovered) in rows(program).items():
            total[framework] += sites
            found[framework] += recovered
        reasons = {item.span: item.reason for item in program.unresolved}
        for site in program.sites:
            if not site.is_recovered:
                why = reasons.get(site.span) or f"unresolved in {', '.join(site.reported_in) or 'a notice'}"
                lost.append(f"{name}/{site.span}: [{site.framework}] {site.constructor}: {why}")
    print(ROW.format("framework", "sites", "recovered", "unresolved"))
    for framework in sorted(total):
        print(ROW.format(framework, total[framework], found[framework], total[framework] - found[framework]))
    print(ROW.format("all", total.total(), found.total(), total.total() - found.total()))
    print(*lost, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
