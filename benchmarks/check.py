"""How long `wflint check` takes, as a multiple of what libcst needs to parse the files that import a framework.

    python benchmarks/check.py PATH [ROUNDS]

Prints the floor (a bare `libcst.parse_module` of those files), then a cold run (an empty cache) and a warm one (the
same cache again), each as a ratio to the floor, and warm to cold. Processor time, all of it in processes of their own,
in turn, the fastest round of each counting: the machine's other work only ever adds.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

FLOOR = """
import sys, time
from pathlib import Path
from wflint.frontends import FRONT_ENDS
from wflint.source.cache import NoCache
from wflint.source.discover import discover
from wflint.source.repository import Repository
import libcst
root = Path(sys.argv[1]).resolve()
repository = Repository(discover(root, (root,)), NoCache())
names = tuple(name.encode() for end in FRONT_ENDS for name in end.modules)
texts = [repository.text(path) for path in repository.mentioning(names, lambda path: True)]
start = time.process_time()
for text in texts:
    try:
        libcst.parse_module(text)
    except libcst.ParserSyntaxError:
        pass
print(len(texts), sum(map(len, texts)), time.process_time() - start)
"""


def main(path: str, rounds: int) -> None:
    """Measure and print."""
    floors: list[float] = []
    colds: list[float] = []
    warms: list[float] = []
    files = size = 0
    for _ in range(rounds):
        said = subprocess.run([sys.executable, "-c", FLOOR, path], capture_output=True, text=True, check=True).stdout
        files, size = int(said.split()[0]), int(said.split()[1])
        floors.append(float(said.split()[2]))
        with tempfile.TemporaryDirectory() as cache:
            colds.append(_check(path, cache))
            warms.append(_check(path, cache))
    floor, cold, warm = min(floors), min(colds), min(warms)
    print(f"files that import a framework   {files} ({size / 1e6:.2f} MB)")
    print(f"libcst parses them in           {floor:.2f} s (the floor)")
    print(f"cold check                      {cold:.2f} s = {cold / floor:.2f} x floor")
    print(f"warm check                      {warm:.2f} s = {warm / cold:.3f} x cold")


def _check(path: str, cache: str) -> float:
    """The processor time of a whole `wflint check`, start-up included."""
    command = [sys.executable, "-m", "wflint", "check", ".", "--cache-dir", cache, "--quiet", "--exit-zero"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, cwd=Path(path))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
