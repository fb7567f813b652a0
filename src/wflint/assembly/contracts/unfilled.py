"""Texts for a model with the names of variables in braces, which are no f-strings and which nothing fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from wflint.assembly.contracts.models import PIPE, asks
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.statements.bindings import bound_names
from wflint.evaluate.values import Location, Mapping, Object, Sequence, Value, text_of
from wflint.model.patterns import pattern
from wflint.model.prompt import Prompt, TemplateGap, TextRole
from wflint.source.code import Constant, FunctionDef, JoinedStr, Lambda, Node
from wflint.source.walking import body_of, children, nodes_in

PLACEHOLDER: Final = pattern(r"(?<![{$=<\\])\{([A-Za-z_]\w*)\}(?!\})")
MESSAGE: Final = pattern(r"\.(?:System|Human|Chat)Message$")
DEEPEST: Final = 4


def unfilled(summary: FunctionSummary) -> Iterator[TemplateGap]:
    """The calls of models that the step itself makes with such a text, where the names are variables of its code."""
    own = _variables(summary)
    for call in summary.calls if own else ():
        if asks(call) and not call.within and not _is_chain(call.receiver):
            names = dict.fromkeys(name for text in _told(call) for name in PLACEHOLDER.findall(text) if name in own)
            written = [name for name in names if _is_written(summary, name)]
            if written:
                yield TemplateGap(tuple(written), call.span, None, fails=False, plain=True)


def left_in_braces(made: Object, prompt: Prompt | None) -> tuple[TemplateGap, ...]:
    """What an agent is told in braces as it is, where the code that makes it has variables of these names."""
    texts = [text for text in prompt.texts if text.complete and text.role is TextRole.INSTRUCTION] if prompt else []
    asked = [(text, tuple(dict.fromkeys(PLACEHOLDER.findall(text.text)))) for text in texts if "{" in text.text]
    own: frozenset[str] | None = None
    gaps: list[TemplateGap] = []
    for text, names in asked:
        own = _variables_around(made.site) if own is None and names else own
        left = tuple(name for name in names if own is not None and name in own)
        gaps += [TemplateGap(left, text.span, None, fails=False, plain=True)] if left else []
    return tuple(gaps)


def _variables_around(place: Location) -> frozenset[str]:
    """The variables of the innermost function in whose code a place is."""
    around: FunctionDef | None = None
    body: Iterable[Struct] = place.module.body
    while (node := _node_around(body, place)) is not None:
        around = node if isinstance(node, FunctionDef) else around
        body = children(node)
    return _variables_of(around) if around is not None else frozenset()


def _node_around(body: Iterable[Struct], place: Location) -> Node | None:
    """The last one that begins before the place: what is said to be the place of a function is its header."""
    before = [each for each in body if isinstance(each, Node) and each.at[0] <= place.at[0]]
    return max(before, key=lambda node: node.at[0]) if before else None


def _variables(summary: FunctionSummary) -> frozenset[str]:
    return _variables_of(summary.function.node)


def _variables_of(node: FunctionDef | Lambda) -> frozenset[str]:
    """The parameters of a function and the variables that it sets."""
    set_ = bound_names(node.body) if isinstance(node, FunctionDef) else ()
    return frozenset((*set_, *(parameter.name for parameter in node.parameters)))


def _is_chain(model: Value | None) -> bool:
    return isinstance(model, Object) and model.path == PIPE


def _told(call: LibraryCall) -> Iterator[str]:
    for given in (*call.arguments.positional[:1], *(value for _, value in call.arguments.keywords)):
        yield from _texts(given)


def _texts(value: Value, depth: int = DEEPEST) -> Iterator[str]:
    text = text_of(value)
    if text is not None:
        yield text
    elif depth and isinstance(value, Sequence):
        for item in value.content:
            yield from _texts(item, depth - 1)
    elif depth and isinstance(value, Mapping) and (content := value.content.get("content")) is not None:
        yield from _texts(content, depth - 1)
    elif depth and isinstance(value, Object) and MESSAGE.search(value.path or ""):
        content = value.arguments.get("content", 0)
        yield from _texts(content, depth - 1) if content is not None else ()


def _is_written(summary: FunctionSummary, name: str) -> bool:
    """Whether a plain text of the function has the name in braces; those of an f-string were written twice."""
    nodes = list(nodes_in(body_of(summary.function.node)))
    joined = {id(part) for node in nodes if isinstance(node, JoinedStr) for part in nodes_in([node])}
    plain = (node for node in nodes if isinstance(node, Constant) and id(node) not in joined)
    return any(isinstance(node.value, str) and f"{{{name}}}" in node.value for node in plain)
