"""Agents that YAML documents describe: `root_agent.yaml`, and those that it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from wflint.assembly.frontend import DocumentKind
from wflint.assembly.written import each_entry, listed_like, note_missing
from wflint.evaluate.expressions.attributes import library
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.python.documents import beside, document, document_at, made_from, named
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    ExternalName,
    Location,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
    text_of,
)
from wflint.source.import_prefilter import Marks

SCHEMAS = frozenset({"input_schema", "output_schema", "state_schema"})
ENDINGS = (".yaml", ".yml")
BEGINNING = "START"
FIELDS = SCHEMAS | {
    "name", "description", "model", "model_code", "instruction", "global_instruction", "static_instruction", "tools",
    "sub_agents", "output_key", "include_contents", "generate_content_config", "disallow_transfer_to_parent",
    "disallow_transfer_to_peers", "retry_config", "timeout", "mode",
}  # fmt: skip
"""What a node may say about itself; a mapping with a name and nothing else is one, with anything else it is routes."""


def load(interp: Interpreter, found: Mapping) -> None:
    """The agent that the framework's own tools run."""
    _read(interp, found, ())


ROOTS = DocumentKind(Marks((b"name:",), ("root_agent.yaml",)), load)


def from_config(call: CallSite) -> Value:
    """`config_agent_utils.from_config(path)`."""
    found = document_at(call.interpreter, call.get("config_path", 0), call.location.module)
    if isinstance(found, Mapping):
        return _read(call.interpreter, found, ())
    return Unknown("an agent not known statically", call.location)


def _read(interp: Interpreter, found: Mapping, above: tuple[str, ...]) -> Value:
    assert found.location is not None
    return Description(interp, found.location, above).agent(found)


