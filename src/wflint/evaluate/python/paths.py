"""Paths of files: `__file__`, `pathlib.Path` and `os.path`, as far as they stay in the repository.

Where the repository lies nobody knows: its folder is a hole at the beginning of a text.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.values import (
    MAX_ALTERNATIVES,
    Arguments,
    Const,
    Location,
    Object,
    RepeatedElement,
    Text,
    Unknown,
    Value,
    alternatives,
    join,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.modules import Module

FOLDER = Unknown("the folder of the repository")
STARTED_IN = Unknown("the folder that the program is started in")
OWN_NAME = Unknown("the name of the module, or of its package")
PATH = "pathlib.Path"
TEXT = "\0text"
"""Under this name a `Path` keeps what it is as a text."""


def file_of(module: Module) -> Value:
    """`__file__`."""
    return within(PurePosixPath(module.path))


def within(path: PurePosixPath) -> Text:
    """A path below the root, as a text."""
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


def relative_name(value: Value | None) -> str | None:
    """A path that goes by the folder that the program is started in; None for every other one."""
    match as_text(value) if value is not None else None:
        case Text(parts=(Unknown() as start, Const(value=str(rest)))) if start == STARTED_IN:
            return rest.lstrip("/")
        case Const(value=str(name)) if name and not name.startswith(("/", "~")):
            return name
        case _:
            return None


def as_text(value: Value) -> Value:
    """What a path is as a text."""
    return value.content.get(TEXT, value) if isinstance(value, Object) and value.path == PATH else value


def joined(first: Value, others: tuple[Value, ...]) -> Value:
    """A path and what is below it, as a text, each of which may be one of several."""
    pieces = [alternatives(as_text(each)) for each in (first, *others)]
    ways = 1
    for piece in pieces:
        ways *= len(piece)
    if ways == 1 or ways > MAX_ALTERNATIVES:
        return _joined(first, others)
    return join(*(_joined(begin, tuple(rest)) for begin, *rest in product(*pieces)))


def _joined(first: Value, others: tuple[Value, ...]) -> Value:
    rest = [text for text in map(text_of, map(as_text, others)) if text is not None]
    base, start = inside(first), text_of(as_text(first))
    if len(rest) < len(others) or any(text.startswith("/") for text in rest):
        return Unknown("a path", None, depends_on(first, *others))
    if base is not None:
        return within(base.joinpath(*rest))
    started = as_text(first)
    if isinstance(started, Text) and started.parts[0] == STARTED_IN:
        below = PurePosixPath(relative_name(first) or "", *rest)
        return Text((STARTED_IN, Const(f"/{below}")))
    return Const(str(PurePosixPath(start, *rest))) if start is not None else Unknown("a path", None, depends_on(first))


def made_path(interp: Interpreter, arguments: Arguments, location: Location) -> Object:
    """`pathlib.Path(...)`."""
    first, *others = arguments.positional or (Const("."),)
    made = interp.object_of(PATH, arguments, location)
    made.content[TEXT] = joined(first, tuple(others)) if others else as_text(first)
    return made


def below(interp: Interpreter, path: Value, name: Value, location: Location) -> Object:
    """`path / name`."""
    return made_path(interp, Arguments((path, name)), location)


def attribute_of(interp: Interpreter, path: Object, name: str, location: Location) -> Value | None:
    """An attribute of a path; None where it is none that can be told."""
    below_root, text = inside(path), text_of(path.content.get(TEXT))
    known = below_root if below_root is not None else PurePosixPath(text) if text is not None else None
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
    value = within(known) if inside(path) is not None else Const(str(known))
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
        case "with_name" | "with_suffix" if (renamed := _renamed(path, name, arguments)) is not None:
            return _same_kind(interp, path, renamed, location)
        case _:
            return _read(interp, path, name, arguments, location)


def _renamed(path: Object, name: str, arguments: Arguments) -> PurePosixPath | None:
    """`path.with_name(...)` and `path.with_suffix(...)`."""
    text = text_of(arguments.positional[0]) if arguments.positional else None
    below_root, own = inside(path), text_of(path.content.get(TEXT))
    known = below_root if below_root is not None else PurePosixPath(own) if own is not None else None
    try:
        return getattr(known, name)(text) if known is not None and text is not None else None
    except ValueError:
        return None


def _read(interp: Interpreter, path: Object, name: str, arguments: Arguments, location: Location) -> Value | None:
    """What a method gives that opens or lists what there is at a path."""
    from wflint.evaluate.python import files

    match name:
        case "open":
            return files.opened(interp, path, arguments, location)
        case "read_text" | "read_bytes":
            found = files.text_at(interp, path, location.module, arguments.get("encoding", 0))
            return found if found is not None else files.opened(interp, path, Arguments(), location)
        case "write_text" | "write_bytes" | "unlink" | "touch":
            files.note_written(interp, path)
            return None
        case "glob" if (pattern := text_of(arguments.get("pattern", 0))) is not None:
            return files.listed(interp, path, pattern, location)
        case "iterdir":
            return files.all_in(interp, path, location)
        case _:
            return None


# --------------------------------------------------------------------------------------------------------- os.path

OfPath = Callable[["Interpreter", Arguments, Location], Value]


def _same(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    return as_text(arguments.positional[0]) if arguments.positional else Unknown("a path")


def _join(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    first, *others = arguments.positional or (Unknown("a path"),)
    return joined(first, tuple(others))


def _started_in(_interp: Interpreter, _arguments: Arguments, _place: Location) -> Value:
    return Text((STARTED_IN, Const("/")))


def _path_started_in(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    return made_path(interp, Arguments((_started_in(interp, arguments, location),)), location)


def _folder(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    value = arguments.positional[0] if arguments.positional else None
    known, text = inside(value), text_of(value)
    if known is not None:
        return within(known.parent)
    return Const(text.rpartition("/")[0]) if text is not None else Unknown("a path")


def _name(_interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    value = arguments.positional[0] if arguments.positional else None
    below_root, text = inside(value), text_of(value)
    known = below_root.name if below_root is not None else text.rpartition("/")[2] if text is not None else None
    return Const(known) if known is not None else Unknown("a path")


FUNCTIONS: dict[str, OfPath] = {
    PATH: made_path,
    **dict.fromkeys(("os.path.abspath", "os.path.realpath", "os.path.normpath", "os.fspath"), _same),
    "os.path.join": _join,
    "os.path.dirname": _folder,
    "os.path.basename": _name,
    "os.getcwd": _started_in,
    "pathlib.Path.cwd": _path_started_in,
}
