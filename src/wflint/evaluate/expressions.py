"""The value of every kind of expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wflint.evaluate import attributes, conditions, displays, operators
from wflint.evaluate.class_values import Super
from wflint.evaluate.iteration import elements
from wflint.evaluate.joining import text_from
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Library,
    Mapping,
    Place,
    Rest,
    Sequence,
    Symbol,
    Unknown,
    Value,
    options_of,
    present,
    sources_of,
    unite,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def evaluate(interp: Interpreter, node: code.ExprT, scope: Scope) -> Value:
    """The value of `node`; unknown when the budget is used up."""
    budget = interp.budget
    budget.spent += 1
    if budget.spent > budget.steps:
        budget.exhausted = True
        return Unknown("the budget for this file is used up", interp.place(node.at))
    return _TABLE[type(node)](interp, node, scope)


def _name(interp: Interpreter, node: code.Name, scope: Scope) -> Value:
    return interp.lookup(node.id, scope, node.at)


def _constant(_interp: Interpreter, node: code.Constant, _scope: Scope) -> Value:
    return Const(node.value)


def _joined(interp: Interpreter, node: code.Joined, scope: Scope) -> Value:
    parts = [evaluate(interp, part, scope) for part in node.parts]
    for part in parts:
        if isinstance(part, Symbol) and not part.path:
            interp.note(part, "escape", interp.place(node.at))
    return text_from(interp, parts)


def _attribute(interp: Interpreter, node: code.Attribute, scope: Scope) -> Value:
    value = evaluate(interp, node.value, scope)
    return attributes.attribute(interp, value, node.name, interp.place(node.at))


def _subscript(interp: Interpreter, node: code.Subscript, scope: Scope) -> Value:
    value = evaluate(interp, node.value, scope)
    place = interp.place(node.at)
    if isinstance(node.index, code.Slice):
        return _sliced(interp, value, node.index, scope)
    return attributes.item(interp, value, evaluate(interp, node.index, scope), place)


def _sliced(interp: Interpreter, value: Value, node: code.Slice, scope: Scope) -> Value:
    bounds = [evaluate(interp, bound, scope) if bound else NONE for bound in (node.lower, node.upper, node.step)]
    cut = _known_slice(bounds)
    if cut is not None and isinstance(value, Sequence) and value.closed:
        return interp.list_of(value.content[cut], value.kind)
    if cut is not None and isinstance(value, Const) and isinstance(value.value, str):
        return Const(value.value[cut])
    if isinstance(value, Sequence):
        return interp.list_of([Rest(item.value if isinstance(item, Rest) else item) for item in value.content])
    return Unknown("a slice", interp.place(node.at), sources_of(value))


def _known_slice(bounds: list[Value]) -> slice | None:
    known: list[int | None] = []
    for bound in bounds:
        if not isinstance(bound, Const) or not (bound.value is None or isinstance(bound.value, int)):
            return None
        known.append(bound.value)
    return slice(*known) if known[-1] != 0 else None


def _slice(_interp: Interpreter, _node: code.Slice, _scope: Scope) -> Value:
    return Unknown("a slice")


def _starred(interp: Interpreter, node: code.Starred, scope: Scope) -> Value:
    return evaluate(interp, node.value, scope)


def _call(interp: Interpreter, node: code.Call, scope: Scope) -> Value:
    callee = evaluate(interp, node.func, scope)
    arguments = arguments_of(interp, node.args, node.keywords, scope)
    place = interp.place(_shown(node))
    if isinstance(callee, Library) and callee.path == "builtins.super" and not node.args:
        return _super(interp)
    return interp.call(callee, arguments, place)


def _shown(node: code.Call) -> code.At:
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
    named: list[tuple[str, Value]] = []
    open_ = False
    for arg in args:
        value = evaluate(interp, arg, scope)
        if not isinstance(arg, code.Starred):
            positional.append(value)
        elif isinstance(value, Sequence) and value.closed:
            positional.extend(value.content)
        else:
            open_ = True
    for keyword in keywords:
        value = evaluate(interp, keyword.value, scope)
        if keyword.name is not None:
            named.append((keyword.name, value))
            continue
        if isinstance(value, Mapping):
            named.extend((key, there) for key, v in value.known() if isinstance(key, str) and (there := present(v)))
            open_ = open_ or not value.closed
        else:
            _escape(interp, value, interp.place(keyword.value.at))
            open_ = True
    return Arguments(tuple(positional), tuple(named), open_)


def _escape(interp: Interpreter, value: Value, place: Place) -> None:
    for option in options_of(value):
        if isinstance(option, Symbol):
            interp.note(option, "escape", place)


def _comprehension(interp: Interpreter, node: code.Comprehension, scope: Scope) -> Value:
    from wflint.evaluate.iteration import comprehend

    return comprehend(interp, node, scope)


def _binary(interp: Interpreter, node: code.Binary, scope: Scope) -> Value:
    left, right = evaluate(interp, node.left, scope), evaluate(interp, node.right, scope)
    return operators.binary(interp, node.operator, left, right, interp.place(node.at))


def _unary(interp: Interpreter, node: code.Unary, scope: Scope) -> Value:
    value = evaluate(interp, node.operand, scope)
    if node.operator == "not":
        outcome = conditions.truth(interp, value)
        return Const(not outcome) if outcome is not None else Unknown("a negation", None, sources_of(value))
    match node.operator, value:
        case "-", Const(value=int() | float() as number):
            return Const(-number)
        case _:
            return Unknown("computed", interp.place(node.at), sources_of(value))


def _boolean(interp: Interpreter, node: code.Boolean, scope: Scope) -> Value:
    left = evaluate(interp, node.left, scope)
    outcome = conditions.truth(interp, left)
    stops = node.operator == "or"
    if outcome is not None:
        return left if outcome is stops else evaluate(interp, node.right, scope)
    with conditions.under(interp, node.left, scope, holds=not stops):
        right = evaluate(interp, node.right, scope)
    kept = [option for option in options_of(left) if conditions.truth(interp, option) is not (not stops)]
    return unite(*kept, right)


def _compare(interp: Interpreter, node: code.Compare, scope: Scope) -> Value:
    left = evaluate(interp, node.left, scope)
    rights = [evaluate(interp, right, scope) for right in node.rights]
    place = interp.place(node.at)
    pairs = zip(node.operators, (left, *rights), rights, strict=False)
    outcomes = [conditions.compare(interp, operator, a, b, place) for operator, a, b in pairs]
    if False in outcomes or None not in outcomes:
        return Const(False not in outcomes)
    return Unknown("a comparison", place, sources_of(left, *rights))


def _conditional(interp: Interpreter, node: code.Conditional, scope: Scope) -> Value:
    outcome = conditions.truth(interp, evaluate(interp, node.test, scope))
    if outcome is not None:
        return evaluate(interp, node.body if outcome else node.orelse, scope)
    with conditions.under(interp, node.test, scope, holds=True):
        body = evaluate(interp, node.body, scope)
    with conditions.under(interp, node.test, scope, holds=False):
        orelse = evaluate(interp, node.orelse, scope)
    return unite(body, orelse)


def _walrus(interp: Interpreter, node: code.Walrus, scope: Scope) -> Value:
    value = evaluate(interp, node.value, scope)
    target = scope.target(node.name)
    interp.heap.touch(target)
    target.content[node.name] = value
    return value


def _await(interp: Interpreter, node: code.Await, scope: Scope) -> Value:
    return evaluate(interp, node.value, scope)


def _yield(interp: Interpreter, node: code.Yield, scope: Scope) -> Value:
    if node.value is not None:
        value = evaluate(interp, node.value, scope)
        interp.frames[-1].yields.extend(elements(interp, value).content if node.delegates else [value])
    return Unknown("what is sent into a generator", interp.place(node.at))


def _lambda(interp: Interpreter, node: code.Lambda, scope: Scope) -> Value:
    defaults = {p.name: evaluate(interp, p.default, scope) for p in node.parameters if p.default is not None}
    return Function(node, interp.module, scope, "<lambda>", defaults)


def _opaque(interp: Interpreter, node: code.Opaque, _scope: Scope) -> Value:
    return Unknown(node.reason, interp.place(node.at))


_TABLE: dict[type, Callable[[Interpreter, Any, Scope], Value]] = {
    code.Name: _name,
    code.Constant: _constant,
    code.Joined: _joined,
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
    code.Conditional: _conditional,
    code.Walrus: _walrus,
    code.Await: _await,
    code.Yield: _yield,
    code.Lambda: _lambda,
    code.Opaque: _opaque,
}
