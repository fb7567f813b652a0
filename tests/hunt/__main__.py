"""The long hunt, by hand: `python -m tests.hunt --inputs 3000`, and `--show N` to see what an input was.

Two processes with different hash seeds go through the same inputs, so that their words can be compared.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from tests.hunt.inputs import input_of
from tests.hunt.messages import SESSIONS, faults
from tests.hunt.observing import Hung, observed, written

SECONDS = 60
"""Processor time that an input may take."""

MEMORY = 4 << 30

SESSION = 1_000
"""Messages of a session."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a process says of an input."""

    number: int
    faults: tuple[str, ...]
    digest: str
    seconds: float


def main() -> int:
    """Hunt, or show an input."""
    parser = argparse.ArgumentParser(prog="python -m tests.hunt")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=3_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--step", type=int, default=1, help="go through every N-th input only")
    parser.add_argument("--again", type=int, default=1, help="compare two runs of every N-th input")
    parser.add_argument("--show", type=int)
    parser.add_argument("--messages", type=int, default=0, help="send so many odd messages to each server instead")
    parser.add_argument("--child", action="store_true")
    asked = parser.parse_args()
    if asked.show is not None:
        return show(asked.seed, asked.show)
    if asked.messages:
        return sent(asked.seed, asked.messages)
    if asked.child:
        return go_through(asked.seed, range(asked.start, asked.inputs, asked.step))
    return compared(asked.seed, range(asked.start, asked.inputs), asked.again)


def say(*lines: str) -> None:
    """Write lines at once, so that they can be followed."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def show(seed: int, number: int) -> int:
    """Write an input down and say what comes of it."""
    shown = input_of(seed, number)
    folder = Path(tempfile.mkdtemp(prefix=f"hunt-{seed}-{number}-"))
    written(shown.files, folder)
    say(str(folder), shown.name, " ".join(shown.command))
    found = observed(folder, shown.command)
    say(found.err.decode(errors="replace")[-8_000:], *found.faults)
    return 0


def sent(seed: int, count: int) -> int:
    """Sessions of odd messages with each server; every fault in a line."""
    bad = 0
    for number, kind in itertools.product(range(-(-count // SESSION)), SESSIONS):
        found = faults(kind, seed + number, SESSION)
        bad += bool(found)
        say(*(f"{kind} of seed {seed + number}: {fault}" for fault in found), f"# {(number + 1) * SESSION} to {kind}")
    say(f"{count} messages to each server, {bad} sessions with faults")
    return 1 if bad else 0


def go_through(seed: int, numbers: range) -> int:
    """Each input in turn, a line of JSON for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _give_up)
    with tempfile.TemporaryDirectory() as top:
        for number in numbers:
            say(json.dumps(asdict(_line(seed, number, Path(top) / str(number)))))
    return 0


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise Hung


def _line(seed: int, number: int, folder: Path) -> Line:
    given = input_of(seed, number)
    written(given.files, folder)
    digest, begun = "", _spent()
    faults: tuple[str, ...] = ()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        found = observed(folder, given.command)
    except Hung:
        faults = (f"no end within {SECONDS} seconds",)
    else:
        faults = found.faults
        said = str(found.code).encode() + found.out + found.err
        digest = hashlib.sha256(said.replace(os.fsencode(folder), b"")).hexdigest()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Line(number, faults, digest, round(_spent() - begun, 3))


def _spent() -> float:
    times = os.times()
    return times.user + times.system


def compared(seed: int, numbers: range, again: int) -> int:
    """Two processes side by side; every fault, every difference and every long run in a line."""
    first, second = _Process(seed, numbers, hash_seed=0), _Process(seed, numbers[::again], hash_seed=1)
    bad = 0
    for number in numbers:
        lines = [process.line(number) for process in (first, second) if number in process.numbers]
        faults = list(dict.fromkeys(fault for line in lines for fault in line.faults))
        if not faults and len({line.digest for line in lines}) > 1:
            faults = ["two runs differ"]
        slow = [f"takes {line.seconds} s" for line in lines if line.seconds > SECONDS / 6]
        bad += bool(faults)
        if faults or slow:
            say(f"{number}  {input_of(seed, number).name}", *(f"   {text}" for text in (*faults, *slow)))
        if number % 100 == 99:
            say(f"# {number + 1}")
    say(f"{len(numbers)} inputs of seed {seed}, {bad} with faults")
    return 1 if bad else 0


class _Process:
    """A child that goes through inputs, made anew behind one that ends it."""

    def __init__(self, seed: int, numbers: range, *, hash_seed: int) -> None:
        self._seed, self.numbers, self._hash_seed = seed, numbers, hash_seed
        self._child = self._started(numbers)

    def line(self, number: int) -> Line:
        """What it says of the next input."""
        assert self._child.stdout is not None
        text = self._child.stdout.readline()
        if text:
            return Line(**json.loads(text))
        code = self._child.wait()
        self._child = self._started(self.numbers[self.numbers.index(number) + 1 :])
        return Line(number, (f"the process ended with {code}",), "", 0.0)

    def _started(self, numbers: range) -> subprocess.Popen[str]:
        span = [f"--start={numbers.start}", f"--inputs={numbers.stop}", f"--step={numbers.step}"]
        return subprocess.Popen(  # noqa: S603 (itself)
            [sys.executable, "-m", "tests.hunt", "--child", f"--seed={self._seed}", *span],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": str(self._hash_seed)},
            text=True,
        )


if __name__ == "__main__":
    sys.exit(main())
