"""Runs programs one after the other with what they import loaded once; a framework takes seconds to import.

`PYTHON forked.py SECONDS PROGRAM...`, with the Python that has the framework; it takes the standard library only.
Each program runs in a process that is forked off, in a folder of its own, and comes to one line of JSON: its name, its
exit code, the last line that it printed, and the end of what it said on the way.
"""

from __future__ import annotations

import ast
import json
import os
import runpy
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path


def load(programs: list[Path]) -> None:
    """Import what the programs import, as far as it is there."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in programs)
    found = (node for tree in trees for node in tree.body)
    modules = {node.module for node in found if isinstance(node, ast.ImportFrom) and node.module}
    for name in sorted(modules - {"__future__"}):
        with suppress(Exception):  # the program itself says what it lacks
            import_module(name)


def run(path: Path, seconds: float) -> dict[str, object]:
    """Run a program in a process of its own; it is stopped when its time is over."""
    with tempfile.TemporaryDirectory() as folder:
        printed, said = Path(folder, "stdout"), Path(folder, "stderr")
        child = os.fork()
        if not child:
            _become(path, Path(folder), printed, said)
        code = _wait(child, time.monotonic() + seconds)
        lines = printed.read_text(encoding="utf-8", errors="replace").splitlines()
        problem = said.read_text(encoding="utf-8", errors="replace").strip()[-300:]
    return {"name": path.stem, "code": code, "line": lines[-1] if lines else "", "problem": problem}


def _become(path: Path, folder: Path, printed: Path, said: Path) -> None:
    """Run the program and end this process, whatever happens."""
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for descriptor, target in ((1, printed), (2, said)):
            os.dup2(os.open(target, os.O_WRONLY | os.O_CREAT), descriptor)
        os.chdir(folder)
        sys.argv = [str(path)]
        runpy.run_path(str(path), run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 (its traceback is the answer)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(child: int, end: float) -> int:
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return 124
        time.sleep(0.02)


def main() -> None:
    """Run all of them."""
    seconds, programs = float(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    load(programs)
    for path in programs:
        print(json.dumps(run(path, seconds)), flush=True)


if __name__ == "__main__":
    main()
