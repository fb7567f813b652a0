"""Documents that code reads while it runs: configuration written in YAML, as values with places."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wflint.errors import UnreadableSource
from wflint.evaluate.modules import Module, parts_of
from wflint.evaluate.paths import as_text, inside, plain
from wflint.evaluate.scope import Scope
from wflint.evaluate.values import Arguments, Const, Object, Place, Unknown, Value, text_of
from wflint.model.span import Span
from wflint.model.workflow import Notice
from wflint.source.code import Summary

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.source.yaml import Node


def document(interp: Interpreter, path: str) -> Value | None:
    """What a YAML document of the repository says; None where there is none or it cannot be read, which is noted."""
    from wflint.source.yaml import line_starts, parse, repeated

    text = interp.linker.sources.document(path)
    if text is None:
        return None
    try:
        tree = parse(text)
    except UnreadableSource as error:
        interp.misread[Notice(error.reason, Span(path, error.line, error.column, error.line, error.column))] = None
        return None
    summary = Summary((), line_starts(text), (), None)
    module = Module(path, parts_of(path), Scope(0, "module", None), summary, loaded=True)
    for key in repeated(tree) if tree is not None else ():
        interp.misread[Notice(f'"{key.value}" is there twice: only the last one counts', module.span(key.at))] = None
    return Const(None) if tree is None else _value(interp, module, tree)


def beside(module: Module, relative: str) -> str:
    """The path of a file named relative to the folder of a module."""
    return plain(PurePosixPath(module.path).parent / relative)


def read_yaml(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`yaml.safe_load(file)`: of a file that was opened by name, the document beside the code or below the root."""
    stream = arguments.get("stream", 0)
    if isinstance(stream, Object) and stream.path == "builtins.open":
        for path in _places(stream.arguments.get("file", 0), place.module):
            found = document(interp, path)
            if found is not None:
                return found
    return Unknown("a document that is not in the source", place)


def _places(file: Value | None, module: Module) -> tuple[str, ...]:
    """Where a file may lie that is opened by a path or a name."""
    known = inside(file)
    if known is not None:
        return (plain(known),)
    name = text_of(as_text(file)) if file is not None else None
    return (beside(module, name), plain(PurePosixPath(name))) if name else ()


def _value(interp: Interpreter, module: Module, node: Node) -> Value:
    from wflint.source.yaml import Listing, Scalar

    if isinstance(node, Scalar):
        return Const(node.value)
    if isinstance(node, Listing):
        listed = interp.list_of([_value(interp, module, item) for item in node.items])
        listed.place = Place(module, node.at)
        return listed
    table = interp.dict_of(Place(module, node.at))
    for pair in node.pairs:
        table.content[pair.key.value] = _value(interp, module, pair.value)
        table.places[pair.key.value] = Place(module, pair.value.at)
    return table
