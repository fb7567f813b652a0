"""What templates ask of the items of the lists that they are given, and that none of these has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.contracts.jinja import jinja_parts
from wflint.evaluate.values import Object
from wflint.frontends.haystack.components import class_names
from wflint.frontends.haystack.pipeline import Connection, PipelineDraft
from wflint.frontends.haystack.prompts import BUILDERS
from wflint.model.patterns import pattern
from wflint.model.prompt import TemplateGap

MANY: Final = pattern(r"list\[(\w+)\]")
PARTS: Final = {
    "Document": frozenset(
        {
            "id", "content", "blob", "meta", "score", "embedding", "sparse_embedding", "content_type", "dataframe",
            "to_dict",
        }
    ),
    "ChatMessage": frozenset(
        {
            "role", "meta", "name", "text", "texts", "image", "images", "file", "files", "reasoning", "reasonings",
            "tool_call", "tool_calls", "tool_call_result", "tool_call_results", "is_from", "to_dict",
            "to_openai_dict_format", "content",
        }
    ),
}  # fmt: skip
"""What the objects of the library have that components hand each other in lists."""


def unknown_parts(pipeline: PipelineDraft) -> Iterator[tuple[str, TemplateGap]]:
    """The step of each builder that asks for such a part, with what its text has a gap for."""
    for connection in pipeline.connections:
        target = connection.receiver.component
        made, span = pipeline.added.get(target, (None, connection.span))
        held = _held(pipeline, connection)
        if not isinstance(made, Object) or held is None or BUILDERS.isdisjoint(class_names(made)):
            continue
        kind, parts = held
        for part in jinja_parts(pipeline.components[target].description):
            if part.variable == connection.receiver.socket and part.name not in parts:
                shown = f"{part.item}.{part.name}"
                yield target, TemplateGap((shown,), span, made.site.span, fails=False, owner=kind)


def _held(pipeline: PipelineDraft, connection: Connection) -> tuple[str, frozenset[str]] | None:
    """The class of what a connection carries a list of, and all that its objects have; None where that is not known."""
    component = pipeline.components.get(connection.sender.component)
    sockets = component.outputs if component is not None and connection.certain else ()
    socket = next((one for one in sockets if one.name == connection.sender.socket), None)
    shape = socket.items if socket is not None else None
    if shape is not None:
        return (shape.name, frozenset((*shape.parts, *shape.members))) if shape.closed else None
    found = MANY.fullmatch((socket.type if socket is not None else None) or "")
    return (found[1], PARTS[found[1]]) if found is not None and found[1] in PARTS else None
