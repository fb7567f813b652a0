"""A cold `wflint check` of two builds side by side: processor seconds and peak memory.

    python benchmarks/cold.py OLD_PYTHON NEW_PYTHON FOLDER... [--rounds N] [--seconds RATIO] [--memory RATIO]

OLD_PYTHON and NEW_PYTHON are the interpreters of two environments, each with a build of wflint in it. The builds take
turns, and the median of the rounds (three by default) counts: trust the ratios, not the seconds. Worker processes are
counted in. `--seconds` and `--memory` are the ratios to reach.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from targets import HEADER, Row

USERS = {name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}}
"""As users have it: Python keeps its own modules compiled, and each build finds itself only."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Processor seconds, and megabytes at the peak; or what share of them is allowed."""

    seconds: float
    megabytes: float


def main(old: str, new: str, folders: list[Path], rounds: int, targets: Taken) -> None:
    """Prints two lines a folder."""
    print(HEADER)
    for folder in folders:
        _check(new, folder)  # files come into memory, modules get compiled
        runs = [(_check(old, folder), _check(new, folder)) for _ in range(rounds)]
        before, after = (_middle([run[side] for run in runs]) for side in (0, 1))
        print(Row(folder.name, "cold, seconds", before.seconds, after.seconds, targets.seconds))
        print(Row(folder.name, "cold, megabytes", before.megabytes, after.megabytes, targets.megabytes), flush=True)


def _middle(runs: list[Taken]) -> Taken:
    return Taken(median(run.seconds for run in runs), median(run.megabytes for run in runs))


def _check(python: str, folder: Path) -> Taken:
    command = [python, "-m", "wflint", "check", ".", "--no-cache", "--quiet", "--exit-zero"]
    process = subprocess.Popen(command, cwd=folder, env=USERS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} in {folder} ended with {process.returncode}")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Taken(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--memory", type=float, default=0.6)
    given = parser.parse_args()
    main(given.old, given.new, given.folders, given.rounds, Taken(given.seconds, given.memory))
