"""Paths of files: `__file__`, `pathlib.Path` and `os.path`, as far as they stay in the repository.

Where the repository lies nobody knows: its folder is a hole at the beginning of a text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.values import Arguments, Const, Location, Object, RepeatedElement, Text, Unknown, Value, text_of

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.modules import Module

FOLDER = Unknown("the folder of the repository")
PATH = "pathlib.Path"
TEXT = "\0text"
"""Under this name a `Path` keeps what it is as a text."""


def file_of(module: Module) -> Value:
    """`__file__`."""
    return _absolute(PurePosixPath(module.path))


def _absolute(path: PurePosixPath) -> Text:
    return Text((FOLDER, Const(f"/{plain(path)}")))


def plain(path: PurePosixPath) -> str:
    """A path without `.` and `..`; one that leads out of the repository is nobody's."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def inside(value: Value | None) -> PurePosixPath | None:
    """Where in the repository a path leads; None where that is not known."""
    match value:
        case Object(path="pathlib.Path", content=content):
            return inside(content.get(TEXT))
        case Text(parts=(Unknown() as start, Const(value=str(rest)))) if start == FOLDER:
            return PurePosixPath(rest.lstrip("/"))
        case Text(parts=(Unknown() as start,)) if start == FOLDER:
            return PurePosixPath()
        case _:
            return None


def as_text(value: Value) -> Value:
    """What a path is as a text."""
    return value.content.get(TEXT, value) if isinstance(value, Object) and value.path == PATH else value


def _joined(first: Value, others: tuple[Value, ...]) -> Value:
    """A path and what is below it, as a text."""
    rest = [text for text in map(text_of, map(as_text, others)) if text is not None]
    base, start = inside(first), text_of(as_text(first))
    if len(rest) < len(others) or any(text.startswith("/") for text in rest):
        return Unknown("a path", None, depends_on(first, *others))
    if base is not None:
        return _absolute(base.joinpath(*rest))
    return Const(str(PurePosixPath(start, *rest))) if start is not None else Unknown("a path", None, depends_on(first))


def made_path(interp: Interpreter, arguments: Arguments, location: Location) -> Object:
    """`pathlib.Path(...)`."""
    first, *others = arguments.positional or (Const("."),)
    made = interp.object_of(PATH, arguments, location)
    made.content[TEXT] = _joined(first, tuple(others)) if others else as_text(first)
    return made


def below(interp: Interpreter, path: Value, name: Value, location: Location) -> Object:
    """`path / name`."""
    return made_path(interp, Arguments((path, name)), location)


def attribute_of(interp: Interpreter, path: Object, name: str, location: Location) -> Value | None:
    """An attribute of a path; None where it is none that can be told."""
    within, text = inside(path), text_of(path.content.get(TEXT))
    known = within if within is not None else PurePosixPath(text) if text is not None else None
    if known is None or known == PurePosixPath():
        return None
    match name:
        case "name" | "stem" | "suffix":
            return Const(str(getattr(known, name)))
        case "parent":
            return _same_kind(interp, path, known.parent, location)
        case "parents":
            above: list[Value] = [_same_kind(interp, path, parent, location) for parent in known.parents]
            return interp.list_of([*above, RepeatedElement(Unknown("a folder further up", location))], "tuple")
        case _:
            return None


def _same_kind(interp: Interpreter, path: Object, known: PurePosixPath, location: Location) -> Object:
    value = _absolute(known) if inside(path) is not None else Const(str(known))
    return made_path(interp, Arguments((value,)), location)


def method_of(interp: Interpreter, path: Object, name: str, arguments: Arguments, location: Location) -> Value | None:
    """What a method of a path gives; None for those of which that is not known."""
    match name:
        case "resolve" | "absolute" | "expanduser":
            return path
        case "joinpath" | "__truediv__":
            return made_path(interp, Arguments((path, *arguments.positional)), location)
        case "as_posix" | "__str__":
            return as_text(path)
        case "open" | "read_text" | "read_bytes":
            return interp.object_of("builtins.open", Arguments((path,)), location)
        case _:
            return None


# --------------------------------------------------------------------------------------------------------- os.path

OfPath = Callable[["Interpreter", Arguments, Location], Value]


def _same(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    return as_text(arguments.positional[0]) if arguments.positional else Unknown("a path")


def _join(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    first, *others = arguments.positional or (Unknown("a path"),)
    return _joined(first, tuple(others))


def _folder(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    value = arguments.positional[0] if arguments.positional else None
    within, text = inside(value), text_of(value)
    if within is not None:
        return _absolute(within.parent)
    return Const(text.rpartition("/")[0]) if text is not None else Unknown("a path")


def _name(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    value = arguments.positional[0] if arguments.positional else None
    within, text = inside(value), text_of(value)
    known = within.name if within is not None else text.rpartition("/")[2] if text is not None else None
    return Const(known) if known is not None else Unknown("a path")


FUNCTIONS: dict[str, OfPath] = {
    PATH: made_path,
    **dict.fromkeys(("os.path.abspath", "os.path.realpath", "os.path.normpath", "os.fspath"), _same),
    "os.path.join": _join,
    "os.path.dirname": _folder,
    "os.path.basename": _name,
}
