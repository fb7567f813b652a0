"""How long `wflint --version` takes, as a multiple of a bare `import click`.

    python benchmarks/startup.py [ROUNDS]

Both in processes of their own, by turns, the fastest of each counting. Python keeps its modules compiled, as for users.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

BARE = (sys.executable, "-c", "import click")
VERSION = (sys.executable, "-m", "wflint", "--version")
USERS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main(rounds: int) -> None:
    """Measure and print."""
    bare, version = [], []
    for _ in range(rounds):
        bare.append(_process(BARE))
        version.append(_process(VERSION))
    print(f"import click      {min(bare) * 1000:.0f} ms (the floor)")
    print(f"wflint --version  {min(version) * 1000:.0f} ms = {min(version) / min(bare):.2f} x floor")


def _process(command: tuple[str, ...]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, env=USERS, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
