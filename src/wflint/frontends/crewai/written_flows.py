"""Documents that describe flows, and the calls that load them."""

from __future__ import annotations

from wflint.assembly.frontend import DocumentKind
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.python.documents import document_at, said
from wflint.evaluate.values import Arguments, Location, Mapping, Object, Unknown, Value, text_of
from wflint.source.import_prefilter import Marks

DECLARED = "crewai.DeclaredFlow"
"""What stands for a flow that a document describes."""
DEFINITION = "\0definition"
"""Attribute of such a flow: the document."""
SCHEMA = "crewai.flow/v1"


def load(interp: Interpreter, found: Mapping) -> None:
    """The flow that the framework's command line runs."""
    if text_of(found.content.get("schema")) == SCHEMA and found.location is not None:
        _declare(interp, found, found.location)


FLOWS = DocumentKind(Marks(words=(b"crewai.flow/v1", b"methods")), load)


def from_declaration(call: CallSite) -> Value:
    """`Flow.from_declaration(contents=...)` or `(path=...)`."""
    contents = call.get("contents")
    if isinstance(contents, Mapping):
        return _declare(call.interpreter, contents, call.location)
    if text_of(contents) is not None:
        found = said(call.interpreter, contents, call.location)
    else:
        found = document_at(call.interpreter, call.get("path"), call.location.module)
    if isinstance(found, Mapping):
        return _declare(call.interpreter, found, found.location or call.location)
    return Unknown("a flow that is not in the source", call.location)


def _declare(interp: Interpreter, found: Mapping, location: Location) -> Object:
    made = interp.object_of(DECLARED, Arguments(), location)
    made.content[DEFINITION] = found
    made.name = text_of(found.content.get("name"))
    return made
