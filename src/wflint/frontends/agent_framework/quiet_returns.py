"""Handlers that send a message in some cases and return without one in another."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.values import Location
from wflint.source.code import Attribute, Constant, ExprT, FunctionDef, If, Name, Raise, Return, StmtT
from wflint.source.walking import nodes_in


def quiet_return(summary: FunctionSummary) -> Location | None:
    """Where a handler returns although it used its context for nothing yet, and sends something otherwise.

    What depends on the object of the handler may wait for more, so a test that asks it is passed over; so is one that
    asks only whether there is a message at all.
    """
    node = summary.function.node
    if not isinstance(node, FunctionDef):
        return None
    names = [parameter.name for parameter in node.parameters]
    if not any(call.method == "send_message" for call in summary.calls) or len(names) < 2:  # noqa: PLR2004 - message, context
        return None
    keeping = frozenset({names[0], names[-1]}) if summary.function.owner is not None else frozenset({names[-1]})
    hands = _Hands(keeping, names[-1], frozenset(names) - keeping)
    found = _quiet(node.body, hands) or _one_armed(node.body, hands)
    return Location(summary.function.module, found.at) if found is not None else None


class _Hands(Struct, frozen=True):
    """The names of a handler's parameters: those that keep something, the context among them, and the message."""

    keeping: frozenset[str]
    context: str
    message: frozenset[str]

    def decides(self, test: ExprT) -> bool:
        """Whether a test is about what the handler made of its message."""
        named = {item.id for item in nodes_in([test]) if isinstance(item, Name)}
        asks = any(isinstance(item, Constant) and isinstance(item.value, str) for item in nodes_in([test]))
        return named.isdisjoint(self.keeping) and (asks or not named <= self.message | {"len"})

    def uses_context(self, *nodes: object) -> bool:
        """Whether some code names the context."""
        return any(isinstance(item, Name) and item.id == self.context for item in nodes_in(nodes))


def _quiet(body: Sequence[StmtT], hands: _Hands) -> Return | None:
    """The first return that nothing of the context was used before."""
    for statement in body:
        match statement:
            case Return() if not hands.uses_context(statement):
                return statement
            case If(test=test, body=then, orelse=otherwise) if hands.decides(test):
                found = _quiet(then, hands) or _quiet(otherwise, hands)
                if found is not None:
                    return found
            case _:
                pass
        if isinstance(statement, Return | Raise) or hands.uses_context(statement):
            return None
    return None


def _one_armed(body: Sequence[StmtT], hands: _Hands) -> If | None:
    """The test at the end of a handler of which one arm uses the context, and the other one neither does nor fails."""
    match [statement for statement in body if hands.uses_context(statement)]:
        case [If(test=test, body=then, orelse=otherwise) as only] if hands.decides(test):
            without = [arm for arm in (then, otherwise) if not hands.uses_context(*arm)]
            raising = any(isinstance(node, Raise) for node in nodes_in([*without, *body[body.index(only) :]]))
            return only if without and not raising else None
        case _:
            return None


def gives_or_sends(node: object) -> bool:
    """Whether a handler gives an output and ends in one case, and sends a message in the other."""
    if not isinstance(node, FunctionDef):
        return False
    for number, statement in enumerate(node.body):
        if isinstance(statement, If):
            then, rest = statement.body, (*statement.orelse, *node.body[number + 1 :])
            ends = bool(then) and isinstance(then[-1], Return | Raise)
            other = rest if ends else statement.orelse
            if _only(then, GIVING, SENDING) and _only(other, SENDING, GIVING):
                return True
    return False


SENDING, GIVING = "send_message", "yield_output"


def _only(body: Sequence[StmtT], one: str, other: str) -> bool:
    """Whether some code uses the one of two methods, and not the other."""
    named = {item.name for item in nodes_in(body) if isinstance(item, Attribute)}
    return one in named and other not in named
