"""What the edits of a real history cost: each commit is checked with what is kept of the one before it.

    python benchmarks/history.py REPOSITORY... [--commits N]

`REPOSITORY` is a git repository, bare or not. Its last commits that touch Python are checked out one after the other
and checked with one cache. Printed are how many of them concerned a workflow at all, how many of these had something
evaluated again, and seconds of processor: of a run from nothing, and the median of both kinds of edits.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from wflint.audit import audit
from wflint.recovery import evaluation, recovering
from wflint.recovery.records import Record
from wflint.recovery.units import Unit
from wflint.request import CacheChoice, Request


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("repositories", nargs="+", metavar="REPOSITORY", type=Path)
    parser.add_argument("--commits", type=int, default=20)
    asked = parser.parse_args()
    print(f"{'repository':<40} commits  concerned  evaluated   cold s  evaluated s  moved s")
    for path in asked.repositories:
        with tempfile.TemporaryDirectory() as folder:
            print(row(path, asked.commits, Path(folder)), flush=True)


def row(path: Path, commits: int, folder: Path) -> str:
    """The figures of one repository."""
    counts = Counts()
    tree, cache = folder / "tree", CacheChoice(folder / "cache")
    tree.mkdir()
    hashes = git(path, tree, "log", "--first-parent", f"-{commits + 1}", "--format=%H", "--", "*.py").split()[::-1]
    cold, evaluated, moved = 0.0, list[float](), list[float]()
    for number, commit in enumerate(hashes):
        git(path, tree, "read-tree", "--reset", "-u", commit)
        counts.evaluated = counts.revised = 0
        before = time.process_time()
        audit(Request(tree, (tree,), cache=cache))
        spent = time.process_time() - before
        if number == 0:
            cold = spent
        elif counts.evaluated:
            evaluated.append(spent)
        elif counts.revised:
            moved.append(spent)
    concerned = len(evaluated) + len(moved)
    figures = f"{cold:>8.2f} {middle(evaluated):>12} {middle(moved):>8}"
    return f"{path.parent.name or path.name:<40} {len(hashes) - 1:>7} {concerned:>10} {len(evaluated):>10} {figures}"


def middle(values: list[float]) -> str:
    """The median, as it is printed."""
    return f"{statistics.median(values):.2f}" if values else "-"


class Counts:
    """How many units a run evaluates, and how many it takes from the run before."""

    def __init__(self) -> None:
        self.evaluated = self.revised = 0
        record, revised = evaluation.Evaluator.record, recovering._Work._revised  # noqa: SLF001

        def counted(evaluator: evaluation.Evaluator, unit: Unit) -> Record:
            self.evaluated += 1
            return record(evaluator, unit)

        def moved(work: recovering._Work, unit: Unit) -> Record | None:
            found = revised(work, unit)
            self.revised += found is not None
            return found

        evaluation.Evaluator.record = counted  # type: ignore[method-assign]
        recovering._Work._revised = moved  # type: ignore[method-assign]  # noqa: SLF001


def git(path: Path, tree: Path, *arguments: str) -> str:
    """What a git command on the history prints; files go to `tree`."""
    folder = path / ".git" if (path / ".git").exists() else path
    environment = {**os.environ, "GIT_INDEX_FILE": str(tree.parent / "index")}
    command = ("git", f"--git-dir={folder.resolve()}", f"--work-tree={tree}", *arguments)
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{path}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
