"""What templates ask of what they are given, and that it does not have: parts of items, pieces of texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.contracts.jinja import jinja_parts, jinja_pieces
from wflint.evaluate.values import Object
from wflint.frontends.haystack.components import class_names
from wflint.frontends.haystack.pipeline import Connection, PipelineDraft
from wflint.frontends.haystack.prompts import BUILDERS
from wflint.model.patterns import pattern
from wflint.model.prompt import TemplateGap
from wflint.model.span import Span

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
    for connection, made, span in _into_builders(pipeline):
        held = _held(pipeline, connection)
        kind, parts = held if held is not None else ("", frozenset[str]())
        for part in jinja_parts(pipeline.components[connection.receiver.component].description) if kind else ():
            if part.variable == connection.receiver.socket and part.name not in parts:
                shown = f"{part.item}.{part.name}"
                gap = TemplateGap((shown,), span, made.site.span, fails=False, owner=kind)
                yield connection.receiver.component, gap


def letters(pipeline: PipelineDraft) -> Iterator[tuple[str, TemplateGap]]:
    """The step of each builder that takes a text for a list, with what its template shows one letter of."""
    for connection, made, span in _into_builders(pipeline):
        if _sent(pipeline, connection) == "str":
            for variable, shown in jinja_pieces(pipeline.components[connection.receiver.component].description):
                if variable == connection.receiver.socket:
                    gap = TemplateGap((shown,), span, made.site.span, fails=False, whole=variable)
                    yield connection.receiver.component, gap


def _into_builders(pipeline: PipelineDraft) -> Iterator[tuple[Connection, Object, Span]]:
    """The connections into builders of prompts, each with its builder and where that is added."""
    for connection in pipeline.connections:
        made, span = pipeline.added.get(connection.receiver.component, (None, connection.span))
        if isinstance(made, Object) and not BUILDERS.isdisjoint(class_names(made)):
            yield connection, made, span


def _sent(pipeline: PipelineDraft, connection: Connection) -> str | None:
    """The type of what a connection always carries; None where that is not known."""
    component = pipeline.components.get(connection.sender.component)
    sockets = component.outputs if component is not None and connection.certain else ()
    return next((one.type for one in sockets if one.name == connection.sender.socket), None)


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
