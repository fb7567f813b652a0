"""How long `wflint check` takes, as a multiple of what libcst needs to parse the files that import a framework.

    python benchmarks/check.py PATH [ROUNDS]

Prints the floor (a bare `libcst.parse_module` of those files), then a cold run (an empty cache) and a warm one (the
same cache again), each as a ratio to the floor, and warm to cold: in time as it passes, then in processor time, which
adds up what several processors do. All of it in processes of their own, in turn, the fastest round of each counting:
the machine's other work only ever adds. Python keeps its own modules compiled, as it does for users.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

FLOOR = """
import sys, time
from pathlib import Path
from wflint.frontends import FRONT_ENDS
from wflint.source.cache import NoCache
from wflint.source.discover import discover
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.repository import Repository
import libcst
root = Path(sys.argv[1]).resolve()
repository = Repository(discover(root, (root,)), NoCache())
names = tuple(name.encode() for end in FRONT_ENDS for name in end.modules)
texts = [repository.text(path) for path in repository.paths if repository.holds(path, ImportPrefilter(names))]
start, spent = time.perf_counter(), time.process_time()
for text in texts:
    try:
        libcst.parse_module(text)
    except libcst.ParserSyntaxError:
        pass
print(len(texts), sum(map(len, texts)), time.perf_counter() - start, time.process_time() - spent)
"""


USERS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds as they pass, and seconds of processors."""

    passed: float
    spent: float


def main(path: str, rounds: int) -> None:
    """Measure and print."""
    floors: list[Taken] = []
    colds: list[Taken] = []
    warms: list[Taken] = []
    files = size = 0
    for _ in range(rounds):
        command = [sys.executable, "-c", FLOOR, path]
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=USERS).stdout
        files, size = int(said.split()[0]), int(said.split()[1])
        floors.append(Taken(float(said.split()[2]), float(said.split()[3])))
        with tempfile.TemporaryDirectory() as cache:
            colds.append(_check(path, cache))
            warms.append(_check(path, cache))
    print(f"files that import a framework   {files} ({size / 1e6:.2f} MB)")
    print("time as it passes")
    _report(*(min(taken.passed for taken in times) for times in (floors, colds, warms)))
    print("processor time")
    _report(*(min(taken.spent for taken in times) for times in (floors, colds, warms)))


def _report(floor: float, cold: float, warm: float) -> None:
    print(f"  libcst parses them in         {floor:.2f} s (the floor)")
    print(f"  cold check                    {cold:.2f} s = {cold / floor:.2f} x floor")
    print(f"  warm check                    {warm:.2f} s = {warm / cold:.3f} x cold")


def _check(path: str, cache: str) -> Taken:
    """What a whole `wflint check` takes, start-up and worker processes included."""
    command = [sys.executable, "-m", "wflint", "check", ".", "--cache-dir", cache, "--quiet", "--exit-zero"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, cwd=path, env=USERS)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return Taken(end - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
