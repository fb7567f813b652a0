"""Links between runs: who gets whose answer, and whose answer decides whether somebody is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from wflint.assembly.chains.runs import Run
from wflint.evaluate.answers import Answer
from wflint.evaluate.events import Frame, Taken
from wflint.evaluate.grounds import Ground, Grounds
from wflint.evaluate.values import Root, Symbol


@dataclass(frozen=True)
class DataDependence:
    """A run that depends on an earlier one: it is given `parts` of its answer, or only run if that is as it should be.

    `grounds` are those of the conditions that came between the two; `unsure` is true where the source does not tell
    what some of those hang on. `gathers` is true where rounds of a loop end in between, `sure_of_source` where
    whatever leads to the target leads through the source.
    """

    source: Run
    target: Run
    parts: tuple[Symbol, ...]
    grounds: tuple[Ground, ...]
    unsure: bool
    gathers: bool
    sure_of_source: bool

    @cached_property
    def test(self) -> Ground | None:
        """The test of the source's answer that the target's run depends on."""
        tests = (ground for ground in self.grounds if not ground.repeats)
        return next((ground for ground in tests if self.source.answer in _roots(ground.sources)), None)

    @property
    def conditional(self) -> bool:
        """Whether a test of some answer decides about the run."""
        return any(not ground.repeats for ground in self.grounds)

    @property
    def each(self) -> bool:
        """Whether the target is run for each element of the answer."""
        over = any(ground.repeats and self.source.answer in _roots(ground.sources) for ground in self.grounds)
        return over and any("[]" in part.path for part in self.parts) and not self.conditional


@dataclass(frozen=True, slots=True)
class DependenceFinder:
    """Finds the links of runs, with what is known of undecided conditions."""

    grounds: Grounds
    sources: dict[Answer, Run]

    def dependences(self, runs: Iterable[Run]) -> Iterator[DataDependence]:
        """Every link between runs that one piece of code makes."""
        begun: set[int] = set()
        for run in runs:
            fresh = tuple(number for number in run.event.taken if number not in begun)
            begun.update(fresh)
            for source in dict.fromkeys((*_roots(run.given), *self._deciding(fresh))):
                earlier = self.sources.get(source)
                if earlier is not None and earlier is not run and common(earlier, run):
                    yield self._link(earlier, run, _parts(run.given, source))

    def _deciding(self, conditions: Taken) -> Iterator[Answer]:
        """The answers that are looked at to decide whether conditions hold."""
        for ground in self.grounds.of(conditions):
            yield from () if ground.repeats else _roots(ground.sources)

    def _link(self, source: Run, target: Run, parts: tuple[Symbol, ...]) -> DataDependence:
        known = self._grounds(since(source.event.taken, target.event.taken))
        left = self._grounds(since(target.event.taken, source.event.taken))
        grounds = tuple(ground for ground in known if ground is not None)
        rounds = all(ground is not None and ground.repeats for ground in left)
        return DataDependence(source, target, parts, grounds, len(grounds) < len(known), bool(left) and rounds, rounds)

    def _grounds(self, conditions: Taken) -> list[Ground | None]:
        """The grounds of conditions; tests that were merely passed count if runs have to do with them."""
        found = [(number, self._ground(number)) for number in conditions]
        return [ground for number, ground in found if ground is not None or number > 0]

    def _ground(self, number: int) -> Ground | None:
        """The ground of a condition, if it is one that runs have to do with, or a round of a loop."""
        ground = self.grounds.known.get(number)
        if ground is None or ground.repeats or any(root in self.sources for root in _roots(ground.sources)):
            return ground
        return None


def _roots(symbols: Iterable[Symbol]) -> tuple[Answer, ...]:
    roots: dict[Root, None] = dict.fromkeys(symbol.root for symbol in symbols)
    return tuple(sorted((root for root in roots if isinstance(root, Answer)), key=_order))


def _order(answer: Answer) -> tuple[str, tuple[int, int]]:
    place = answer.place
    return (place.module.path, place.at) if place is not None else ("", (0, 0))


def _parts(symbols: Iterable[Symbol], root: Answer) -> tuple[Symbol, ...]:
    return tuple(sorted((symbol for symbol in symbols if symbol.root is root), key=lambda symbol: symbol.path))


def since(earlier: Taken, later: Taken) -> Taken:
    """The conditions of `later` that did not hold for `earlier` already."""
    shared = 0
    while shared < min(len(earlier), len(later)) and earlier[shared] == later[shared]:
        shared += 1
    return later[shared:]


def common(*runs: Run) -> tuple[Frame, ...]:
    """The calls on the way to all of the runs, outermost first; empty where no piece of code sees them all."""
    first, *others = (run.event.stack for run in runs)
    depth = 0
    while depth < len(first) and all(depth < len(o) and o[depth] is first[depth] for o in others):
        depth += 1
    return tuple(frame for frame in first[:depth] if not frame.module.stub)


def home_of(frame: Frame) -> object:
    """What tells functions apart, whatever object they are methods of."""
    return id(frame.function.node) if frame.function is not None else frame.module
