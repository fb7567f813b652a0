"""Documents that code reads while it runs: configuration written in YAML or JSON, as values with places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wflint.errors import UnreadableSource
from wflint.evaluate.modules import Module
from wflint.evaluate.python.paths import as_text, inside, plain
from wflint.evaluate.values import Arguments, Const, Location, Mapping, Object, Unknown, Value, alternatives, text_of
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.source.code import ModuleIR, TextRange
from wflint.source.discover import is_document, is_json

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.source.yaml import Node

STEPS_PER_DOCUMENT = 40_000
SETTINGS = "\0settings"
"""Attribute of an object that a document describes: its arguments as a dict, with the place of each."""

Placing = Callable[[TextRange], Location]
"""Where a stretch of a text is."""


def document(interp: Interpreter, path: str) -> Value | None:
    """What a document of the repository says; None where there is none or it cannot be read, which is noted."""
    from wflint.source import jsonc, yaml
    from wflint.source.yaml import line_starts, repeated

    text = interp.linker.sources.document(path)
    if text is None:
        return None
    try:
        tree = (jsonc if is_json(path) else yaml).parse(text)
    except UnreadableSource as error:
        interp.misread[Notice(error.reason, Span(path, error.line, error.column, error.line, error.column))] = None
        return None
    module = interp.linker.module(path)
    module.loaded, module.lowered = True, ModuleIR((), line_starts(text), (), None)
    for key in repeated(tree) if tree is not None else ():
        interp.misread[Notice(f'"{key.value}" is a duplicate key: the last one wins', module.span(key.at))] = None
    return Const(None) if tree is None else _value(interp, lambda at: Location(module, at), tree)


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
    return _opened(interp, stream, location) if text is None else _written_out(interp, text, location)


def _opened(interp: Interpreter, stream: Value | None, location: Location) -> Value | None:
    if isinstance(stream, Object) and stream.path == "builtins.open":
        return document_at(interp, stream.arguments.get("file", 0), location.module)
    return None


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
    return Const(None) if tree is None else _value(interp, lambda _: location, tree)


def _places(file: Value | None, module: Module) -> tuple[str, ...]:
    """Where a file may lie that is opened by a path or a name."""
    known = inside(file)
    if known is not None:
        return (plain(known),)
    name = text_of(as_text(file)) if file is not None else None
    return (beside(module, name), plain(PurePosixPath(name))) if name else ()


def _value(interp: Interpreter, placing: Placing, node: Node) -> Value:
    from wflint.source.yaml import Listing, Scalar

    if isinstance(node, Scalar):
        return Const(node.value)
    if isinstance(node, Listing):
        listed = interp.list_of([_value(interp, placing, item) for item in node.items])
        listed.location = placing(node.at)
        return listed
    table = interp.dict_of(placing(node.at))
    for pair in node.pairs:
        table.content[pair.key.value] = _value(interp, placing, pair.value)
        table.locations[pair.key.value] = placing(pair.value.at)
    return table


# ------------------------------------------------------------------------------- documents that describe objects


def is_written(location: Location) -> bool:
    """Whether a place is in a document rather than in code."""
    return is_document(PurePosixPath(location.module.path))


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
