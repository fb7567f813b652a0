"""What matching costs: the first fifty texts, then texts, pairs and steps by the thousand.

    python benchmarks/matching.py [MOST_STEPS]

The floor of the first line is a bare `import numpy` in a process of its own, that of the steps is reading each of them
once, which grows with their number: trust the ratios, not the seconds. `power` is p in "the cost grows like the number
of steps to the p", from one size to the next.
"""

from __future__ import annotations

import math
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from wflint.matching.clusters import clusters
from wflint.matching.encoders import load_encoder
from wflint.matching.matcher import Matcher
from wflint.matching.rows import parse_fields, parse_steps
from wflint.matching.subjects import FieldText, StepText

PAIRS = Path(__file__).resolve().parents[1] / "tools/scorer/labelled"
RUNS = 15
BARE = "import numpy"
FIRST = "from wflint.matching.encoders import load_encoder; load_encoder().encode(['results of the search'] * 50)"
SIZES = (500, 2_000, 10_000, 50_000)


def main(most: int) -> None:
    """Prints a line a measure."""
    _first_texts()
    _texts()
    _pairs()
    before: tuple[int, float] | None = None
    for size in SIZES:
        if size <= most:
            before = _steps(size, before)


def _first_texts() -> None:
    bare, first = [], []
    for _ in range(RUNS):  # by turns, so that a busy machine is busy for both
        bare.append(_process(BARE))
        first.append(_process(FIRST))
    print(f"import and first 50 texts: {min(first) / min(bare):.2f} times a bare import of numpy ({min(first):.3f} s)")


def _process(code: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def _texts() -> None:
    names = [field.name.replace("_", " ") for pair in _fields() for field in pair] * 50
    encoder = load_encoder()
    began = time.perf_counter()
    encoder.encode(names)
    print(f"texts: {len(names) / (time.perf_counter() - began):,.0f} a second")


def _pairs() -> None:
    pairs = _fields()
    matcher = Matcher()
    began = time.perf_counter()
    matcher.compare_fields(pairs)
    print(f"pairs of fields, never seen before: {len(pairs) / (time.perf_counter() - began):,.0f} a second")


def _steps(size: int, before: tuple[int, float] | None) -> tuple[int, float]:
    steps = _made_up(size)
    matcher = Matcher()
    worked = time.process_time()
    matcher.read_steps(steps)
    floor = time.process_time() - worked
    found = clusters(steps, matcher)
    work = time.process_time() - worked
    power = f", power {math.log(work / before[1]) / math.log(size / before[0]):.2f}" if before is not None else ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:6} steps: {work / floor:.1f} times reading them ({work:.1f} s of work{power}), at most {peak} MB, "
        f"{len(found)} clusters",
        flush=True,
    )
    return size, work


def _fields() -> list[tuple[FieldText, FieldText]]:
    rows = (parse_fields(line, 1) for line in (PAIRS / "fields.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row.one, row.other) for row in rows]


def _made_up(size: int) -> list[StepText]:
    """As many steps as asked for, none the same: words of the labelled steps in new combinations."""
    rows = [parse_steps(line, 1) for line in (PAIRS / "steps.jsonl").read_text(encoding="utf-8").splitlines()]
    known = [step for row in rows for step in (row.one, row.other)]
    words = sorted({word for step in known for word in step.doc.split()})
    chance = random.Random(size)  # noqa: S311 (drawn for repetition, not for secrecy)
    made = []
    for _ in range(size):
        step, other = chance.choice(known), chance.choice(known)
        doc = f"{step.doc} {' '.join(chance.sample(words, 8))}."
        made.append(
            StepText(f"{step.name}_{chance.choice(words).lower()}", doc, other.tools, step.inputs, other.outputs)
        )
    return made


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)  # STEPS
