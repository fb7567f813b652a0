"""`langgraph.json`: the graphs that a server runs for callers outside the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from wflint.assembly.speculation import called_once
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.python.paths import plain
from wflint.evaluate.values import Arguments, Function, Value, alternatives

MANIFEST = "langgraph.json"


class Export(Struct, frozen=True):
    """A name of a file that a manifest lists: a graph, or a function that makes one."""

    path: str
    name: str


def exports_in(manifest: str, text: str) -> frozenset[Export]:
    """What the manifest at the path `manifest` lists; nothing where it cannot be read."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return frozenset()
    graphs = document.get("graphs") if isinstance(document, Mapping) else None
    return frozenset(_exports(PurePosixPath(manifest).parent, graphs)) if isinstance(graphs, Mapping) else frozenset()


def _exports(folder: PurePosixPath, graphs: Mapping[str, object]) -> Iterator[Export]:
    for entry in graphs.values():
        reference = entry.get("path") if isinstance(entry, Mapping) else entry
        path, colon, name = reference.rpartition(":") if isinstance(reference, str) else ("", "", "")
        if colon and path.endswith(".py"):
            yield Export(plain(folder / path), name)


def exports_of(interp: Interpreter) -> frozenset[Export]:
    """What the manifests of the repository list."""
    sources = interp.linker.sources
    manifests = (path for path in sources.documents if path.rpartition("/")[2] == MANIFEST)
    texts = {path: sources.document(path) for path in manifests}
    return frozenset(export for path, text in texts.items() if text is not None for export in exports_in(path, text))


def exported_values(interp: Interpreter) -> Iterator[Value]:
    """The graphs that the manifests list; functions are called for theirs."""
    for export in sorted(exports_of(interp), key=lambda export: (export.path, export.name)):
        module = interp.linker.modules.get(export.path)
        value = interp.exported(module, export.name) if module is not None else None
        for option in alternatives(value):
            if isinstance(option, Function):
                yield from alternatives(_made_by(interp, option))
            else:
                yield option


def _made_by(interp: Interpreter, factory: Function) -> Value:
    speculative, interp.speculative = interp.speculative, True
    try:
        return called_once(interp, factory, Arguments(open=True), factory.location)
    finally:
        interp.speculative = speculative
