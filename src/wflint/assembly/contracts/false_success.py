"""Handlers of failures after which code says, in the words that it has for success, that all went well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import Location, Value
from wflint.model.conduct import FalseSuccess
from wflint.model.patterns import pattern
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import called_name, nodes_in

TELLING: Final = pattern(r"(?i)status|state|success|succeeded|ok|result|outcome")
"""Keys by which a result says how it went."""
SUCCESS: Final = pattern(
    r"(?i)\W*(?:\w+ ){0,7}(?:success\w*|succeeded|ok|okay|done|completed?|sent|saved|stored|booked|created|updated"
    r"|submitted|scheduled|recorded|delivered|processed|confirmed|posted|published)\b.*"
)
"""What says that it went well."""
FAILURE: Final = pattern(
    r"(?i).*\b(?:not|no|nothing|never|fail\w*|errors?|unable|cannot|could|would|will|to be)\b.*|.*n't\b.*"
)
"""What does not say so for all that."""
QUIET: Final = frozenset(
    {"print", "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print_exc"}
)
"""Calls that tell the people who run the code, and nobody else."""

Claim = tuple[str, object]
"""A key with what it says; of a text, an empty key."""


def false_successes(values: Iterable[Value | None]) -> tuple[FalseSuccess, ...]:
    """The handlers in some functions, each with the function's name."""
    found: dict[FalseSuccess, None] = {}
    for value in values:
        function = function_of(value) if value is not None else None
        if function is not None and isinstance(function.node, code.FunctionDef):
            for at in _in_body(function.node):
                found[FalseSuccess(function.name, Location(function.module, at).span)] = None
    return tuple(found)


def _in_body(function: code.FunctionDef) -> Iterator[TextRange]:
    tries = [node for node in nodes_in(function.body) if isinstance(node, code.Try)]
    handlers = [handler for each in tries for handler in each.handlers if _is_broad(handler.kind)]
    within = {id(node) for handler in handlers for node in nodes_in(handler.body)}
    returns = [node for node in nodes_in(function.body) if isinstance(node, code.Return)]
    claimed = {claim for node in returns if id(node) not in within for claim in _claims(node.value)}
    for handler in handlers:
        last = handler.body[-1] if handler.body else None
        same = isinstance(last, code.Return) and not claimed.isdisjoint(_claims(last.value))
        if last is not None and same and not _names(last, handler.name) and _only_tells(handler.body[:-1]):
            yield last.at
    for each in tries:
        after = _after(function.body, each)
        for handler in each.handlers:
            swallows = _is_broad(handler.kind) and _only_tells(handler.body)
            if swallows and after is not None and not each.orelse and any(_claims(after.value)):
                yield handler.at


def _is_broad(kind: code.ExprT | None) -> bool:
    """Whether a handler is for any failure there may be, and not for one that is expected."""
    match kind:
        case None:
            return True
        case code.Name(id=name) | code.Attribute(name=name):
            return name in ("Exception", "BaseException", "HTTPError", "RequestException", "RequestError")
        case _:
            return False


def _after(body: Sequence[code.StmtT], attempt: code.Try) -> code.Return | None:
    """The statement after a `try` of the function's own body, where that returns."""
    at = next((number for number, each in enumerate(body) if each is attempt), None)
    following = body[at + 1] if at is not None and at + 1 < len(body) else None
    return following if isinstance(following, code.Return) else None


def _claims(value: code.ExprT | None) -> Iterator[Claim]:
    """What a returned value says of success."""
    match value:
        case code.DictDisplay(pairs=pairs):
            for pair in pairs:
                match pair:
                    case code.Pair(key=code.Constant(value=str(key)), value=code.Constant(value=said)):
                        if TELLING.fullmatch(key) and (said is True or _is_success(said)):
                            yield key, said
                    case _:
                        pass
        case code.Constant(value=str(text)) if _is_success(text):
            yield "", text
        case code.JoinedStr(parts=parts):
            text = "".join(str(part.value) if isinstance(part, code.Constant) else "x" for part in parts)
            if _is_success(text):
                yield "", text
        case _:
            pass


def _is_success(said: object) -> bool:
    if not isinstance(said, str) or SUCCESS.fullmatch(said.strip()) is None:
        return False
    return FAILURE.fullmatch(said.strip()) is None


def _names(node: code.Node, name: str | None) -> bool:
    return name is not None and any(isinstance(each, code.Name) and each.id == name for each in nodes_in([node]))


def _only_tells(body: Sequence[code.StmtT]) -> bool:
    """Whether statements do nothing but log, or nothing at all."""
    return all(isinstance(each, code.ExprStmt) and _is_quiet(each.value) for each in body)


def _is_quiet(value: code.ExprT) -> bool:
    return isinstance(value, code.Constant) or (isinstance(value, code.Call) and called_name(value) in QUIET)
