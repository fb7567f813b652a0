"""Pipelines that are written down as data: YAML documents, texts and dicts with components and connections."""

from __future__ import annotations

from pathlib import PurePosixPath

from wflint.assembly.frontend import DocumentKind
from wflint.assembly.sequences import elements
from wflint.assembly.written import each_entry, listed_like
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.python.documents import is_written, made_from, named, said
from wflint.evaluate.types import annotation
from wflint.evaluate.values import (
    Arguments,
    Const,
    ExternalName,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    text_of,
)
from wflint.model.patterns import pattern
from wflint.source.code import Constant
from wflint.source.import_prefilter import Marks

PIPELINE = "haystack.Pipeline"
LOADED = "loads"
"""The call that stands for all that make a pipeline from a document: the document has one place, the code another."""
MESSAGE = "haystack.ChatMessage.from_"
TYPES = frozenset({"output_type", "type_", "list_type_"})
"""Settings of components that are types, written as text."""
ROOTS = pattern(r"(?<![\w.])([a-z_]\w*)\.")
"""What dotted names in a type begin with."""


def load(interp: Interpreter, document: Mapping) -> None:
    """A document that is a pipeline, for whoever runs it."""
    if _is_pipeline(document) and document.location is not None:
        _built(interp, PIPELINE, document, document.location)


PIPELINES = DocumentKind(Marks((b"components:", b"connections:")), load)


def loaded(call: CallSite) -> Value:
    """`Pipeline.loads(text)`, `Pipeline.load(file)` and `Pipeline.from_dict(data)`."""
    given = call.arguments.positional[0] if call.arguments.positional else None
    given = given or next((value for name in ("data", "fp") if (value := call.get(name)) is not None), None)
    data = given if isinstance(given, Mapping) else said(call.interpreter, given, call.location)
    if not isinstance(data, Mapping) or "components" not in data.content:
        return Unknown("a pipeline not known statically", call.location, depends_on(*call.arguments))
    location = data.location if data.location is not None and is_written(data.location) else call.location
    path = call.path.rpartition(".")[0]
    pipeline = _built(call.interpreter, path, data, location)
    call.interpreter.record_call(pipeline, f"{path}.{LOADED}", call.arguments, call.location)
    return pipeline


def _is_pipeline(document: Mapping) -> bool:
    """Whether a document is one that the framework wrote, or might have written."""
    components, connections = document.content.get("components"), document.content.get("connections")
    if not isinstance(components, Mapping) or not isinstance(connections, Sequence):
        return False
    ends = [item.content if isinstance(item, Mapping) else {} for item in connections.content]
    types = [_type(entry) or "" for _, entry in components.known()]
    return (
        bool(types) and all("." in name for name in types) and all({"sender", "receiver"} <= set(end) for end in ends)
    )


def _type(entry: Value) -> str | None:
    return text_of(entry.content.get("type")) if isinstance(entry, Mapping) else None


def _built(interp: Interpreter, path: str, data: Mapping, location: Location) -> Value:
    """The pipeline that code would build with the same calls."""
    pipeline = interp.call(ExternalName(path), Arguments(), location)
    if not isinstance(pipeline, Object):
        return pipeline
    if is_written(location):
        pipeline.name = PurePosixPath(location.module.path).stem
    _add_all(interp, pipeline, data.content.get("components"), location)
    for entry in elements(data.content.get("connections")):
        ends = entry.value.content if isinstance(entry.value, Mapping) else {}
        unknown = Unknown("an end of a connection", location)
        given = Arguments((ends.get("sender", unknown), ends.get("receiver", unknown)))
        at = entry.value.location if isinstance(entry.value, Mapping) else None
        interp.record_call(pipeline, f"{PIPELINE}.connect", given, at or location)
    return pipeline


def _add_all(interp: Interpreter, pipeline: Object, components: Value | None, location: Location) -> None:
    if not isinstance(components, Mapping) or not components.closed:
        given = Arguments((Unknown("the name of a component", location), Unknown("a component", location)))
        interp.record_call(pipeline, f"{PIPELINE}.add_component", given, location)
    for name, entry in components.known() if isinstance(components, Mapping) else ():
        at = components.locations.get(name, location) if isinstance(components, Mapping) else location
        made = _instance(interp, entry, at) if isinstance(entry, Mapping) else entry
        interp.record_call(pipeline, f"{PIPELINE}.add_component", Arguments((Const(str(name)), made)), at)


def _instance(interp: Interpreter, entry: Mapping, location: Location) -> Value:
    """What `type` and `init_parameters` describe."""
    path, given = _type(entry), entry.content.get("init_parameters")
    settings = _settings(interp, given, location) if isinstance(given, Mapping) else interp.dict_of(location)
    if path is None or "." not in path:
        return Unknown("a component without a type", location)
    return made_from(interp, named(interp, path, location), settings, location)


def _settings(interp: Interpreter, given: Mapping, location: Location) -> Mapping:
    """A dict of settings with what is described in it made."""
    return each_entry(interp, given, location, lambda key, value, at: _setting(interp, key, value, at))


def _setting(interp: Interpreter, key: str, value: Value, location: Location) -> Value:
    is_type = key in TYPES and text_of(value) is not None
    return _type_of(interp, value, location) if is_type else _made(interp, value, location)


def _made(interp: Interpreter, value: Value, location: Location) -> Value:
    """A setting: another object, a message, a pipeline of its own, or what it is."""
    match value:
        case RepeatedElement(value=inner):
            return RepeatedElement(_made(interp, inner, location))
        case Sequence(content=items):
            return listed_like(interp, [_made(interp, item, location) for item in items], value)
        case Mapping(content={"type": Const(value=str()), "init_parameters": Mapping() | Const(value=None)}):
            return _instance(interp, value, value.location or location)
        case Mapping(content={"role": _, "content": _} | {"_role": _, "_content": _}):
            return _message(interp, value, value.location or location)
        case Mapping(content={"components": Mapping(), "connections": Sequence()}):
            return _built(interp, PIPELINE, value, value.location or location)
        case Mapping():
            return _settings(interp, value, value.location or location)
        case _:
            return value


def _message(interp: Interpreter, value: Mapping, location: Location) -> Value:
    """A message of a template: `{role: user, content: [{text: ...}]}`, or with the text itself as the content."""
    role, content = (value.content.get(key, value.content.get(f"_{key}")) for key in ("role", "content"))
    texts = [content] if text_of(content) is not None else [_text(entry.value) for entry in elements(content)]
    known = [text for text in map(text_of, texts) if text is not None]
    whole = Const("\n".join(known)) if len(known) == len(texts) else Unknown("a message", location)
    return interp.call(ExternalName(f"{MESSAGE}{text_of(role) or 'assistant'}"), Arguments((whole,)), location)


def _text(part: Value) -> Value | None:
    return part.content.get("text") if isinstance(part, Mapping) else part


def _type_of(interp: Interpreter, value: Value, location: Location) -> Value:
    """A type that is written as a text with the full names of modules."""
    module = location.module
    if is_written(location):
        for root in ROOTS.findall(text_of(value) or ""):
            module.scope.content.setdefault(root, ExternalName(root))
    return annotation(interp, Constant(location.at, text_of(value)), module.scope, module) or value
