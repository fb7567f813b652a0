"""`langgraph.json`: the graphs that a server runs for callers outside the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Arguments, Function, Value, options_of

MANIFEST = "langgraph.json"


@dataclass(frozen=True, slots=True)
class Export:
    """A name of a file that a manifest lists: a graph, or a function that makes one."""

    path: str
    name: str


def exports_in(manifest: str, text: str) -> frozenset[Export]:
    """What the manifest at the path `manifest` lists; nothing where it cannot be read."""
    try:
        document = json.loads(text)
    except ValueError:
        return frozenset()
    graphs = document.get("graphs") if isinstance(document, Mapping) else None
    return frozenset(_exports(PurePosixPath(manifest).parent, graphs)) if isinstance(graphs, Mapping) else frozenset()


def _exports(folder: PurePosixPath, graphs: Mapping[str, object]) -> Iterator[Export]:
    for entry in graphs.values():
        reference = entry.get("path") if isinstance(entry, Mapping) else entry
        path, colon, name = reference.rpartition(":") if isinstance(reference, str) else ("", "", "")
        if colon and path.endswith(".py"):
            yield Export(_plain(folder / path), name)


def _plain(path: PurePosixPath) -> str:
    """The path without `.` and `..`."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", "/"):
            parts.append(part)
    return "/".join(parts)


def exported_values(interp: Interpreter, exports: frozenset[Export]) -> Iterator[Value]:
    """The graphs that are exported; functions are called for theirs."""
    for export in sorted(exports, key=lambda export: (export.path, export.name)):
        module = interp.linker.modules.get(export.path)
        value = interp.exported(module, export.name) if module is not None else None
        for option in options_of(value) if value is not None else ():
            if isinstance(option, Function):
                yield from options_of(_made_by(interp, option))
            else:
                yield option


def _made_by(interp: Interpreter, factory: Function) -> Value:
    interp.synthetic = True
    try:
        with interp.afresh():
            interp.frames = [Frame(None, factory.module, None, (), interp.heap.tick(), 0)]
            return interp.call(factory, Arguments(open=True), factory.place)
    finally:
        interp.synthetic = False
