"""Where the evaluation of folders ran out of budget: `python tools/cuts.py FOLDER...`.

For each folder the processor seconds and the notices about budgets, those in files that build workflows apart; then
each of the latter with what was cut short, after how many steps, and the construction sites of the file that no
workflow shows. Last a table of the causes: what ran out is the share of a call or of a loop, or the budget of a
statement, of a definition that nobody calls, or of a module.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from msgspec import Struct

from wflint.model.containment import Containment
from wflint.model.patterns import pattern
from wflint.model.program import Notice, Program
from wflint.request import CacheChoice, Request
from wflint.source.cache import NoCache
from wflint.survey import recover

CUT = pattern(r"the evaluation of (?P<subject>.+) was cut short after (?P<steps>\d+) steps: ")
CAUSES = {
    "this loop": "loop",
    "this statement": "statement",
    "this definition": "definition",
    "the code from here on": "module",
}
ROW = "{:<12}{:>10}{:>12}{:>14}"


class Cut(Struct, frozen=True):
    """A notice about a budget; `lost` are the constructors in its file that no workflow shows."""

    notice: Notice
    subject: str
    steps: int
    builds: bool
    lost: tuple[str, ...]

    @property
    def cause(self) -> str:
        """What ran out."""
        return CAUSES.get(self.subject, "call")

    @property
    def line(self) -> str:
        """The notice in short."""
        lost = f"; not shown: {', '.join(self.lost)}" if self.lost else ""
        return f"    {self.notice.span}: {self.cause} {self.subject} after {self.steps} steps{lost}"


def cuts(program: Program) -> tuple[Cut, ...]:
    """The notices about budgets."""
    building = {flow.span.path for flow in program.workflows} | {site.span.path for site in program.sites}
    missing = [site for site in program.sites if not site.is_recovered]
    found = []
    for notice in program.notices:
        told = CUT.match(notice.message)
        path = notice.span.path
        if told is not None:
            lost = tuple(f"{site.constructor} at {site.span.line}" for site in missing if site.span.path == path)
            found.append(Cut(notice, told["subject"], int(told["steps"]), path in building, lost))
    return tuple(found)


def main(folders: list[str]) -> None:
    """Print folders, notices and the table."""
    total: Counter[str] = Counter()
    builds: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    for name in folders:
        root = Path(name).resolve()
        begun = time.process_time()
        program = recover(Request(root, (root,), cache=CacheChoice(is_off=True)), Containment(), NoCache()).program
        seconds = time.process_time() - begun
        found = cuts(program)
        telling = [cut for cut in found if cut.builds]
        print(
            f"{root.name}: {seconds:.1f} s, {len(found)} notices, {len(telling)} where workflows are built", flush=True
        )
        print(*(cut.line for cut in telling), sep="\n", end="\n" if telling else "")
        total.update(cut.cause for cut in found)
        builds.update(cut.cause for cut in telling)
        for cut in found:
            steps[cut.cause] += cut.steps
    print(ROW.format("ran out", "notices", "in builders", "steps in all"))
    for cause in sorted(total):
        print(ROW.format(cause, total[cause], builds[cause], steps[cause]))
    print(ROW.format("all", total.total(), builds.total(), steps.total()))


if __name__ == "__main__":
    main(sys.argv[1:])
