"""The long hunt, by hand: `python -m tests.hunt --inputs 100000`, and `--show N` to see what an input was.

A warm process goes through the inputs, a new one after each thousand of them. Another one, with another hash seed and a
cache, goes through some of them again: its words have to be the same.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.hunt.inputs import input_of
from tests.hunt.messages import SESSIONS, faults
from tests.hunt.observing import observed, outside_of, written
from tests.hunt.reading import SLOW, Line, Reader, go_through

SESSION = 1_000
"""Messages of a session."""


def main() -> int:
    """Hunt, or show an input."""
    parser = argparse.ArgumentParser(prog="python -m tests.hunt")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=3_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--step", type=int, default=1, help="go through every N-th input only")
    parser.add_argument("--again", type=int, default=50, help="compare two runs of every N-th input")
    parser.add_argument("--show", type=int)
    parser.add_argument("--messages", type=int, default=0, help="send so many odd messages to each server instead")
    parser.add_argument("--child", choices=("cached", "uncached"))
    asked = parser.parse_args()
    if asked.show is not None:
        return show(asked.seed, asked.show)
    if asked.messages:
        return sent(asked.seed, asked.start, asked.messages)
    numbers = range(asked.start, asked.inputs, asked.step)
    if asked.child:
        return go_through(asked.seed, numbers, is_cached=asked.child == "cached")
    return compared(asked.seed, numbers, asked.again)


def say(*lines: str) -> None:
    """Write lines at once, so that they can be followed."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def show(seed: int, number: int) -> int:
    """Write an input down and say what comes of it."""
    shown = input_of(seed, number)
    top = Path(tempfile.mkdtemp(prefix=f"hunt-{seed}-{number}-"))
    outside_of(top)
    written(shown.files, top / "root", shown.links)
    say(str(top / "root"), shown.name, " ".join(shown.command))
    found = observed(top / "root", shown.command)
    say(found.err.decode(errors="replace")[-8_000:], *found.faults)
    return 0


def sent(seed: int, start: int, count: int) -> int:
    """Sessions of odd messages with each server; every fault in a line."""
    bad = 0
    for number, kind in itertools.product(range(start // SESSION, -(-count // SESSION)), SESSIONS):
        found = faults(kind, seed + number, SESSION)
        bad += bool(found)
        say(*(f"{kind} of seed {seed + number}: {fault}" for fault in found), f"# {(number + 1) * SESSION} to {kind}")
    say(f"{count - start} messages to each server, {bad} sessions with faults")
    return 1 if bad else 0


def compared(seed: int, numbers: range, again: int) -> int:
    """Two processes side by side; every fault, every difference and every long run in a line."""
    first = Reader(seed, numbers, hash_seed=0, is_cached=False)
    second = Reader(seed, numbers[::again], hash_seed=1, is_cached=True)
    bad, most, kinds, begun = 0, 0, Counter[str](), time.monotonic()
    for count, number in enumerate(numbers, start=1):
        line = first.line(number)
        lines = [line, second.line(number)] if number in second.numbers else [line]
        kinds[line.kind] += 1
        most = max(most, line.megabytes)
        found = told_of(lines)
        bad += bool(found)
        slow = [f"takes {line.seconds} s" for line in lines if line.seconds > SLOW]
        if found or slow:
            say(f"{number}  {input_of(seed, number).name}", *(f"   {text}" for text in (*found, *slow)))
        if count % 1000 == 0:
            each = (time.monotonic() - begun) / count * 1000
            say(f"# {count} read, {bad} with faults, {each:.0f} ms each, at most {most} MB")
    bad += sum(reader.ended() != 0 for reader in (first, second))
    say(f"{len(numbers)} inputs of seed {seed}, {bad} with faults, at most {most} MB: {dict(kinds.most_common())}")
    return 1 if bad else 0


def told_of(lines: list[Line]) -> list[str]:
    """The faults of an input, those of either process, and a difference between the two."""
    found = list(dict.fromkeys(fault for line in lines for fault in line.faults))
    if not found and len({line.digest for line in lines}) > 1:
        return ["two runs differ"]
    return found


if __name__ == "__main__":
    sys.exit(main())
