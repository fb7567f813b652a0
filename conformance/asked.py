"""The parameters that a front end asks for while it reads programs: nothing lists them, so the questions are heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from conformance.checking import FOLDER, NO_CACHE
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.values import Arguments, Value
from wflint.request import Request
from wflint.survey import survey

FIXTURES = FOLDER.parent / "fixtures"


class _Heard:
    """Arguments, each with what takes them and with the names that were asked of them."""

    def __init__(self) -> None:
        self.paths: dict[int, tuple[Arguments, str]] = {}
        self.asked: dict[int, tuple[Arguments, set[str]]] = {}
        self.direct: dict[str, set[str]] = {}

    def by_path(self) -> Iterator[tuple[str, set[str]]]:
        """What takes arguments, with the names."""
        yield from self.direct.items()
        yield from ((self.paths[number][1], names) for number, (_, names) in self.asked.items() if number in self.paths)


def parameters(framework: str, known: frozenset[str]) -> dict[str, set[str]]:
    """The parameters that are asked for of each of the known names, in the fixtures and programs of a framework."""
    with _hearing() as heard:
        for folder in (FIXTURES / framework, FOLDER / framework):
            survey(Request(folder, (folder,), cache=NO_CACHE))
    found: dict[str, set[str]] = {}
    for name, asked in heard.by_path():
        if name in known:
            found.setdefault(name, set()).update(each for each in asked if each.isidentifier())
    return found


@contextmanager
def _hearing() -> Iterator[_Heard]:
    heard = _Heard()
    get, get_of_call, make, record = Arguments.get, CallSite.get, Interpreter.object_of, Interpreter.record_call

    def asked_of_arguments(self: Arguments, name: str, position: int | None = None) -> Value | None:
        heard.asked.setdefault(id(self), (self, set()))[1].add(name)
        return get(self, name, position)

    def asked_of_call(self: CallSite, name: str, position: int | None = None) -> Value | None:
        heard.direct.setdefault(self.path, set()).add(name)
        return get_of_call(self, name, position)

    def made(self: Interpreter, path: str | None, arguments: Arguments, *others: object, **named: object) -> object:
        if path is not None:
            heard.paths[id(arguments)] = (arguments, path)
        return make(self, path, arguments, *others, **named)  # type: ignore[arg-type]  # whatever follows

    def recorded(self: Interpreter, subject: Value, path: str, arguments: Arguments, *others: object) -> None:
        heard.paths[id(arguments)] = (arguments, path)
        record(self, subject, path, arguments, *others)  # type: ignore[arg-type]  # whatever follows

    with (
        patch.object(Arguments, "get", asked_of_arguments),
        patch.object(CallSite, "get", asked_of_call),
        patch.object(Interpreter, "object_of", made),
        patch.object(Interpreter, "record_call", recorded),
    ):
        yield heard
