"""Files that code opens and reads as text, as far as they are in the repository: its prompts, its templates.

A path that begins with `__file__`, or with the folder of a package, says where it leads. One that is relative goes by
the folder that the program is started in, which is one of those around the code: it is known where only one of them has
such a file. What code writes itself, wherever it does, says nothing before the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from wflint.evaluate.file_texts import FileText
from wflint.evaluate.modules import Module
from wflint.evaluate.python.paths import OWN_NAME, as_text, inside, made_path, plain, relative_name, within
from wflint.evaluate.values import (
    Arguments,
    Const,
    Location,
    ModuleValue,
    Object,
    RepeatedElement,
    Unknown,
    Value,
    alternatives,
    join,
    text_of,
)
from wflint.source.code import ModuleIR
from wflint.source.read_files import may_be_read

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

OPENING: Final = frozenset({"builtins.open", "io.open", "codecs.open", "aiofiles.open"})
"""What opens a file."""
FILE = Unknown("what a file says")
_WRITING: Final = frozenset("wax+")
"""Letters of the modes in which a file is not only read."""


def opened(interp: Interpreter, path: Value, arguments: Arguments, location: Location) -> Value:
    """`path.open(...)`."""
    given = Arguments((path, *arguments.positional), arguments.keywords, arguments.open)
    _noted(interp, given, location)
    return interp.object_of("builtins.open", given, location)


def content(interp: Interpreter, stream: Object) -> Value | None:
    """What is read from a file that is open; None where that is not known."""
    file = stream.arguments.get("file", 0)
    if file is None or stream.location is None or _is_to_write(stream.arguments):
        return None
    return text_at(interp, file, stream.location.module, stream.arguments.get("encoding", 3))


def _is_to_write(arguments: Arguments) -> bool:
    """Whether a file is opened to write it."""
    return not _WRITING.isdisjoint(text_of(arguments.get("mode", 1)) or "")


def _noted(interp: Interpreter, arguments: Arguments, _location: Location) -> None:
    """`open(...)`: what is written is kept in mind."""
    file = arguments.get("file", 0)
    if file is not None and _is_to_write(arguments):
        note_written(interp, file)


def note_written(interp: Interpreter, file: Value) -> None:
    """From now on, a file of this name is one that the program writes."""
    for option in alternatives(file):
        known, name = inside(option), relative_name(option)
        if known is not None or name:
            interp.files.written.add((known or PurePosixPath(name or "")).name)


def text_at(interp: Interpreter, file: Value, module: Module, encoding: Value | None = None) -> Value | None:
    """What the text file at a path says, one of some where it may be one of several; None where none is known."""
    told = "utf-8" if encoding is None else text_of(encoding)
    options = alternatives(interp.resolved(_as_options(file)))
    found = [
        _text(interp, path, told) if told and (path := place_of(interp, each, module)) else None for each in options
    ]
    known = [text for text in found if text is not None]
    return join(*known, *([FILE] if len(known) < len(found) else [])) if known else None


def _as_options(file: Value) -> Value:
    """A path as a text, which may be one of several."""
    return join(*(as_text(option) for option in alternatives(file)))


def _text(interp: Interpreter, path: str, encoding: str = "utf-8") -> FileText | None:
    """The text of a file, which is read once however often code does."""
    if (path, encoding) not in interp.files.texts:
        text = interp.linker.sources.read_as_text(path, encoding)
        known = text is not None and len(text) <= interp.budget.characters
        place = Location(module_of(interp, path, text), (0, len(text))) if text is not None and known else None
        interp.files.texts[path, encoding] = FileText(text, place) if place is not None else None
    return interp.files.texts[path, encoding]


def module_of(interp: Interpreter, path: str, text: str) -> Module:
    """What stands for a file that is no code, so that places in it are known."""
    module = interp.linker.module(path)
    if not module.loaded:
        module.loaded, module.lowered = True, ModuleIR((), tuple(_line_starts(text)), (), None)
    return module


def _line_starts(text: str) -> Iterator[int]:
    at = 0
    while at >= 0:
        yield at
        at = text.find("\n", at) + 1 or -1


def place_of(interp: Interpreter, file: Value, module: Module) -> str | None:
    """The path of a file below the root, None where it is nowhere or may be in several places."""
    known = inside(file)
    if known is not None:
        path = plain(known)
        return path if path and known.name not in interp.files.written else None
    name = relative_name(file)
    if not name or not may_be_read(PurePosixPath(name)) or PurePosixPath(name).name in interp.files.written:
        return None
    places = dict.fromkeys(plain(folder / name) for folder in _around(module))
    found = [path for path in places if path and _is_there(interp, path)]
    return found[0] if len(found) == 1 else None


def _is_there(interp: Interpreter, path: str) -> bool:
    """Whether there is such a file, be it longer than a text may be."""
    if (path, "utf-8") in interp.files.texts and interp.files.texts[path, "utf-8"] is not None:
        return True
    return interp.linker.sources.read_as_text(path) is not None


def _around(module: Module) -> tuple[PurePosixPath, ...]:
    """The folder of a module, and those around it."""
    return tuple(PurePosixPath(module.path).parents)


# ---------------------------------------------------------------------------------------------------- folders


def listed(interp: Interpreter, folder: Value, pattern: str, location: Location) -> Value | None:
    """`folder.glob(pattern)`: the files that code may read; None where they may be others."""
    known = inside(folder)
    if known is None or "/" in pattern or "**" in pattern or not may_be_read(PurePosixPath(pattern)):
        return None
    place = plain(known)
    if not place and known != PurePosixPath():
        return None
    names = [name for name in interp.linker.sources.files_in(place) if fnmatchcase(name, pattern)]
    if not 0 < len(names) <= interp.budget.max_iterations:
        return None
    return interp.list_of([made_path(interp, Arguments((within(known / name),)), location) for name in names])


def all_in(interp: Interpreter, folder: Value, location: Location) -> Value | None:
    """`folder.iterdir()`: the files that code may read, and whatever else there is."""
    known = inside(folder)
    names = interp.linker.sources.files_in(plain(known)) if known is not None and plain(known) else ()
    if known is None or not 0 < len(names) <= interp.budget.max_iterations:
        return None
    made: list[Value] = [made_path(interp, Arguments((within(known / name),)), location) for name in names]
    return interp.list_of([*made, RepeatedElement(Unknown("another file", location))])


def folder_of_package(interp: Interpreter, package: Value | None, module: Module) -> PurePosixPath | None:
    """The folder of a package that is named, or given as a module; None where it is not in the repository."""
    match package:
        case ModuleValue(module=found):
            return PurePosixPath(found.path).parent
        case Const(value=str(dotted)):
            linked = interp.linker.absolute(module, dotted)
            return PurePosixPath(linked.path).parent if linked is not None else _namespace(interp, dotted, module)
        case _ if package == OWN_NAME:
            return PurePosixPath(module.path).parent
        case _:
            return None


def _namespace(interp: Interpreter, dotted: str, module: Module) -> PurePosixPath | None:
    """The one folder of a package without code."""
    places = (folder.joinpath(*dotted.split(".")) for folder in _around(module))
    found = [place for place in places if interp.linker.sources.files_in(plain(place))]
    return found[0] if len(found) == 1 else None


def _resources(interp: Interpreter, arguments: Arguments, location: Location) -> Value | None:
    """`importlib.resources.files(package)`."""
    folder = folder_of_package(interp, arguments.get("package", 0) or arguments.get("anchor", 0), location.module)
    return made_path(interp, Arguments((within(folder),)), location) if folder is not None else None


def _resource(interp: Interpreter, arguments: Arguments, location: Location) -> Value | None:
    """`importlib.resources.read_text(package, name)`."""
    folder = folder_of_package(interp, arguments.get("package", 0), location.module)
    name = text_of(arguments.get("resource", 1))
    return text_at(interp, within(folder / name), location.module) if folder is not None and name else None


def _globbed(interp: Interpreter, arguments: Arguments, location: Location) -> Value | None:
    """`glob.glob(path)`."""
    known = inside(arguments.get("pathname", 0))
    return listed(interp, within(known.parent), known.name, location) if known is not None else None


def _names(interp: Interpreter, arguments: Arguments, location: Location) -> Value | None:
    """`os.listdir(folder)`."""
    known = inside(arguments.get("path", 0))
    names = interp.linker.sources.files_in(plain(known)) if known is not None and plain(known) else ()
    if not 0 < len(names) <= interp.budget.max_iterations:
        return None
    return interp.list_of([*map(Const, names), RepeatedElement(Unknown("the name of another file", location))])


READING: dict[str, Callable[[Interpreter, Arguments, Location], Value | None]] = {
    **dict.fromkeys(OPENING, _noted),
    "importlib.resources.files": _resources,
    "importlib_resources.files": _resources,
    "importlib.resources.read_text": _resource,
    "importlib.resources.open_text": _resource,
    "pkgutil.get_data": _resource,
    "glob.glob": _globbed,
    "os.listdir": _names,
}
"""Functions that look for files or read them; what they give is None where it is not known."""
