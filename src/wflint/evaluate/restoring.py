"""The state of an evaluation at one point, to return to when something inside fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.budget import Cut
from wflint.evaluate.events import Completion
from wflint.evaluate.values import Location, Object
from wflint.model.span import Span

if TYPE_CHECKING:
    from wflint.evaluate.class_values import Class
    from wflint.evaluate.events import EffectRecorder, Frame, Narrowing, PathCondition
    from wflint.evaluate.heap import BranchFrame
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.modules import Module
    from wflint.source.code import ModuleIR, StmtT


class Checkpoint(Struct, frozen=True):
    """What code that is left by an exception does not put back itself: the stack, open arms, counters and budget."""

    frames: list[Frame]
    depth: int
    layers: list[BranchFrame]
    arms: int
    path_condition: PathCondition
    narrowing: Narrowing
    recorder: EffectRecorder | None
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
            path_condition=interp.path_condition,
            narrowing=interp.narrowing,
            recorder=interp.recorder,
            counters=(interp.guards, interp.tries, interp.suspended_depth, interp.iterations, interp.nested),
            guessing=list(interp.guessing),
            synthetic=interp.speculative,
            budget=(interp.budget.limit, interp.budget.spent),
        )

    def restore(self, interp: Interpreter) -> None:
        """Return to the state; what open arms have changed is taken back."""
        interp.frames, interp.heap.layers = self.frames, self.layers
        while len(self.layers) > self.arms:
            interp.heap.discard_branch(False, 0)  # noqa: FBT003 - as declared
        del self.frames[self.depth :]
        interp.path_condition, interp.narrowing, interp.recorder = self.path_condition, self.narrowing, self.recorder
        interp.guards, interp.tries, interp.suspended_depth, interp.iterations, interp.nested = self.counters
        interp.guessing, interp.speculative = self.guessing, self.synthetic
        interp.budget.limit, interp.budget.spent = self.budget
        interp.budget.exhausted = False


def containing(interp: Interpreter, subject: str, location: Location, consequence: str) -> AbstractContextManager[None]:
    """Keep a fault of our own in here: what was being done is left, and everything is put back for the next."""
    before = Checkpoint.of(interp)
    return interp.contained.contain(subject, location.span, consequence, lambda: before.restore(interp))


@contextmanager
def evaluating(interp: Interpreter, subject: str, location: Location, consequence: str) -> Iterator[None]:
    """The same for code that may make workflows: those that it has touched are unfinished where it fails."""
    objects, events, errors = len(interp.objects), len(interp.api_calls), len(interp.contained.errors)
    with containing(interp, subject, location, consequence):
        yield
    if len(interp.contained.errors) > errors:
        subjects = (api_call.subject for api_call in interp.api_calls[events:])
        touched = (*interp.objects[objects:], *(made for made in subjects if isinstance(made, Object)))
        locations = (location, *(made.location for made in touched))
        interp.damaged.update((each.module.path, None) for each in locations if each is not None)


def folding(interp: Interpreter, location: Location) -> AbstractContextManager[None]:
    """Keep a fault in the workflow that is made at a place from the others."""
    return containing(interp, "the workflow that is made here", location, "this workflow is not shown")


def lowered(interp: Interpreter, module: Module) -> ModuleIR | None:
    """The code of a module; None where it cannot be read."""
    with interp.contained.contain("reading this file", Span(module.path, 1, 1, 1, 1), "it was not analysed"):
        return interp.linker.sources.lowered(module.path)
    return None


def run_module(interp: Interpreter, body: tuple[StmtT, ...], module: Module) -> None:
    """Run a module statement by statement, so that one that we fail at does not take the others along."""
    left = interp.budget.steps * interp.budget.statements
    for number, statement in enumerate(body):
        if left <= 0:
            interp.budget.record_cut(Cut("the code from here on", Location(module, statement.at), 0, body[number:]))
            break
        completion, location = Completion.NORMAL, Location(module, statement.at)
        with (
            interp.budget.account(min(left, interp.budget.steps)),
            evaluating(interp, "the evaluation of this statement", location, "it was not analysed"),
        ):
            completion = interp.run((statement,), module.scope)
            left -= min(interp.budget.spent, interp.budget.steps)
            if interp.budget.exhausted:
                interp.budget.record_cut(Cut("this statement", location, interp.budget.spent, (statement,)))
        if completion is not Completion.NORMAL:
            break