class Description(Struct):
    """A document on its way to an agent; `above` are the documents that led here, `nodes` what it has named so far."""

    interp: Interpreter
    location: Location
    above: tuple[str, ...]
    nodes: dict[str, Value] = field(default_factory=dict)

    def agent(self, written: Mapping) -> Value:
        """The agent or node that a mapping describes."""
        location = written.location or self.location
        given = self.interp.dict_of(location)
        for key, value in written.known():
            if isinstance(key, str) and key != "agent_class":
                name = _argument(key)
                at = given.locations[name] = written.locations.get(key, location)
                given.content[name] = self._code(value, at) if key.endswith("_code") else self._value(name, value, at)
        made = made_from(self.interp, self._class(written.content.get("agent_class"), location), given, location)
        if isinstance(made, Object):
            made.name = text_of(given.content.get("name"))
        return made

    def _class(self, given: Value | None, location: Location) -> Value:
        name = text_of(given) or "LlmAgent"
        return named(self.interp, name, location) if "." in name else library(self.interp, f"google.adk.agents.{name}")

    def _value(self, name: str, value: Value, location: Location) -> Value:
        """What an argument is that stands in a document."""
        match name, value:
            case "sub_agents", Sequence(content=items):
                return listed_like(self.interp, [self._agent_at(item, location) for item in items], value)
            case "tools", Sequence(content=items):
                return listed_like(self.interp, [self._tool(item, location) for item in items], value)
            case "edges", Sequence(content=items):
                return listed_like(self.interp, [self._edge(item, location) for item in items], value)
            case _, Sequence(content=items) if name.endswith("_callback"):
                return listed_like(self.interp, [self._code(item, location) for item in items], value)
            case ("model", Mapping()):
                return self._code(value, location)
            case _ if name in SCHEMAS or name.endswith("_callback"):
                return self._code(value, location)
            case _:
                return value

    # -------------------------------------------------------------------------------------- what lies elsewhere

    def _agent_at(self, reference: Value, location: Location) -> Value:
        """`{config_path: other.yaml}`, `{code: package.module.agent}` or the path alone."""
        entries = reference.content if isinstance(reference, Mapping) else {"config_path": reference}
        at = (reference.location if isinstance(reference, Mapping) else None) or location
        code, path = text_of(entries.get("code")), text_of(entries.get("config_path"))
        if code is not None:
            return named(self.interp, code, at)
        return self._other(path, at) if path is not None else Unknown("an agent without a path", at)

    def _other(self, path: str, location: Location) -> Value:
        """What another document describes; one that leads back here has no end."""
        where = beside(location.module, path)
        if where in (location.module.path, *self.above):
            return Unknown("an agent contains itself", location)
        found = document(self.interp, where)
        if isinstance(found, Mapping):
            return _read(self.interp, found, (*self.above, location.module.path))
        note_missing(self.interp, where, f"{path} does not exist, so its agent is unknown", location)
        return Unknown("an agent not known statically", location)

    def _code(self, reference: Value, location: Location) -> Value:
        """`{name: package.module.thing}`, with arguments perhaps, or the name alone; another value is itself."""
        entries = reference.content if isinstance(reference, Mapping) else {"name": reference}
        name = text_of(entries.get("name"))
        if name is None:
            return reference
        found = named(self.interp, name, location)
        given = entries.get("args")
        return self.interp.call(found, Arguments(keywords=_arguments(given)), location) if given is not None else found

    def _tool(self, reference: Value, location: Location) -> Value:
        """A tool of the framework by its bare name, one of the source by its full one; `args` make it."""
        entries = reference.content if isinstance(reference, Mapping) else {"name": reference}
        at = (reference.location if isinstance(reference, Mapping) else None) or location
        name = text_of(entries.get("name"))
        if name is None:
            return Unknown("an unnamed tool", at)
        found = named(self.interp, name, at) if "." in name else library(self.interp, f"google.adk.tools.{name}")
        given = entries.get("args")
        if not isinstance(given, Mapping):
            return found if given is None else self.interp.call(found, Arguments((given,)), at)
        if not isinstance(found, ExternalName):
            return self.interp.call(found, Arguments((given,)), at)
        return made_from(self.interp, found, each_entry(self.interp, given, at, self._tool_argument), at)

    def _tool_argument(self, key: str, value: Value, location: Location) -> Value:
        """An argument of a tool of the framework: an agent it calls, a function it is made around."""
        if key == "agent":
            return self._agent_at(value, location)
        return self._code(value, location) if key == "func" else value

    # ------------------------------------------------------------------------------------------ edges of a graph

    def _edge(self, item: Value, location: Location) -> Value:
        """A chain `[START, a, b]`, or `{from_node: a, to_node: b, route: x}`."""
        if isinstance(item, Sequence):
            chain = self.interp.list_of([self._element(element, location) for element in item.content], "tuple")
            chain.location = item.location
            return chain
        if not isinstance(item, Mapping) or not {"from_node", "to_node"} <= set(item.content):
            return Unknown("an edge could not be parsed", location)
        at = item.location or location
        ends = each_entry(
            self.interp, item, at, lambda key, value, _: value if key == "route" else self._node(value, at)
        )
        return made_from(self.interp, library(self.interp, "google.adk.workflow.Edge"), ends, at)

    def _element(self, element: Value, location: Location) -> Value:
        """A node, several at once, or routes to nodes."""
        if isinstance(element, Sequence):
            return self.interp.list_of([self._node(item, location) for item in element.content], "tuple")
        if not isinstance(element, Mapping) or _is_node(element):
            return self._node(element, location)
        return each_entry(self.interp, element, location, lambda _, value, __: self._element(value, location))

    def _node(self, node: Value, location: Location) -> Value:
        """A node by the name that an earlier edge gave it, by where it is, or written out."""
        text = text_of(node)
        if text == BEGINNING:
            return Const(BEGINNING)
        known = next((self.nodes[name] for name in _names(node) if name in self.nodes), None)
        if known is not None:
            return known
        made = self._new_node(node, text, location)
        for name in (*_names(node), *_names(made)):
            self.nodes.setdefault(name, made)
        return made

    def _new_node(self, node: Value, text: str | None, location: Location) -> Value:
        if isinstance(node, Mapping):
            return self._agent_at(node, location) if {"config_path", "code"} & set(node.content) else self.agent(node)
        if text is None or "." not in text:
            return Unknown("a node that no earlier edge names", location)
        return self._other(text, location) if text.endswith(ENDINGS) else named(self.interp, text, location)


def _argument(key: str) -> str:
    """What the framework's classes call an argument that documents write in another way."""
    return key.removesuffix("s") if key.endswith("_callbacks") else key.removesuffix("_code")


def _arguments(given: Value | None) -> tuple[tuple[str, Value], ...]:
    """`[{name: a, value: 1}]` or `{a: 1}` as keyword arguments."""
    if isinstance(given, Mapping):
        return tuple((name, value) for name, value in given.known() if isinstance(name, str))
    listed = (
        [item.content for item in given.content if isinstance(item, Mapping)] if isinstance(given, Sequence) else []
    )
    pairs = ((text_of(item.get("name")), item.get("value", NONE)) for item in listed)
    return tuple((name, value) for name, value in pairs if name is not None)


def _is_node(element: Mapping) -> bool:
    """Whether a mapping in a chain is a node rather than the routes to some."""
    keys = {str(key) for key in element.content}
    if keys & {"agent_class", "config_path", "func_code"} or (keys == {"code"} and text_of(element.content["code"])):
        return True
    return "name" in keys and all(key in FIELDS or key.endswith("_callbacks") for key in keys)


def _names(node: Value) -> Iterator[str]:
    """What an edge can call a node by."""
    parts = [node]
    if isinstance(node, Mapping):
        parts = [node.content.get(key, NONE) for key in ("name", "config_path")]
    elif isinstance(node, Object):
        parts = [node.arguments.get("name") or NONE]
    yield from (text for text in map(text_of, parts) if text is not None)
