"""Documents that code reads while it runs: configuration written in YAML, JSON or TOML, as values with places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wflint.errors import UnreadableSource
from wflint.evaluate.file_texts import FileText
from wflint.evaluate.modules import Module
from wflint.evaluate.python.files import OPENING, place_of
from wflint.evaluate.python.paths import as_text, inside, plain
from wflint.evaluate.values import (
    Arguments,
    Const,
    Location,
    Mapping,
    Object,
    Unknown,
    Value,
    alternatives,
    text_of,
)
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.source.code import ModuleIR, TextRange
from wflint.source.discover import is_json
from wflint.source.forms import SUFFIXES

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.source.yaml import Node

STEPS_PER_DOCUMENT = 40_000
CHARACTERS_A_STEP = 300
"""What it costs to have a document, which may be long, and be read in a loop."""
SETTINGS = "\0settings"
"""Attribute of an object that a document describes: its arguments as a dict, with the place of each."""

Placing = Callable[[TextRange], Location]
"""Where a stretch of a text is."""


def document(interp: Interpreter, path: str) -> Value | None:
    """What a document of the repository says; None where there is none or it cannot be read, which is noted."""
    if path not in interp.files.documents:
        interp.files.documents[path] = _read(interp, path)
    known, module = interp.files.documents[path], interp.linker.module(path)
    if known is None:
        return None
    tree, steps = known
    interp.budget.spent += steps
    return Const(None) if tree is None else _value(interp, lambda at: Location(module, at), tree, own=True)


def _read(interp: Interpreter, path: str) -> tuple[Node | None, int] | None:
    """What stands in a document, which is read once however often code does, and how many steps it takes to have it.

    None where it is none.
    """
    from wflint.source.yaml import line_starts, repeated

    sources = interp.linker.sources
    text = sources.document(path)
    if text is None:
        text = sources.read_as_text(path)
    if text is None:
        return None
    try:
        tree = _tree(text, path)
    except UnreadableSource as error:
        interp.misread[Notice(error.reason, Span(path, error.line, error.column, error.line, error.column))] = None
        return None
    module = interp.linker.module(path)
    module.loaded, module.lowered = True, ModuleIR((), line_starts(text), (), None)
    for key in repeated(tree) if tree is not None else ():
        interp.misread[Notice(f'"{key.value}" is a duplicate key: the last one wins', module.span(key.at))] = None
    return tree, len(text) // CHARACTERS_A_STEP


def _tree(text: str, path: str) -> Node | None:
    """What a text says in the language that the name of its file tells; raises `UnreadableSource` where it is none."""
    from wflint.source import jsonc, toml, yaml

    if PurePosixPath(path).suffix == ".toml":
        return toml.parse(text)
    return jsonc.parse(text) if is_json(path) else yaml.parse(text)


def beside(module: Module, relative: str) -> str:
    """The path of a file named relative to the folder of a module."""
    return plain(PurePosixPath(module.path).parent / relative)


def read_yaml(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`yaml.safe_load(file)`: of a file that was opened by name, the document beside the code or below the root."""
    found = _opened(interp, arguments.get("stream", 0), location)
    return found if found is not None else Unknown("a document not known statically", location)


def said(interp: Interpreter, stream: Value | None, location: Location) -> Value | None:
    """What a document says that was opened, or is written out at a place of the source; None where it is neither."""
    text = text_of(stream)
    if isinstance(stream, FileText) and stream.is_whole:
        return document(interp, stream.location.module.path)
    return _opened(interp, stream, location) if text is None else _written_out(interp, text, location)


def _opened(interp: Interpreter, stream: Value | None, location: Location) -> Value | None:
    if isinstance(stream, FileText) and stream.is_whole:
        return document(interp, stream.location.module.path)
    if isinstance(stream, Object) and stream.path in OPENING:
        file = stream.arguments.get("file", 0)
        path = place_of(interp, file, (stream.location or location).module) if file is not None else None
        return document(interp, path) if path is not None else None
    return None


