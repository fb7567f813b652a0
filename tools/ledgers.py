"""Effective tokens of each step against ledgers: `python tools/ledgers.py FOLDER` prints a row a trace file.

FOLDER holds a folder for each case: trace files, the program that ran in `src/`, and `ledger.json` with the tokens of
each step (`{"steps": {NAME: {"et": ...}}}`). A folder with `truth/NAME.json` (calls in order) beside `src/` and
`NAME*.jsonl` is read, too. A step is right within one per cent; else what the trace says is missing is printed below.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from wflint.config import CostSettings
from wflint.model.recorded import Recording
from wflint.model.workflow import Workflow
from wflint.request import CacheChoice, Request
from wflint.survey import survey
from wflint.traces.analysis.audit import audit_traces
from wflint.traces.reading.reading import read

CLOSE = 0.01


class Case(Struct, frozen=True):
    """A trace file, the source that ran, and what each step cost in truth."""

    trace: Path
    source: Path
    truth: dict[str, float]
    runs: tuple[dict[str, float], ...] = ()
    """The same for each run, where the ledger has it: a file may hold some of the runs."""


def cases(folder: Path) -> Iterator[Case]:
    """Both layouts of a folder."""
    for ledger in sorted(folder.rglob("ledger.json")):
        told = json.loads(ledger.read_text(encoding="utf-8"))
        steps, runs = told["steps"], tuple(_added_up({"runs": [run]}) for run in told.get("runs", ()))
        truth = {name: step["et"] for name, step in steps.items()}
        for trace in sorted(ledger.parent.iterdir()):
            if trace.suffix in {".jsonl", ".json", ".txt", ".gz"} and trace != ledger:
                yield Case(trace, ledger.parent / "src", truth, runs)
    for ledger in sorted(folder.glob("truth/*.json")):
        for trace in sorted(folder.glob(f"{ledger.stem}*.jsonl")) or sorted(folder.glob(f"{_whole(ledger)}.jsonl")):
            yield Case(trace, folder / "src", _added_up(json.loads(ledger.read_text(encoding="utf-8"))))


def _whole(ledger: Path) -> str:
    name, _, source = ledger.stem.partition(".")
    return f"{name}.{source}*"


def _of_as_many_runs(case: Case, found: Recording) -> list[dict[str, float]]:
    """The ledger, and what it says of as many runs in a row as the file holds."""
    number = len(found.runs)
    parts = [case.runs[at : at + number] for at in range(len(case.runs) - number + 1)] if number else []
    return [case.truth, *({name: sum(run.get(name, 0.0) for run in part) for name in case.truth} for part in parts)]


def _added_up(ledger: dict[str, list[dict[str, list[dict[str, object]]]]]) -> dict[str, float]:
    weights = CostSettings()
    truth: dict[str, float] = defaultdict(float)
    for run in ledger["runs"]:
        for call in run["calls"]:
            counts = [call.get(name, 0) for name in ("input", "cached", "output")]
            given, cached, written = (number if isinstance(number, int) else 0 for number in counts)
            if given or written:
                truth[str(call["step"])] += given - cached + weights.cached * cached + weights.output * written
    return truth


def verdicts(truth: dict[str, float], found: Recording) -> dict[str, str]:
    """For each step of a ledger: right, unknown, or the two numbers; agents of one name in two workflows are one."""
    known: dict[str, float] = defaultdict(float)
    for step in found.steps:
        if step.et is not None:
            known[step.step] += step.et
    said = {}
    for name, et in truth.items():
        if name not in known:
            said[name] = f"unknown{_why(name, found)}"
        elif abs(known[name] - et) <= CLOSE * max(et, 1.0):
            said[name] = "right"
        else:
            said[name] = f"{known[name]:,.1f}, not {et:,.1f}{_why(name, found)}"
    return said


def _why(name: str, found: Recording) -> str:
    """Whether the recording itself says that it does not know all of it."""
    said = [one.reason for one in found.missing if one.step == name or (one.part == "tokens" and one.step is None)]
    runs = sum(one.part in {"tokens", "parents", "final assembly"} for one in found.missing)
    return ", and it says so" if said or runs else ""


def main(arguments: list[str]) -> None:
    """Print the table."""
    workflows: dict[Path, tuple[Workflow, ...]] = {}
    totals: dict[str, int] = defaultdict(int)
    for case in cases(Path(arguments[0])):
        if case.source not in workflows:
            request = replace(Request.of(case.source), cache=CacheChoice(is_off=True))
            workflows[case.source] = survey(request).program.workflows
        found = audit_traces(read((case.trace,)), workflows[case.source])
        said = min(
            (verdicts(truth, found) for truth in _of_as_many_runs(case, found)),
            key=lambda each: sum(verdict != "right" for verdict in each.values()),
        )
        right = sum(verdict == "right" for verdict in said.values())
        totals["right"] += right
        totals["unknown"] += sum(verdict.startswith("unknown") for verdict in said.values())
        totals["steps"] += len(said)
        name = case.trace.relative_to(Path(arguments[0]).resolve() if case.trace.is_absolute() else Path(arguments[0]))
        print(f"{name!s:70} {right:3} of {len(said):3}  {'' if found.et is None else f'{found.et:,.1f}':>12}")
        for step, verdict in said.items():
            if verdict != "right":
                print(f"    {step}: {verdict}")
        if right < len(said):
            reasons = dict.fromkeys([one.reason for one in found.missing if one.run is None or "token" in one.reason])
            reasons |= dict.fromkeys(f"{one.calls} calls unattributed: {one.reason}" for one in found.unattributed)
            for reason in list(reasons)[:4]:
                print(f"    missing: {reason}")
    print(f"{totals['right']} right, {totals['unknown']} unknown, of {totals['steps']} steps")


if __name__ == "__main__":
    main(sys.argv[1:])
