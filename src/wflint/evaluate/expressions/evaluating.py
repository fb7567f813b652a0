"""The value of every kind of expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wflint.evaluate.class_values import Super
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import Comparison
from wflint.evaluate.expressions import attributes, conditions, displays, items, operators
from wflint.evaluate.expressions.comparing import note_comparisons
from wflint.evaluate.expressions.iteration import elements, firm, inner
from wflint.evaluate.expressions.slices import cut_of, sliced
from wflint.evaluate.python.joining import text_from
from wflint.evaluate.tracked import escape_input
from wflint.evaluate.values import (
    OTHER_KEYS,
    Arguments,
    Const,
    ExternalName,
    Function,
    Mapping,
    Unknown,
    Value,
    alternatives,
    join,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def evaluate(interp: Interpreter, node: code.ExprT, scope: Scope) -> Value:
    """The value of `node`; unknown when the budget is used up."""
    budget = interp.budget
    budget.spent += 1
    if budget.spent > budget.limit:
        budget.exhausted = True
        return Unknown("evaluation budget exhausted", interp.location(node.at))
    return _TABLE[type(node)](interp, node, scope)


def _name(interp: Interpreter, node: code.Name, scope: Scope) -> Value:
    return interp.lookup(node.id, scope, node.at)


def _constant(_interp: Interpreter, node: code.Constant, _scope: Scope) -> Value:
    return Const(node.value)


def _joined(interp: Interpreter, node: code.JoinedStr, scope: Scope) -> Value:
    parts = [evaluate(interp, part, scope) for part in node.parts]
    for part in parts:
        escape_input(interp, part, interp.location(node.at))
    return text_from(interp, parts)


def _attribute(interp: Interpreter, node: code.Attribute, scope: Scope) -> Value:
    value = evaluate(interp, node.value, scope)
    return attributes.attribute(interp, value, node.name, interp.location(node.at))


def _subscript(interp: Interpreter, node: code.Subscript, scope: Scope) -> Value:
    value = evaluate(interp, node.value, scope)
    location = interp.location(node.at)
    if isinstance(node.index, code.Slice):
        return sliced(interp, value, cut_of(interp, node.index, scope), location)
    return items.item(interp, value, evaluate(interp, node.index, scope), location)


def _slice(_interp: Interpreter, _node: code.Slice, _scope: Scope) -> Value:
    return Unknown("a slice")


def _starred(interp: Interpreter, node: code.Starred, scope: Scope) -> Value:
    return evaluate(interp, node.value, scope)


def _call(interp: Interpreter, node: code.Call, scope: Scope) -> Value:
    callee = evaluate(interp, node.func, scope)
    arguments = arguments_of(interp, node.args, node.keywords, scope)
    location = interp.location(_shown(node))
    if isinstance(callee, ExternalName) and callee.path == "builtins.super" and not node.args:
        return _super(interp)
    return interp.call(callee, arguments, location)


def _shown(node: code.Call) -> code.TextRange:
    """The stretch that a reader takes for the call: in a chain of calls, only the last link."""
    match node.func:
        case code.Attribute(value=code.Call(), name=name, at=(_, end)):
            return end - len(name), node.at[1]
        case _:
            return node.at


def _super(interp: Interpreter) -> Value:
    frame = interp.frames[-1]
    if frame.cls is None or frame.receiver is None:
        return Unknown("super() outside a method")
    return Super(frame.cls, frame.receiver)


def arguments_of(
    interp: Interpreter, args: tuple[code.ExprT, ...], keywords: tuple[code.Keyword, ...], scope: Scope
) -> Arguments:
    """The arguments of a call, spread ones laid out as far as they are known."""
    positional: list[Value] = []
    tail: list[Value] = []
    for arg in args:
        value = evaluate(interp, arg, scope)
        given = elements(interp, value).content if isinstance(arg, code.Starred) else [value]
        sure = firm(interp.list_of(given)) if not tail and isinstance(arg, code.Starred) else given if not tail else []
        positional.extend(sure)
        tail.extend(inner(item) for item in given[len(sure) :])
    named, rest = _named(interp, keywords, scope)
    hidden = join(*tail) if tail else None
    return Arguments(tuple(positional), named, bool(tail or rest), hidden, join(*rest) if rest else None)


def _named(
    interp: Interpreter, keywords: tuple[code.Keyword, ...], scope: Scope
) -> tuple[tuple[tuple[str, Value], ...], list[Value]]:
    """The arguments by keyword, and what those come from that are not known."""
    named: dict[str, Value] = {}
    rest: list[Value] = []
    for keyword in keywords:
        value = evaluate(interp, keyword.value, scope)
        if keyword.name is not None:
            named[keyword.name] = value
        elif isinstance(value, Mapping):
            named.update((key, held) for key, held in value.known() if isinstance(key, str))
            rest += [] if value.closed else [value.content[OTHER_KEYS]]
        else:
            rest.append(value)
    return tuple(named.items()), rest


def _comprehension(interp: Interpreter, node: code.Comprehension, scope: Scope) -> Value:
    from wflint.evaluate.expressions.iteration import comprehend

    return comprehend(interp, node, scope)


def _binary(interp: Interpreter, node: code.Binary, scope: Scope) -> Value:
    left, right = evaluate(interp, node.left, scope), evaluate(interp, node.right, scope)
    return operators.binary(interp, node.operator, left, right, interp.location(node.at))


def _unary(interp: Interpreter, node: code.Unary, scope: Scope) -> Value:
    value = evaluate(interp, node.operand, scope)
    if node.operator == "not":
        outcome = conditions.truth(interp, value)
        return Const(not outcome) if outcome is not None else Unknown("a negation", None, depends_on(value))
    match node.operator, value:
        case "-", Const(value=int() | float() as number):
            return Const(-number)
        case "+", Const(value=int() | float() as number):
            return Const(+number)
        case "~", Const(value=int() as number):
            return Const(~number)
        case _:
            return Unknown("computed", interp.location(node.at), depends_on(value))


def _boolean(interp: Interpreter, node: code.Boolean, scope: Scope) -> Value:
    left = evaluate(interp, node.left, scope)
    outcome = conditions.truth(interp, left)
    stops = node.operator == "or"
    if outcome is not None:
        return left if outcome is stops else evaluate(interp, node.right, scope)
    with conditions.under(interp, node.left, scope, left, holds=not stops):
        right = evaluate(interp, node.right, scope)
    kept = [option for option in alternatives(left) if conditions.truth(interp, option) is not (not stops)]
    return join(*kept, right)


def _compare(interp: Interpreter, node: code.Compare, scope: Scope) -> Value:
    left = evaluate(interp, node.left, scope)
    rights = [evaluate(interp, right, scope) for right in node.rights]
    location = interp.location(node.at)
    pairs = list(zip(node.operators, (left, *rights), rights, strict=False))
    outcomes = [conditions.compare(interp, operator, a, b, location) for operator, a, b in pairs]
    noted = zip(pairs, outcomes, strict=True)
    note_comparisons(interp, [Comparison(*pair, location, outcome) for pair, outcome in noted])
    if False in outcomes or None not in outcomes:
        return Const(False not in outcomes)
    return Unknown("a comparison", location, depends_on(left, *rights))


def _conditional(interp: Interpreter, node: code.IfExp, scope: Scope) -> Value:
    tested = evaluate(interp, node.test, scope)
    outcome = conditions.truth(interp, tested)
    if outcome is not None:
        return evaluate(interp, node.body if outcome else node.orelse, scope)
    with conditions.under(interp, node.test, scope, tested, holds=True):
        body = evaluate(interp, node.body, scope)
    with conditions.under(interp, node.test, scope, tested, holds=False):
        orelse = evaluate(interp, node.orelse, scope)
    return join(body, orelse)


def _walrus(interp: Interpreter, node: code.NamedExpr, scope: Scope) -> Value:
    value = evaluate(interp, node.value, scope)
    target = scope.lasting().target(node.name)
    interp.heap.snapshot_before_write(target)
    target.content[node.name] = value
    return value


def _await(interp: Interpreter, node: code.Await, scope: Scope) -> Value:
    return evaluate(interp, node.value, scope)


def _yield(interp: Interpreter, node: code.Yield, scope: Scope) -> Value:
    if node.value is not None:
        value = evaluate(interp, node.value, scope)
        given = interp.frames[-1].yields
        if given is not None:
            interp.heap.snapshot_before_write(given)
            given.content[:] = interp.bounded(
                [*given.content, *(elements(interp, value).content if node.delegates else [value])]
            )
    return Unknown("a value sent into a generator", interp.location(node.at))


def _lambda(interp: Interpreter, node: code.Lambda, scope: Scope) -> Value:
    defaults = {p.name: evaluate(interp, p.default, scope) for p in node.parameters if p.default is not None}
    return Function(node, interp.module, scope, "<lambda>", defaults)


def _opaque(interp: Interpreter, node: code.Opaque, _scope: Scope) -> Value:
    return Unknown(node.reason, interp.location(node.at))


_TABLE: dict[type, Callable[[Interpreter, Any, Scope], Value]] = {
    code.Name: _name,
    code.Constant: _constant,
    code.JoinedStr: _joined,
    code.Attribute: _attribute,
    code.Subscript: _subscript,
    code.Slice: _slice,
    code.Starred: _starred,
    code.Call: _call,
    code.Display: displays.display,
    code.DictDisplay: displays.dict_display,
    code.Comprehension: _comprehension,
    code.Binary: _binary,
    code.Unary: _unary,
    code.Boolean: _boolean,
    code.Compare: _compare,
    code.IfExp: _conditional,
    code.NamedExpr: _walrus,
    code.Await: _await,
    code.Yield: _yield,
    code.Lambda: _lambda,
    code.Opaque: _opaque,
}
