"""Which of two runs the code waits for before it begins the other."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from wflint.assembly.chains.data_dependences import common
from wflint.assembly.chains.runs import Run
from wflint.evaluate.events import Frame
from wflint.evaluate.modules import Module
from wflint.evaluate.values import Location
from wflint.source.code import Await, Call, FunctionDef
from wflint.source.walking import nodes_in


class HappensBefore(Struct):
    """Finds awaited calls; a module is gone through once, when it is first asked about."""

    awaited: dict[Module, frozenset[int]] = field(default_factory=dict)

    def ordered(self, earlier: Run, later: Run) -> bool:
        """Whether the first is over before the second begins: nobody starts them side by side."""
        return not self._is_loose(earlier, later) and not self._is_loose(later, earlier)

    def concurrent(self, run: Run, other: Run) -> bool:
        """Whether the code that sees both starts the run without waiting for it."""
        return self._is_loose(run, other)

    def _is_loose(self, run: Run, other: Run) -> bool:
        """Whether the code that sees both runs does not wait for the call that leads to the first of them."""
        shared = common(run, other)
        if not shared or not _is_async(shared[-1]):
            return False
        location = call_in(shared[-1], run)
        return location.at[1] not in self._of(location.module)

    def _of(self, module: Module) -> frozenset[int]:
        if module not in self.awaited:
            self.awaited[module] = frozenset(_awaited(module))
        return self.awaited[module]


def _is_async(frame: Frame) -> bool:
    return frame.function is not None and isinstance(frame.function.node, FunctionDef) and frame.function.node.is_async


def call_in(frame: Frame, run: Run) -> Location:
    """The call in a function that leads to a run."""
    stack = run.api_call.stack
    below = stack[stack.index(frame) + 1 :]
    caller = below[0].caller if below else None
    return caller or run.api_call.location


def _awaited(module: Module) -> Iterator[int]:
    """Where the awaited calls of a module end."""
    for node in nodes_in(module.body):
        if isinstance(node, Await) and isinstance(node.value, Call):
            yield node.value.at[1]
