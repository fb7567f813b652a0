"""Runtimes that nobody starts: what is sent to their agents waits for ever (autogen-core 0.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.recording import once
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object
from wflint.frontends.autogen.core.rows import SINGLE
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import Attribute, Constant
from wflint.source.walking import glimpsed_in

STARTING = frozenset({"start", "process_next", "_process_next"})
"""Attributes of a runtime, by name, that have it handle messages."""


def never_started(interp: Interpreter, runtime: Object, begun: Sequence[ApiCall]) -> Iterator[Fault]:
    """A runtime in this process to which code sends messages, where no code that is read starts anything."""
    if runtime.path != SINGLE or runtime.cls is not None or not begun:
        return
    if any(each is runtime for each in interp.escaped_objects) or _is_started(interp):
        return
    first = begun[0]
    text = "a message to a runtime that nobody starts"
    why = "nothing handles it: call `start()` before"
    yield Fault(FaultKind.IDLE, text, first.span, runtime.site.span, why)


def _is_started(interp: Interpreter) -> bool:
    return once(interp, ("starts a runtime", len(interp.linker.modules)), lambda: _starts_something(interp))


def _starts_something(interp: Interpreter) -> bool:
    """Whether the code of any module that is read here calls, or names, what starts a runtime."""
    for module in interp.linker.modules.values():
        for node in glimpsed_in(module.lowered.body if module.lowered is not None else ()):
            match node:
                case Attribute(name=name) if name in STARTING:
                    return True
                case Constant(value=str(name)) if name in STARTING:
                    return True
                case _:
                    pass
    return False
