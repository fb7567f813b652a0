"""What plain code runs, as steps: agents as their front ends know them, and objects that stand for whole workflows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.questions import Question
from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.models import model_name
from wflint.assembly.frontend import FrontEnd
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, alternatives
from wflint.model.span import Span
from wflint.model.workflow import Step, StepKind, Workflow

DEEPEST = 4
"""How many objects something may be made of, one within the other, to stand for the innermost."""


class Actor(Struct, frozen=True, dict=True):
    """Something that is run, as steps: one for each name that it may have."""

    framework: str
    steps: tuple[Step, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its steps."""
        return tuple(step.id for step in self.steps)


def asker(question: Question, name: str) -> Actor:
    """A model that is asked something, as a step of that name."""
    assert question.location is not None
    step = Step(name, StepKind.AGENT, question.location.span, needs_open=True, model=model_name(question.receiver))
    return Actor(question.framework, (step,))


class Actors(Struct):
    """Finds out what an object that is run is as a step; each object is looked at once."""

    interp: Interpreter
    ends: Sequence[FrontEnd]
    workflows: Sequence[Workflow]
    known: dict[int, Actor | None] = field(default_factory=dict)
    standing_for: dict[int, Workflow | None] = field(default_factory=dict)
    places: dict[Span, Workflow] = field(default_factory=dict)
    code: frozenset[Span] = frozenset()

    def __post_init__(self) -> None:
        bringing = {end.name for end in self.ends if end.brings_others}
        for workflow in self.workflows:
            leading = {edge.source for edge in workflow.edges} if workflow.framework in bringing else ()
            self.places.update({step.span: workflow for step in workflow.steps if step.id in leading})
        self.places.update({workflow.span: workflow for workflow in reversed(self.workflows)})
        steps = (step for workflow in self.workflows for step in workflow.steps)
        self.code = frozenset(step.definition for step in steps if step.definition is not None)

    def of(self, made: Object) -> Actor | None:
        """The steps that an object stands for; None where the source does not tell.

        What a question is called depends on the code around it.
        """
        if isinstance(made, Question):
            return None
        if id(made) not in self.known:
            self.known[id(made)] = self._found(made)
        return self.known[id(made)]

    def workflow_of(self, made: Object) -> Workflow | None:
        """The workflow that an object stands for: it was made where that is, or of something that was."""
        if isinstance(made, Question):
            return None
        if id(made) not in self.standing_for:
            found = (self.places.get(place) for place in _places(made, DEEPEST))
            self.standing_for[id(made)] = next((workflow for workflow in found if workflow is not None), None)
        return self.standing_for[id(made)]

    def within_step(self, run: Run) -> bool:
        """Whether the code of a step of some workflow was under way."""
        return any(span in self.code for frame in run.api_call.stack for span in spans_of(frame))

    def _found(self, made: Object) -> Actor | None:
        inner = self.workflow_of(made)
        for end in self.ends:
            steps = end.agents(self.interp, made)
            if steps:
                return Actor(end.name, tuple(_nested(step, inner) for step in steps))
        if inner is None or made.location is None:
            return None
        step = Step(inner.name, StepKind.SUBWORKFLOW, made.location.span)
        return Actor(inner.framework, (_nested(step, inner),))


def _nested(step: Step, inner: Workflow | None) -> Step:
    """An agent that hands over to others, or uses them, is a workflow of its own."""
    if inner is None:
        return step
    return replace(step, kind=StepKind.SUBWORKFLOW, workflow=inner.id)


def _places(made: Object, depth: int) -> Iterator[Span]:
    """Where an object was made, then where its class is, then where what it was made of was made."""
    if made.location is not None:
        yield made.location.span
    if isinstance(made.cls, Class):
        yield from (cls.location.span for cls in made.cls.lineage())
    for part in _makers(made) if depth else ():
        yield from _places(part, depth - 1)


def _makers(made: Object) -> Iterator[Object]:
    """The objects whose methods made an object."""
    for option in alternatives(made.receiver):
        if isinstance(option, Object):
            yield option


def spans_of(frame: Frame) -> Iterator[Span]:
    """The function that a call runs, then the class whose method it is."""
    function = frame.function
    if function is not None and not function.module.stub:
        yield function.location.span
        if function.owner is not None:
            yield function.owner.location.span