def _configured(interp: Interpreter, arguments: Arguments, location: Location) -> Value | None:
    """`json.load(file)`, `tomllib.loads(text)` and their like, of a file of the repository."""
    given = arguments.positional[0] if arguments.positional else None
    if text_of(given) is not None and not isinstance(given, FileText):
        return None
    found = _opened(interp, given, location)
    return found if isinstance(found, Mapping) else None


CONFIGURED: dict[str, Callable[[Interpreter, Arguments, Location], Value | None]] = dict.fromkeys(
    (
        "json.load",
        "json.loads",
        "tomllib.load",
        "tomllib.loads",
        "tomli.load",
        "tomli.loads",
        "toml.load",
        "toml.loads",
        "ruamel.yaml.YAML.load",
    ),
    _configured,
)
"""What reads a document; None where nothing is known of it. A list of records is data, and no configuration."""


def document_at(interp: Interpreter, file: Value | None, module: Module) -> Value | None:
    """What the document at a path says, below the root or beside the module that names it; None without one."""
    found = (document(interp, path) for path in _places(file, module))
    return next((value for value in found if value is not None), None)


def _written_out(interp: Interpreter, text: str, location: Location) -> Value | None:
    from wflint.source.yaml import parse

    try:
        tree = parse(text)
    except UnreadableSource as error:
        interp.misread[Notice(error.reason, location.span)] = None
        return None
    return Const(None) if tree is None else _value(interp, lambda _: location, tree, own=False)


def _places(file: Value | None, module: Module) -> tuple[str, ...]:
    """Where a file may lie that is opened by a path or a name."""
    known = inside(file)
    if known is not None:
        return (plain(known),)
    name = text_of(as_text(file)) if file is not None else None
    return (beside(module, name), plain(PurePosixPath(name))) if name else ()


def _value(interp: Interpreter, placing: Placing, node: Node, *, own: bool) -> Value:
    """What a part of a document says; `own` where the texts in it stand in a file of their own."""
    from wflint.source.yaml import Listing, Scalar

    if isinstance(node, Scalar):
        return FileText(node.value, placing(node.at)) if own and isinstance(node.value, str) else Const(node.value)
    if isinstance(node, Listing):
        listed = interp.list_of([_value(interp, placing, item, own=own) for item in node.items])
        listed.location = placing(node.at)
        return listed
    table = interp.dict_of(placing(node.at))
    for pair in node.pairs:
        table.content[pair.key.value] = _value(interp, placing, pair.value, own=own)
        table.locations[pair.key.value] = placing(pair.value.at)
    return table


# ------------------------------------------------------------------------------- documents that describe objects


def is_written(location: Location) -> bool:
    """Whether a place is in a document rather than in code."""
    return PurePosixPath(location.module.path).suffix not in SUFFIXES


def named(interp: Interpreter, name: str, location: Location) -> Value:
    """What a dotted name stands for that a document uses where code would import it: `pkg.module.Class`."""
    from wflint.evaluate.statements.imports import imported

    home, _, last = name.rpartition(".")
    if not home:
        return Unknown(f"`{name}` names no module", location)
    if name.startswith("."):
        home = f"{PurePosixPath(location.module.path).parent.name}{home}".rstrip(".")
    return interp.settled(imported(interp, location.module, home, last))


def made_from(interp: Interpreter, callee: Value, settings: Mapping, location: Location) -> Value:
    """What a call with the entries of a dict as its arguments gives, and where each of them is written."""
    keywords = tuple((name, value) for name, value in settings.known() if isinstance(name, str))
    made = interp.call(callee, Arguments((), keywords, open=not settings.closed), location)
    for option in alternatives(made):
        if isinstance(option, Object):
            option.content[SETTINGS] = settings
    return made


def explore_document(interp: Interpreter, path: str, load: Callable[[Interpreter, Mapping], None]) -> None:
    """Let `load` make what a document describes, as the body of a module makes what it says.

    What code makes of the same document goes before that.
    """
    from wflint.evaluate.events import Frame

    there = document(interp, path)
    if isinstance(there, Mapping) and there.location is not None:
        with interp.afresh(), interp.budget.account(STEPS_PER_DOCUMENT):
            interp.frames = [Frame(None, there.location.module, None, (), interp.heap.tick(), 0)]
            interp.speculative = True
            try:
                load(interp, there)
            finally:
                interp.speculative = False
