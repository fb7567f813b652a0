"""The state of an evaluation at one point, to return to when something inside fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wflint.evaluate.events import Flow
from wflint.evaluate.values import Object, Place
from wflint.model.span import Span

if TYPE_CHECKING:
    from wflint.evaluate.class_values import Class
    from wflint.evaluate.events import Assumed, Frame, Observer, Taken
    from wflint.evaluate.heap import Layer
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.modules import Module
    from wflint.source.code import StmtT, Summary


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What code that is left by an exception does not put back itself: the stack, open arms, counters and budget."""

    frames: list[Frame]
    depth: int
    layers: list[Layer]
    arms: int
    taken: Taken
    assumed: Assumed
    observer: Observer | None
    counters: tuple[int, int, int, int, int]
    guessing: list[Class]
    synthetic: bool
    budget: tuple[int, int]

    @classmethod
    def of(cls, interp: Interpreter) -> Checkpoint:
        """The state as it is now."""
        return cls(
            frames=interp.frames,
            depth=len(interp.frames),
            layers=interp.heap.layers,
            arms=len(interp.heap.layers),
            taken=interp.taken,
            assumed=interp.assumed,
            observer=interp.observer,
            counters=(interp.guards, interp.tries, interp.muted, interp.rounds, interp.nested),
            guessing=list(interp.guessing),
            synthetic=interp.synthetic,
            budget=(interp.budget.steps, interp.budget.spent),
        )

    def restore(self, interp: Interpreter) -> None:
        """Return to the state; what open arms have changed is taken back."""
        interp.frames, interp.heap.layers = self.frames, self.layers
        while len(self.layers) > self.arms:
            interp.heap.rollback(False, 0)  # noqa: FBT003 - as declared
        del self.frames[self.depth :]
        interp.taken, interp.assumed, interp.observer = self.taken, self.assumed, self.observer
        interp.guards, interp.tries, interp.muted, interp.rounds, interp.nested = self.counters
        interp.guessing, interp.synthetic = self.guessing, self.synthetic
        interp.budget.steps, interp.budget.spent = self.budget
        interp.budget.exhausted = False


def containing(interp: Interpreter, subject: str, place: Place, consequence: str) -> AbstractContextManager[None]:
    """Keep a fault of our own in here: what was being done is left, and everything is put back for the next."""
    before = Checkpoint.of(interp)
    return interp.contained.contain(subject, place.span, consequence, lambda: before.restore(interp))


@contextmanager
def evaluating(interp: Interpreter, subject: str, place: Place, consequence: str) -> Iterator[None]:
    """The same for code that may make workflows: those that it has touched are unfinished where it fails."""
    objects, events, errors = len(interp.objects), len(interp.events), len(interp.contained.errors)
    with containing(interp, subject, place, consequence):
        yield
    if len(interp.contained.errors) > errors:
        subjects = (event.subject for event in interp.events[events:])
        touched = (*interp.objects[objects:], *(made for made in subjects if isinstance(made, Object)))
        places = (place, *(made.place for made in touched))
        interp.damaged.update((each.module.path, None) for each in places if each is not None)


def folding(interp: Interpreter, place: Place) -> AbstractContextManager[None]:
    """Keep a fault in the workflow that is made at a place from the others."""
    return containing(interp, "the workflow that is made here", place, "this workflow is not shown")


def lowered(interp: Interpreter, module: Module) -> Summary | None:
    """The code of a module; None where it cannot be read."""
    with interp.contained.contain("reading this file", Span(module.path, 1, 1, 1, 1), "it was not analysed"):
        return interp.linker.sources.summary(module.path)
    return None


def run_module(interp: Interpreter, body: tuple[StmtT, ...], module: Module) -> None:
    """Run a module statement by statement, so that one that we fail at does not take the others along."""
    for statement in body:
        flow = Flow.NEXT
        with evaluating(interp, "the evaluation of this statement", Place(module, statement.at), "it was not analysed"):
            flow = interp.run((statement,), module.scope)
        if flow is not Flow.NEXT:
            break
