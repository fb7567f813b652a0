"""How `wflint link` grows, what memory it takes, and what it misses.

    python benchmarks/link.py [--repositories N] [--steps N] [--engine here|processes|dask] [--jobs N] SUMMARY...

Makes N summaries of so many steps each (1,000 of 1,000) from real ones and links them, and a tenth, a third of them
before. Each made step is a real one under a name of its own whose sketch has slots from other steps and whose vector is
turned, so that it is nobody's double. Into that, duplicates are planted: a step of one repository in another, with so
many slots of its sketch changed and its vector turned as far as rewording did to real texts (median of 280 steps that
`rewording.py` reworded: 70 % of the words, 44 % of the pairs of words, a cosine of .96; one in ten 50 %, 19 %, .85).

Prints a line a size: steps, seconds, the largest memory of a process, and for the planted pairs how many an exact
comparison of the two says are the same work, and how many of these a cluster names; and the exponents of the seconds of
processors, which mean something where the machine has the same to do besides at all sizes.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from wflint.link import sketch
from wflint.link.columns import Packed, face_of, pack
from wflint.link.corpus import gather
from wflint.link.judging import Question, judge
from wflint.link.reading import SUFFIX, Unusable, decode, encode
from wflint.link.records import CoverageSummary, Place, RepositorySummary, StepSummary, Told, WorkflowSummary
from wflint.link.tables import LEAST_PRODUCT, LEAST_SINGLE, TABLES, Pairs, compare, pairs_in, unique

A_WORKFLOW = 10
"""Steps of a made workflow."""
PLANTED = 0.01
"""The share of the steps that are planted."""
CODE = (
    "import resource, sys; from wflint.cli import run; code = run(sys.argv[1:]);"
    "kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN);"
    "print(*(resource.getrusage(kind).ru_maxrss for kind in kinds), file=sys.stderr); sys.exit(code)"
)


class Body(Struct):
    """What a step is told, as bytes."""

    singles: NDArray[np.uint8]
    doubles: NDArray[np.uint16]
    vector: NDArray[np.float32]


class Plant(Struct, frozen=True):
    """A step and its double, in two repositories."""

    name: str
    one: StepSummary
    other: StepSummary


class Maker:
    """Makes steps, many at a time."""

    def __init__(self, steps: Sequence[StepSummary]) -> None:
        self._steps = steps
        bodies = [_body(step.told) for step in steps if step.told is not None]
        self._singles = np.stack([body.singles for body in bodies])
        self._doubles = np.stack([body.doubles for body in bodies])
        self._vectors = np.stack([body.vector for body in bodies])

    def steps(self, names: Sequence[str], draw: np.random.Generator) -> list[StepSummary]:
        """Steps like real ones, and like no other: a quarter of their slots are those of real steps."""
        count, kinds, shape = len(names), len(self._steps), (len(names), sketch.SLOTS)
        real, others = draw.integers(kinds, size=count), draw.integers(kinds, size=shape)
        kept, foreign = draw.random(shape) < 0.15, draw.random(shape) < 0.10
        singles = np.where(kept, self._singles[real], draw.integers(256, size=shape))
        singles = np.where(foreign, self._singles[others, np.arange(sketch.SLOTS)], singles)
        doubles = np.where(kept, self._doubles[real], draw.integers(65536, size=shape))
        vectors = _turned(self._vectors[real], np.full(count, 0.7), draw)
        return [
            _told(self._steps[kind], name, Body(*parts))
            for kind, name, *parts in zip(real, names, singles, doubles, vectors, strict=True)
        ]

    @staticmethod
    def double(step: StepSummary, draw: np.random.Generator) -> StepSummary:
        """The same step, reworded."""
        assert step.told is not None
        body = _body(step.told)
        words = float(np.clip(draw.normal(0.70, 0.14), 0.2, 1.0))
        pairs = float(np.clip(words - 0.26, 0.05, 1.0))
        meaning = float(np.clip(1 - draw.gamma(1.4, 0.04), 0.6, 1.0))
        keep_words, keep_pairs = draw.random(sketch.SLOTS) < words, draw.random(sketch.SLOTS) < pairs
        singles = np.where(keep_words, body.singles, draw.integers(256, size=sketch.SLOTS))
        doubles = np.where(keep_pairs, body.doubles, draw.integers(65536, size=sketch.SLOTS))
        return _told(step, step.id, Body(singles, doubles, _turned(body.vector[None], np.array([meaning]), draw)[0]))


def _told(step: StepSummary, name: str, body: Body) -> StepSummary:
    raw = np.concatenate([body.singles.astype(np.uint8), body.doubles.astype("<u2").view(np.uint8)])
    told = Told(
        digest=sketch.digest_of(raw.tobytes().hex()),
        sketch=sketch.encoded(raw),
        vector=sketch.encoded(sketch.quantised(body.vector)),
        words=step.told.words if step.told is not None else 0,
    )
    return replace(step, id=name, told=told, workflow=None)


def _body(told: Told) -> Body:
    raw = sketch.decoded(told.sketch, sketch.LENGTH)
    vector = sketch.decoded(told.vector, sketch.DIMENSIONS).view(np.int8).astype(np.float32)
    doubles = raw[sketch.SLOTS :].copy().view("<u2").astype(np.uint16)
    return Body(raw[: sketch.SLOTS], doubles, vector / max(1e-6, float(np.linalg.norm(vector))))


def _turned(
    vectors: NDArray[np.float32], cosines: NDArray[np.float64], draw: np.random.Generator
) -> NDArray[np.float32]:
    """Vectors of length one, each at its cosine to what it was."""
    noise = draw.normal(size=vectors.shape)
    noise -= vectors * (noise * vectors).sum(axis=1, keepdims=True)
    noise /= np.maximum(1e-6, np.linalg.norm(noise, axis=1, keepdims=True))
    found = vectors * cosines[:, None] + noise * np.sqrt(1 - cosines**2)[:, None]
    return found.astype(np.float32)


def main() -> None:
    """Prints a line a size."""
    options = _options()
    if options.exact:
        _exact(options.summaries)
        return
    steps = list(_real(options.summaries))
    print(f"{len(steps)} real steps; made: {options.repositories} x {options.steps}; seed {options.seed}")
    measured: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.folder or scratch)
        plants = list(_planted(folder, options.repositories)) if options.made else _make(folder, steps, options)
        for share in options.shares:
            count = max(2, round(options.repositories * share))
            measured.append((count * options.steps, _linked(folder, count, plants, options)))
            if len(measured) > 1:
                print(f"    exponent against the size before: {_exponent(*measured[-2:]):.2f}", flush=True)
    if len(measured) > 2:
        print(f"exponent from the smallest to the largest: {_exponent(measured[0], measured[-1]):.2f}")


def _exponent(one: tuple[int, float], other: tuple[int, float]) -> float:
    """How the seconds of processors grow with the steps; what else the machine does makes them more."""
    return math.log(other[1] / one[1]) / math.log(other[0] / one[0])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("summaries", nargs="+", type=Path)
    parser.add_argument("--repositories", type=int, default=1_000)
    parser.add_argument("--steps", type=int, default=1_000)
    parser.add_argument("--shares", type=lambda text: [float(one) for one in text.split(",")], default=[0.1, 0.3, 1.0])
    parser.add_argument("--engine", default="here")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exact", action="store_true", help="compare every pair of the real ones, and what is missed")
    parser.add_argument("--folder", type=Path, help="keep the summaries here")
    parser.add_argument("--made", action="store_true", help="the summaries are there, from a run before")
    return parser.parse_args()


def _exact(files: Sequence[Path]) -> None:
    """What a comparison of every text with every other finds that tables do not."""
    corpus = gather([found for file in files if isinstance(found := pack(str(file)), Packed)])
    texts, count = corpus.texts, len(corpus.first_rows)
    every = [
        compare(texts, np.full(count - one - 1, one), np.arange(one + 1, count, dtype=np.int64)) for one in range(count)
    ]
    sets = []
    for pairs in (unique(every), unique([pairs_in(texts, table) for table in range(TABLES)])):
        questions = tuple(
            Question(corpus.faces[corpus.first_rows[one]], corpus.faces[corpus.first_rows[other]], *numbers)
            for one, other, *numbers in zip(
                *(getattr(pairs, name).tolist() for name in Pairs.__struct_fields__), strict=True
            )
            if texts.owners[one] != texts.owners[other]
        )
        judged = zip(questions, judge(questions), strict=True)
        sets.append({(question.one, question.other, question.product) for question, found in judged if found})
    exact, met = sets
    share = len(exact & met) / max(1, len(exact))
    print(
        f"{len(files)} summaries, {count} texts: {len(exact)} pairs are the same work, "
        f"{len(exact & met)} met ({share:.3f})"
    )


def _real(files: Sequence[Path]) -> Iterator[StepSummary]:
    for file in files:
        found = decode(file.read_bytes(), str(file))
        if isinstance(found, Unusable):
            sys.exit(f"{found.name}: {found.reason}")
        for workflow in found.workflows:
            yield from (step for step in workflow.steps if step.told is not None and step.told.complete)


def _make(folder: Path, steps: Sequence[StepSummary], options: argparse.Namespace) -> list[Plant]:
    """Write the summaries; what is planted in a repository is of the one before, so that parts hold pairs."""
    folder.mkdir(parents=True, exist_ok=True)
    maker, plants = Maker(steps), list[Plant]()
    waiting: list[StepSummary] = []
    for number in range(options.repositories):
        draw = np.random.default_rng([options.seed, number])
        names = [f"{_word(number, place)}_{place}" for place in range(options.steps)]
        made = maker.steps(names, draw)
        spots = draw.permutation(options.steps).tolist()
        for spot, original in zip(spots, waiting, strict=False):
            made[spot] = maker.double(original, draw)
            plants.append(Plant(f"r{number:05}", original, made[spot]))
        planted = max(1, round(options.steps * PLANTED))
        waiting = [made[spot] for spot in spots[len(waiting) : len(waiting) + planted]]
        file = folder / f"r{number:05}{SUFFIX}"
        file.write_bytes(encode(_repository(f"r{number:05}", made)))
    return plants


def _planted(folder: Path, count: int) -> Iterator[Plant]:
    """What was planted, from the summaries: a name that two repositories have is that of a double."""
    before: dict[str, StepSummary] = {}
    for number in range(count):
        name = f"r{number:05}"
        found = decode((folder / f"{name}{SUFFIX}").read_bytes(), name)
        if isinstance(found, Unusable):
            sys.exit(f"{found.name}: {found.reason}")
        here = {step.id: step for workflow in found.workflows for step in workflow.steps}
        yield from (Plant(name, before[step], here[step]) for step in sorted(before.keys() & here.keys()))
        before = here


def _word(number: int, place: int) -> str:
    """A name that nobody else has."""
    letters = "bcdfghjklmnpqrstvwz"
    code, word = number * 7919 + place * 104_729, ""
    for _ in range(6):
        code, rest = divmod(code, len(letters))
        word += letters[rest] + "aeiou"[rest % 5]
    return word


def _repository(name: str, made: Sequence[StepSummary]) -> RepositorySummary:
    place = Place("flow.py", 1, 1, 1, 2)
    seen = CoverageSummary(1, 1, 1.0, 0)
    flows = tuple(
        WorkflowSummary(f"flow.py::w{at}", f"w{at}", "made", place, tuple(made[at : at + A_WORKFLOW]), (), seen)
        for at in range(0, len(made), A_WORKFLOW)
    )
    return RepositorySummary("wflint-summary", 1, "0", name, "static", seen, flows)


def _linked(folder: Path, count: int, plants: Sequence[Plant], options: argparse.Namespace) -> float:
    """Link the first so many, and say how that went."""
    files = [str(folder / f"r{number:05}{SUFFIX}") for number in range(count)]
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.json"
        command = ["link", *files, "--format", "json", "-o", str(out), "--engine", options.engine]
        if options.engine != "here":
            command += ["--jobs", str(options.jobs)]
        used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run([sys.executable, "-c", CODE, *command], stderr=subprocess.PIPE, text=True, check=True)
        wall = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
        memory = [int(number) // 1024 for number in done.stderr.strip().splitlines()[-1].split()]
        found = json.loads(out.read_bytes())
    named = {
        frozenset((step["repository"], step["step"]) for step in cluster["steps"]) for cluster in found["clusters"]
    }
    pairs = {pair for cluster in named for pair in _pairs(cluster)}
    within = [plant for plant in plants if int(plant.name[1:]) < count]
    exact = [plant for plant in within if _is_said(plant)]
    met = sum((f"r{int(plant.name[1:]) - 1:05}", plant.name, plant.one.id) in pairs for plant in exact)
    print(
        f"{count * options.steps:>9,} steps in {count:,} summaries: {seconds:.1f} s of processors, {wall:.1f} s, "
        f"{memory[0]} MB here, {memory[1]} MB in the largest other; {len(within)} planted, {len(exact)} the same by "
        f"exact comparison, {met} of these named ({met / max(1, len(exact)):.3f}); {len(found['clusters'])} clusters",
        flush=True,
    )
    return seconds


def _pairs(cluster: frozenset[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    ordered = sorted(cluster)
    for place, (one, name) in enumerate(ordered):
        yield from ((one, other, name) for other, called in ordered[place + 1 :] if called == name)


def _is_said(plant: Plant) -> bool:
    """Whether the two are told the same work, by everything that is known of both."""
    assert plant.one.told is not None
    assert plant.other.told is not None
    one, other = _body(plant.one.told), _body(plant.other.told)
    vectors = [
        sketch.decoded(told.vector, sketch.DIMENSIONS).view(np.int8).astype(int)
        for told in (plant.one.told, plant.other.told)
    ]
    single, double = int((one.singles == other.singles).sum()), int((one.doubles == other.doubles).sum())
    product = int(vectors[0] @ vectors[1])
    if single < LEAST_SINGLE or product < LEAST_PRODUCT:
        return False
    faces = [msgspec.json.encode(face_of(step)) for step in (plant.one, plant.other)]
    return judge((Question(faces[0], faces[1], single, double, product),))[0] > 0


if __name__ == "__main__":
    main()
