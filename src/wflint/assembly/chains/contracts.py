"""What the steps of a chain hand on: answers, and the parts of them that the next run is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.chains.code_loops import retried
from wflint.assembly.chains.data_dependences import DataDependence
from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.label_tests import unlisted_labels
from wflint.assembly.contracts.missed_labels import missed_labels
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.parts import PLAIN_METHODS, part_read
from wflint.assembly.contracts.shapes import shape_of
from wflint.evaluate.answers import ANSWER, Answer
from wflint.evaluate.events import Access
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import show
from wflint.evaluate.values import InputSource, TrackedValue
from wflint.model.contract import Certainty, Need, Offer, Part
from wflint.model.span import Span
from wflint.model.workflow import FieldMapping, Step


class Uses(Struct, frozen=True):
    """What code does with answers, by answer."""

    interp: Interpreter
    by_root: Mapping[InputSource, tuple[Access, ...]]

    @classmethod
    def of(cls, interp: Interpreter) -> Uses:
        """Everything that was seen."""
        found: dict[InputSource, list[Access]] = {}
        for access in interp.uses:
            found.setdefault(access.symbol.root, []).append(access)
        return cls(interp, {root: tuple(accesses) for root, accesses in found.items()})

    def on_the_way(self, symbol: TrackedValue) -> tuple[Access, ...]:
        """The reads of the parts on the way to a symbol by their names, those that always happen first."""
        reads = (access for access in self.by_root.get(symbol.root, ()) if access.mode == "attribute")
        passed = (a for a in reads if symbol.access_path[: len(a.symbol.access_path)] == a.symbol.access_path)
        return tuple(sorted(passed, key=lambda access: not access.certain))


def surrounded(step: Step, run: Run, uses: Uses, *, alone: bool) -> Step:
    """The step with what the code around a run of it does about failures, and with the answer.

    `alone` says that the answer is the step's own, and not that of one of several.
    """
    found = _compared(_looked_up(retried(step, run), run, uses), run, uses.interp)
    return _taken_apart(found, run, uses) if alone else found


def _taken_apart(step: Step, run: Run, uses: Uses) -> Step:
    """The step with the parts that code uses of its answer, where all runs of it give one of the same type."""
    shape = shape_of(run.answer.type, uses.interp)
    if shape is None or step.result not in (None, shape):
        return step
    found = (part_read(access, 0) for access in uses.by_root.get(run.answer, ()))
    parts = dict.fromkeys((*step.taken, *(part for part in found if part is not None)))
    return replace(step, result=shape, taken=tuple(parts))


def _looked_up(step: Step, run: Run, uses: Uses) -> Step:
    """The step with the dicts in which code looks for labels of its answer that they have not."""
    found = missed_labels(uses.by_root.get(run.answer, ()))
    missed = dict.fromkeys((*step.conduct.missed_labels, *found))
    return replace(step, conduct=replace(step.conduct, missed_labels=tuple(missed)))


def _compared(step: Step, run: Run, interp: Interpreter) -> Step:
    """The step with the labels that code compares its answer with, and that it never is."""
    found = unlisted_labels(interp, interp.output_uses.comparisons, run.answer) if run.answer.kind == ANSWER else ()
    labels = dict.fromkeys((*step.conduct.unlisted_labels, *found))
    return replace(step, conduct=replace(step.conduct, unlisted_labels=tuple(labels)))


def _named(symbol: TrackedValue) -> tuple[str, ...]:
    """The way to the first named part: through the elements of a collection, if it is one."""
    length = 2 if symbol.access_path[:1] == ("[]",) else 1
    return symbol.access_path[:length]


def offer_of(step: Step, run: Run, uses: Uses) -> Offer:
    """The answer, as the type that it is declared to have."""
    origins = of_answer(formed=run.answer.kind == ANSWER)
    type_ = run.answer.type
    shape = shape_of(type_, uses.interp)
    return Offer(run.answer.label, step.span, type=show(type_), shape=shape, origins=origins)


def need_name(source: str, answer: Answer) -> str:
    """What a step needs of another one's answer; several of them may be called alike."""
    return f"{source}.{answer.label}"


def carried(source: str, dependences: Iterable[DataDependence]) -> tuple[FieldMapping, ...]:
    """The answer of a step as that which the next one needs, where it is given any of it."""
    answers = dict.fromkeys(
        (dependence.source.answer.label, need_name(source, dependence.source.answer))
        for dependence in _given(dependences)
    )
    return tuple(FieldMapping(*pair) for pair in answers)


def _given(dependences: Iterable[DataDependence]) -> Iterator[DataDependence]:
    return (dependence for dependence in dependences if dependence.parts)


def needs_of(sources: Mapping[str, list[DataDependence]], uses: Uses) -> tuple[Need, ...]:
    """What a step is given of the answers of others."""
    found: dict[str, list[DataDependence]] = {}
    for source, dependences in sources.items():
        for dependence in _given(dependences):
            found.setdefault(need_name(source, dependence.source.answer), []).append(dependence)
    return tuple(
        need(
            name,
            (part for dependence in dependences for part in dependence.parts),
            dependences[0].target.api_call.span,
            uses,
        )
        for name, dependences in found.items()
    )


def need(name: str, symbols: Iterable[TrackedValue], span: Span, uses: Uses) -> Need:
    """A need of an answer, with the parts of it that are used."""
    given = sorted(symbols, key=lambda symbol: symbol.access_path)
    parts = dict.fromkeys(part for symbol in given for part in _parts(symbol, uses))
    attributes = dict.fromkeys(_named(symbol)[-1] for symbol in given if _has_name(symbol))
    sure = Certainty.CERTAIN
    return Need(name, span, certainty=sure, attributes=tuple(attributes), parts=tuple(_surest(parts)))


def _has_name(symbol: TrackedValue) -> bool:
    """Whether a part is meant: of a text, a method of texts is none."""
    name = _named(symbol)[-1] if symbol.access_path else "[]"
    return name != "[]" and (symbol.root.type is not None or name not in PLAIN_METHODS)


def _parts(symbol: TrackedValue, uses: Uses) -> Iterator[Part]:
    """The parts that are read as attributes, without a way to cope where they are not there."""
    found = (part_read(access, 0) for access in uses.on_the_way(symbol)) if _has_name(symbol) else ()
    return (part for part in found if part is not None)


def _surest(parts: Iterable[Part]) -> Iterator[Part]:
    """Each part once, at its first certain use."""
    seen: set[tuple[str, bool, tuple[str, ...]]] = set()
    for part in sorted(parts, key=lambda part: (part.certainty is not Certainty.CERTAIN, part.span)):
        if (part.name, part.of_element, part.path) not in seen:
            seen.add((part.name, part.of_element, part.path))
            yield part
