"""Library components whose sockets depend on their arguments: prompt builders, routers, joiners."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from wflint.assembly.contracts.jinja import jinja_variables
from wflint.evaluate.types import show
from wflint.evaluate.values import (
    NONE,
    Const,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    Value,
    last_of,
    text_of,
)
from wflint.frontends.haystack.sockets import Socket


class Sockets(Struct, frozen=True):
    """The inputs and outputs of a component, as far as its arguments tell, and the text that it makes a prompt of.

    `together` are the sets of outputs that it gives, each instead of the others; empty where they are not known.
    """

    inputs: tuple[Socket, ...] = ()
    outputs: tuple[Socket, ...] = ()
    inputs_open: bool = False
    outputs_open: bool = False
    text: str = ""
    together: tuple[tuple[str, ...], ...] = ()


def sockets_of(name: str, made: Object) -> Sockets | None:
    """The sockets of a component of the class `name`; None where its arguments do not matter."""
    maker = MAKERS.get(name)
    return maker(made) if maker is not None else None


# -------------------------------------------------------------------------------------------------------- prompts


def _prompt(made: Object, type_: str) -> Sockets:
    """A prompt builder: an input for each variable of the template."""
    template = made.arguments.get("template", 0)
    texts, known = _texts(template)
    listed = made.arguments.get("variables", 2)
    variables = [v for v in map(text_of, listed.content) if v] if isinstance(listed, Sequence) else []
    names = variables or list(dict.fromkeys(name for text in texts for name in jinja_variables(text)))
    required = _required(made.arguments.get("required_variables", 1), names)
    span = made.site.span
    implied = made.arguments.get("required_variables", 1) is None
    inputs = tuple(Socket(name, None, name in required, many=True, span=span, implied=implied) for name in names)
    extra = (Socket("template"), Socket("template_variables"))
    hidden = (not known and not variables) or template is None or template == NONE or made.arguments.open
    outputs = (Socket("prompt", type_, span=span),)
    return Sockets((*inputs, *extra), outputs, inputs_open=hidden, text="\n".join(texts))


BUILDERS = frozenset({"PromptBuilder", "ChatPromptBuilder"})


def required_in_vain(made: Object) -> tuple[str, ...]:
    """The variables that a prompt builder is told to require and has no input for."""
    listed = made.arguments.get("required_variables", 1) if last_of(made.path) in BUILDERS else None
    sockets = sockets_of(last_of(made.path), made) if isinstance(listed, Sequence) and made.cls is None else None
    if sockets is None or sockets.inputs_open or not isinstance(listed, Sequence):
        return ()
    known = {socket.name for socket in sockets.inputs}
    return tuple(name for item in listed.content if (name := text_of(item)) is not None and name not in known)


def _texts(template: Value | None) -> tuple[list[str], bool]:
    """The texts of a template, a text itself or a list of messages, and whether all of them are known."""
    match template:
        case Const(value=str(text)):
            return [text], True
        case Text(parts=parts):
            return ["".join(text_of(part) or "" for part in parts)], False
        case Sequence(content=items):
            found = [_texts(item.value if isinstance(item, RepeatedElement) else item) for item in items]
            return [text for texts, _ in found for text in texts], template.closed and all(known for _, known in found)
        case Object(path=str(path), arguments=arguments) if last_of(path) in ("from_user", "from_system"):
            return _texts(arguments.get("text", 0))
        case Object(path=str(path)) if last_of(path) in ("from_assistant", "from_tool"):
            return [], True
        case _:
            return [], False


def _required(given: Value | None, names: list[str]) -> set[str]:
    """The variables without which the builder does not run: all, unless it is told otherwise."""
    if given is None or text_of(given) == "*":
        return set(names)
    if isinstance(given, Sequence):
        return {name for name in map(text_of, given.content) if name is not None}
    return set()


# -------------------------------------------------------------------------------------------------------- routers


def _conditional(made: Object) -> Sockets:
    """`ConditionalRouter(routes=[{"condition", "output", "output_name", "output_type"}])`."""
    routes = made.arguments.get("routes", 0)
    optional = made.arguments.get("optional_variables")
    left_out = {text_of(item) for item in optional.content} if isinstance(optional, Sequence) else set()
    inputs: dict[str, None] = {}
    outputs: dict[str, str | None] = {}
    together: list[tuple[str, ...]] = []
    known = isinstance(routes, Sequence) and routes.closed
    for route in routes.content if isinstance(routes, Sequence) else ():
        if not isinstance(route, Mapping):
            known = False
            continue
        for key in ("condition", "output"):
            texts, told = _texts(route.content.get(key))
            known = known and told
            inputs.update(dict.fromkeys(name for text in texts for name in jinja_variables(text)))
        names, told = _texts(route.content.get("output_name"))
        known = known and told
        together.append(tuple(names))
        outputs.update(dict.fromkeys(names, show(route.content.get("output_type"))))
    span = made.site.span
    return Sockets(
        tuple(Socket(name, None, name not in left_out, many=True, span=span) for name in inputs),
        tuple(Socket(name, type_, span=span) for name, type_ in outputs.items()),
        inputs_open=not known,
        outputs_open=not known,
        together=tuple(together) if known else (),
    )


def _listed(argument: str, inputs: Iterable[str], *others: str) -> Callable[[Object], Sockets]:
    """A router with an output for each entry of a list, or each key of a dict, and some that it always has."""

    def sockets(made: Object) -> Sockets:
        given = made.arguments.get(argument, 0)
        match given:
            case Sequence(content=items):
                names, known = [text_of(item) for item in items], given.closed
            case Mapping():
                names, known = [key if isinstance(key, str) else None for key, _ in given.known()], given.closed
            case _:
                names, known = [], False
        span = made.site.span
        found = [name for name in names if name is not None]
        return Sockets(
            tuple(Socket(name, required=index == 0, span=span) for index, name in enumerate(inputs)),
            tuple(Socket(name, span=span) for name in dict.fromkeys((*found, *others))),
            outputs_open=not known or None in names,
        )

    return sockets


# -------------------------------------------------------------------------------------------------------- the rest


def _joiner(name: str, type_argument: str) -> Callable[[Object], Sockets]:
    def sockets(made: Object) -> Sockets:
        type_ = show(made.arguments.get(type_argument, 0))
        span = made.site.span
        return Sockets((Socket(name, type_, required=True, span=span),), (Socket(name, type_, span=span),))

    return sockets


def _adapter(made: Object) -> Sockets:
    texts, known = _texts(made.arguments.get("template", 0))
    names = dict.fromkeys(name for text in texts for name in jinja_variables(text))
    span = made.site.span
    output = Socket("output", show(made.arguments.get("output_type", 1)), span=span)
    return Sockets(
        tuple(Socket(name, None, required=True, span=span) for name in names), (output,), inputs_open=not known
    )


def _agent(made: Object) -> Sockets:
    span = made.site.span
    outputs = (Socket("messages", "list[ChatMessage]", span=span), Socket("last_message", "ChatMessage", span=span))
    return Sockets((Socket("messages", "list[ChatMessage]", span=span),), outputs, inputs_open=True, outputs_open=True)


MAKERS: dict[str, Callable[[Object], Sockets]] = {
    "PromptBuilder": lambda made: _prompt(made, "str"),
    "ChatPromptBuilder": lambda made: _prompt(made, "list[ChatMessage]"),
    "DynamicChatPromptBuilder": lambda made: _prompt(made, "list[ChatMessage]"),
    "ConditionalRouter": _conditional,
    "FileTypeRouter": _listed("mime_types", ("sources", "meta"), "unclassified", "failed"),
    "MetadataRouter": _listed("rules", ("documents",), "unmatched"),
    "TextLanguageRouter": _listed("languages", ("text",), "unmatched"),
    "DocumentTypeRouter": _listed("mime_types", ("documents",), "unclassified"),
    "TransformersTextRouter": _listed("labels", ("text",)),
    "TransformersZeroShotTextRouter": _listed("labels", ("text",)),
    "LLMMessagesRouter": _listed("output_names", ("messages",), "chat_generator_text", "unmatched"),
    "BranchJoiner": _joiner("value", "type_"),
    "ListJoiner": _joiner("values", "list_type_"),
    "OutputAdapter": _adapter,
    "Agent": _agent,
}
