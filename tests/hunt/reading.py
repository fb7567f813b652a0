"""Processes that go through inputs, one warm process for many of them, and what each says of an input."""

from __future__ import annotations

import faulthandler
import gc
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

import msgspec
from msgspec import Struct

from tests.hunt.inputs import input_of
from tests.hunt.observing import WRITING, Hung, observed, outside_of, written

SECONDS = 30
"""Processor time that an input may take."""

SLOW = 3
"""Seconds of processor time that are worth a look."""

PATIENCE = 300
"""Seconds by the clock after which a process that hangs where no signal reaches it shows where, and ends."""

CEILING = 4 << 30
"""Bytes of address space; what wants more fails."""

MEGABYTES = 200
"""What an input may take of memory that the process had not taken yet."""

INPUTS = 1_000
"""Inputs of a process."""

KEPT = 150
"""Megabytes that may be left of a process's inputs at its end."""

WARM = 100
"""Inputs after which all is imported that ever is."""


class Line(Struct, frozen=True):
    """What a process says of an input: `megabytes` is the most that it has held at a time."""

    number: int
    kind: str
    faults: tuple[str, ...]
    digest: str
    seconds: float
    megabytes: int = 0


def go_through(seed: int, numbers: range, *, is_cached: bool) -> int:
    """Each input in turn, a line of JSON for each."""
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    signal.signal(signal.SIGPROF, _give_up)
    gc.disable()  # as the command line has it
    with tempfile.TemporaryDirectory(prefix="hunt-") as top:
        outside_of(Path(top))
        cache = Path(top) / "cache" if is_cached else None
        warm = 0
        for count, number in enumerate(numbers, start=1):
            if count % WARM == 0:
                warm = warm or _held()
                gc.collect()
            line = _line(seed, number, Path(top) / "root", cache)
            if count == len(numbers) > WARM and (held := _held()) > warm + KEPT:
                kept = f"{held - warm} MB are left of the inputs before"
                line = msgspec.structs.replace(line, faults=(*line.faults, kept))
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
            sys.stdout.flush()
    return 0


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise Hung


def _line(seed: int, number: int, folder: Path, cache: Path | None) -> Line:
    given = input_of(seed, number)
    written(given.files, folder, given.links)
    digest, begun, held = "", _spent(), _most()
    faults: tuple[str, ...] = ()
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        found = observed(folder, given.command, None if given.command in WRITING else cache)
    except Hung:
        faults = (f"no end within {SECONDS} seconds",)
    else:
        faults = found.faults
        said = str(found.code).encode() + found.out + found.err
        digest = hashlib.sha256(said.replace(os.fsencode(folder), b"")).hexdigest()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        shutil.rmtree(folder)
    if number and _most() - held > MEGABYTES:
        faults = (*faults, f"takes {_most() - held} MB")
    return Line(number, given.kind, faults, digest, round(_spent() - begun, 3), _most())


def _spent() -> float:
    times = os.times()
    return times.user + times.system


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _held() -> int:
    """Megabytes that the process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() >> 20


class Reader:
    """A child that goes through inputs, made anew after so many of them and behind one that ends it."""

    def __init__(self, seed: int, numbers: range, *, hash_seed: int, is_cached: bool, most: int = INPUTS) -> None:
        self._seed, self.numbers, self._hash_seed, self._is_cached = seed, numbers, hash_seed, is_cached
        self._left, self._most = numbers, most
        self._child = self._started()

    def line(self, number: int) -> Line:
        """What it says of the next input."""
        text = self._said()
        if not text and self.ended() == 0:
            self._child = self._started()
            text = self._said()
        if text:
            return msgspec.json.decode(text, type=Line)
        code = self.ended()
        self._left = self.numbers[self.numbers.index(number) + 1 :]
        self._child = self._started()
        return Line(number, input_of(self._seed, number).kind, (f"the process ended with {code}",), "", 0.0)

    def ended(self) -> int:
        """The exit code of the child, which has no more to say."""
        if self._child.stdout is not None:
            self._child.stdout.close()
        return self._child.wait(PATIENCE)

    def _said(self) -> bytes:
        assert self._child.stdout is not None
        return self._child.stdout.readline()

    def _started(self) -> subprocess.Popen[bytes]:
        now, self._left = self._left[: self._most], self._left[self._most :]
        span = [f"--start={now.start}", f"--inputs={now.stop}", f"--step={now.step}", f"--seed={self._seed}"]
        return subprocess.Popen(  # noqa: S603 (itself)
            [sys.executable, "-m", "tests.hunt", f"--child={'cached' if self._is_cached else 'uncached'}", *span],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": str(self._hash_seed)},
        )
