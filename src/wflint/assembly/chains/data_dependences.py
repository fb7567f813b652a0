"""Links between runs: who gets whose answer, and whose answer decides whether somebody is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct, field

from wflint.assembly.chains.runs import Run
from wflint.evaluate.answers import Answer
from wflint.evaluate.control_dependence import ControlDependence, ControlDependences
from wflint.evaluate.events import Frame, PathCondition
from wflint.evaluate.values import TrackedValue


class DataDependence(Struct, frozen=True, dict=True):
    """A run that depends on an earlier one: it is given `parts` of its answer, or only run if that is as it should be.

    `dependences` are those of the conditions that came between the two; `unsure` is true where the source does not tell
    what some of those hang on. `gathers` is true where rounds of a loop end in between, `sure_of_source` where
    whatever leads to the target leads through the source.
    """

    source: Run
    target: Run
    parts: tuple[TrackedValue, ...]
    dependences: tuple[ControlDependence, ...]
    unsure: bool
    gathers: bool
    sure_of_source: bool

    @cached_property
    def test(self) -> ControlDependence | None:
        """The test of the source's answer that the target's run depends on."""
        tests = (dependence for dependence in self.dependences if not dependence.repeats)
        return next((dependence for dependence in tests if self.source.answer in _roots(dependence.depends_on)), None)

    @property
    def conditional(self) -> bool:
        """Whether a test of some answer decides about the run."""
        return any(not dependence.repeats for dependence in self.dependences)

    @property
    def each(self) -> bool:
        """Whether the target is run for each element of the answer."""
        over = any(
            dependence.repeats and self.source.answer in _roots(dependence.depends_on)
            for dependence in self.dependences
        )
        return over and any("[]" in part.access_path for part in self.parts) and not self.conditional


class DependenceFinder(Struct, frozen=True):
    """Finds the links of runs, with what is known of undecided conditions; `looked_up` are the grounds so far."""

    control_dependences: ControlDependences
    sources: dict[Answer, Run]
    looked_up: dict[int, ControlDependence | None] = field(default_factory=dict)

    def dependences(self, runs: Iterable[Run]) -> Iterator[DataDependence]:
        """Every link between runs that one piece of code makes."""
        begun: set[int] = set()
        for run in runs:
            fresh = tuple(number for number in run.api_call.path_condition if number not in begun)
            begun.update(fresh)
            for source in dict.fromkeys((*_roots(run.given), *self._deciding(fresh))):
                earlier = self.sources.get(source)
                if earlier is not None and earlier is not run and common(earlier, run):
                    yield self._link(earlier, run, _parts(run.given, source))

    def _deciding(self, conditions: PathCondition) -> Iterator[Answer]:
        """The answers that are looked at to decide whether conditions hold."""
        for dependence in self.control_dependences.of(conditions):
            yield from () if dependence.repeats else _roots(dependence.depends_on)

    def _link(self, source: Run, target: Run, parts: tuple[TrackedValue, ...]) -> DataDependence:
        known = self._grounds(since(source.api_call.path_condition, target.api_call.path_condition))
        left = self._grounds(since(target.api_call.path_condition, source.api_call.path_condition))
        dependences = tuple(dependence for dependence in known if dependence is not None)
        rounds = all(dependence is not None and dependence.repeats for dependence in left)
        return DataDependence(
            source, target, parts, dependences, len(dependences) < len(known), bool(left) and rounds, rounds
        )

    def _grounds(self, conditions: PathCondition) -> list[ControlDependence | None]:
        """The grounds of conditions; tests that were merely passed count if runs have to do with them."""
        for number in conditions:
            if number not in self.looked_up:
                self.looked_up[number] = self._ground(number)
        found = [(number, self.looked_up[number]) for number in conditions]
        return [dependence for number, dependence in found if dependence is not None or number > 0]

    def _ground(self, number: int) -> ControlDependence | None:
        """The ground of a condition, if it is one that runs have to do with, or a round of a loop."""
        dependence = self.control_dependences.known.get(number)
        if (
            dependence is None
            or dependence.repeats
            or any(root in self.sources for root in _roots(dependence.depends_on))
        ):
            return dependence
        return None


def _roots(symbols: Iterable[TrackedValue]) -> tuple[Answer, ...]:
    roots = {symbol.root: None for symbol in symbols if isinstance(symbol.root, Answer)}
    return tuple(sorted(roots, key=_order) if len(roots) > 1 else roots)


def _order(answer: Answer) -> tuple[str, tuple[int, int]]:
    location = answer.location
    return (location.module.path, location.at) if location is not None else ("", (0, 0))


def _parts(symbols: Iterable[TrackedValue], root: Answer) -> tuple[TrackedValue, ...]:
    return tuple(sorted((symbol for symbol in symbols if symbol.root is root), key=lambda symbol: symbol.access_path))


def since(earlier: PathCondition, later: PathCondition) -> PathCondition:
    """The conditions of `later` that did not hold for `earlier` already."""
    shared = 0
    while shared < min(len(earlier), len(later)) and earlier[shared] == later[shared]:
        shared += 1
    return later[shared:]


def common(*runs: Run) -> tuple[Frame, ...]:
    """The calls on the way to all of the runs, outermost first; empty where no piece of code sees them all."""
    first, *others = (run.api_call.stack for run in runs)
    depth = 0
    while depth < len(first) and all(depth < len(o) and o[depth] is first[depth] for o in others):
        depth += 1
    return tuple(frame for frame in first[:depth] if not frame.module.stub)


def home_of(frame: Frame) -> object:
    """What tells functions apart, whatever object they are methods of."""
    return id(frame.function.node) if frame.function is not None else frame.module
