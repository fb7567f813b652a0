"""What an edit of one file costs, for two builds side by side.

    python benchmarks/edit.py OLD_WFLINT PATH:FILE... [--rounds N]

`OLD_WFLINT` is the command of another build, `PATH:FILE` a repository and the file in it that is edited. Each one
is copied; the copies are checked cold, again unchanged, after a function was added to the file, and that file alone
after another one (what a hook does). Printed are seconds of processor of all processes, the median of the rounds, and
how they compare with the older build's cold and unchanged runs, and with a bare `import click`.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from targets import HEADER, Row

USERS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
OTHERS = {name: value for name, value in USERS.items() if name != "PYTHONPATH"}
"""For the other build, which must not find this one."""
NEW = (sys.executable, "-m", "wflint")
BARE = (sys.executable, "-c", "import click")


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of processor."""

    cold: float
    unchanged: float
    edited: float
    hook: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("old")
    parser.add_argument("repositories", nargs="+", metavar="PATH:FILE")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(HEADER)
    for named in asked.repositories:
        path, _, file = named.rpartition(":")
        builds: dict[str, list[Costs]] = {"old": [], "new": []}
        for _ in range(asked.rounds):
            builds["old"].append(measured((asked.old,), Path(path), file))
            builds["new"].append(measured(NEW, Path(path), file))
        report(Path(path).name, median(builds["old"]), median(builds["new"]))


def measured(command: Sequence[str], path: Path, file: str) -> Costs:
    """One round of one build, in a copy with a cache of its own."""
    with tempfile.TemporaryDirectory() as folder:
        copy, cache = Path(folder) / "repository", Path(folder) / "cache"
        shutil.copytree(path, copy, symlinks=True)
        (copy / ".git").mkdir(exist_ok=True)
        cold, unchanged = check(command, copy, ".", cache), check(command, copy, ".", cache)
        edit(copy / file, "once")
        edited = check(command, copy, ".", cache)
        edit(copy / file, "twice")
        return Costs(cold, unchanged, edited, check(command, copy, file, cache))


def edit(file: Path, text: str) -> None:
    """Add a function at the end."""
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"\n\ndef added_{text}(value: int) -> int:\n    return value + 1\n")


def check(command: Sequence[str], folder: Path, wanted: str, cache: Path) -> float:
    """What one `wflint check` takes, start-up and worker processes included."""
    whole = (*command, "check", wanted, "--cache-dir", str(cache), "--quiet", "--exit-zero")
    return run(whole, folder, USERS if command is NEW else OTHERS)


def run(command: Sequence[str], folder: Path, env: dict[str, str]) -> float:
    """The seconds of processor that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, cwd=folder, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(rounds: Sequence[Costs]) -> Costs:
    """Each cost by itself."""
    return Costs(
        statistics.median(each.cold for each in rounds),
        statistics.median(each.unchanged for each in rounds),
        statistics.median(each.edited for each in rounds),
        statistics.median(each.hook for each in rounds),
    )


def report(name: str, old: Costs, new: Costs) -> None:
    """The rows of one repository."""
    bare = statistics.median(run(BARE, Path.cwd(), USERS) for _ in range(5))
    print(Row(name, "unchanged", old.unchanged, new.unchanged, 0.5))
    print(Row(name, "edited, whole repository", old.edited, new.edited, 0.15, old.cold))
    print(Row(name, "edited, that file (a hook)", old.hook, new.hook, 0.10, old.cold))
    print(Row(name, "a hook to `import click`", bare, new.hook, 6), flush=True)


if __name__ == "__main__":
    main()
