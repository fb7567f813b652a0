"""What every kind of statement does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wflint.evaluate import conditions
from wflint.evaluate.interpreter import Flow, ReturnSite
from wflint.evaluate.iteration import bind_target, elements
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Box,
    Const,
    FieldDecl,
    Function,
    Late,
    Library,
    Mapping,
    ModuleValue,
    Object,
    Rest,
    Sequence,
    Symbol,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    present,
    sources_of,
    unite,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_block(interp: Interpreter, body: tuple[code.StmtT, ...], scope: Scope) -> Flow:
    """Run statements until one does not fall through."""
    for statement in body:
        if not interp.budget.spend():
            return Flow.NEXT
        flow = _TABLE[type(statement)](interp, statement, scope)
        if flow is not Flow.NEXT:
            return flow
    return Flow.NEXT


def _expression(interp: Interpreter, node: code.Evaluate, scope: Scope) -> Flow:
    interp.evaluate(node.value, scope)
    return Flow.NEXT


def _assign(interp: Interpreter, node: code.Assign, scope: Scope) -> Flow:
    value = interp.evaluate(node.value, scope)
    for target in node.targets:
        bind_target(interp, target, value, scope)
    return Flow.NEXT


def _augment(interp: Interpreter, node: code.Augment, scope: Scope) -> Flow:
    from wflint.evaluate.expressions import binary, spread_into

    old = interp.evaluate(node.target, scope)
    value = interp.evaluate(node.value, scope)
    place = interp.place(node.at)
    match old:
        case Sequence(kind="list" | "set") if node.operator in ("+", "|"):
            interp.heap.touch(old)
            old.content.extend(elements(interp, value).content)
        case Mapping() if node.operator == "|":
            interp.heap.touch(old)
            spread_into(interp, old, value, place)
        case Symbol(path=path) if path:
            interp.note(old, "set" if len(path) == 1 else "nested", place)
            bind_target(interp, node.target, Unknown("computed", place, sources_of(old, value)), scope)
        case _:
            bind_target(interp, node.target, binary(interp, node.operator, old, value, place), scope)
    return Flow.NEXT


def _declare(interp: Interpreter, node: code.Declare, scope: Scope) -> Flow:
    value = interp.evaluate(node.value, scope) if node.value is not None else None
    if value is not None:
        bind_target(interp, node.target, value, scope)
    if scope.kind == "class" and isinstance(node.target, code.Name):
        place = interp.place(node.at)
        scope.fields[node.target.id] = FieldDecl(node.target.id, node.annotation, value, scope, place)
    return Flow.NEXT


def _return(interp: Interpreter, node: code.Return, scope: Scope) -> Flow:
    value = interp.evaluate(node.value, scope) if node.value is not None else NONE
    frame = interp.frames[-1]
    if len(interp.heap.layers) > frame.layers:
        value = _kept(interp, value, frame.birth, 4)
    value = interp.resolved(value)
    frame.returns.append(
        ReturnSite(value, interp.place(node.at), interp.certain_since(frame.taken), interp.assumed)
    )
    return Flow.RETURN


def _kept(interp: Interpreter, value: Value, birth: int, depth: int) -> Value:
    """What is returned from inside an arm, as it is now: what the arm did to local boxes is about to be undone."""
    if not depth or not isinstance(value, Box) or value.birth < birth:
        return value
    match value:
        case Sequence():
            kept = interp.list_of([_kept(interp, item, birth, depth - 1) for item in value.content], value.kind)
            kept.place = value.place
            return kept
        case Mapping():
            copy = interp.dict_of(value.place)
            copy.content.update({key: _kept(interp, v, birth, depth - 1) for key, v in value.content.items()})
            copy.places.update(value.places)
            return copy
        case _:
            return value


def _raise(interp: Interpreter, node: code.Raise, scope: Scope) -> Flow:
    if node.value is not None:
        interp.evaluate(node.value, scope)
    return Flow.RAISE


def _if(interp: Interpreter, node: code.If, scope: Scope) -> Flow:
    value = interp.evaluate(node.test, scope)
    outcome = conditions.truth(interp, value)
    if outcome is not None and not _is_switch(node.test, value, scope):
        return run_block(interp, node.body if outcome else node.orelse, scope)

    def arm(body: tuple[code.StmtT, ...], *, holds: bool) -> Flow:
        if outcome is None:
            conditions.assume(interp, node.test, scope, holds=holds)
        return run_block(interp, body, scope)

    return interp.fork(lambda: arm(node.body, holds=True), lambda: arm(node.orelse, holds=False))


def _is_switch(test: code.ExprT, value: Value, scope: Scope) -> bool:
    """Whether the test is a module's own on/off switch (`if DEBUG:`), which people flip: both arms count."""
    while isinstance(test, code.Unary) and test.operator == "not":
        test = test.operand
    if not isinstance(test, code.Name) or not isinstance(value, Const) or not isinstance(value.value, bool):
        return False
    holder = scope.holder(test.id)
    return holder is not None and holder.kind == "module"


def _for(interp: Interpreter, node: code.For, scope: Scope) -> Flow:
    listed = elements(interp, interp.evaluate(node.iterable, scope))
    taken, returns = interp.taken, len(interp.frames[-1].returns)

    def round_(value: Value) -> Flow:
        bind_target(interp, node.target, value, scope)
        return run_block(interp, node.body, scope)

    flow = Flow.NEXT
    for item in listed.content[: interp.budget.rounds]:
        before = interp.taken
        if isinstance(item, Rest) or may_be_absent(item):
            value = item.value if isinstance(item, Rest) else present(item)
            if value is None:
                continue
            flow = interp.fork(lambda v=value: round_(v), lambda: Flow.NEXT)  # type: ignore[misc]
        else:
            flow = round_(item)
        if flow is not Flow.NEXT and not (flow is Flow.JUMP and _continues(node.body)):
            break
        if flow is Flow.JUMP:
            interp.taken = before
    return _after_loop(interp, node.orelse, scope, flow, taken, returns)


def _continues(body: tuple[code.StmtT, ...]) -> bool:
    """Whether the jumps of a loop's body are all `continue`."""
    return not any(isinstance(node, code.Jump) and node.kind == "break" for node in _own_statements(body))


def _own_statements(body: tuple[code.StmtT, ...]) -> list[code.StmtT]:
    found: list[code.StmtT] = []
    queue = list(body)
    while queue:
        node = queue.pop()
        found.append(node)
        match node:
            case code.If(body=inner, orelse=orelse):
                queue += [*inner, *orelse]
            case code.Try(body=inner, handlers=handlers, orelse=orelse, final=final):
                queue += [*inner, *orelse, *final, *(s for handler in handlers for s in handler.body)]
            case code.With(body=inner):
                queue += inner
            case code.Match(cases=cases):
                queue += [s for case in cases for s in case.body]
            case _:
                pass
    return found


def _after_loop(
    interp: Interpreter,
    orelse: tuple[code.StmtT, ...],
    scope: Scope,
    flow: Flow,
    taken: tuple[int, ...],
    returns: int,
) -> Flow:
    """Conditions that a loop's jumps left end with it; those that its returns left last."""
    interp.taken = taken
    if flow in (Flow.RETURN, Flow.RAISE):
        return flow
    if len(interp.frames[-1].returns) > returns:
        interp.condition()
    return run_block(interp, orelse, scope) if flow is Flow.NEXT else Flow.NEXT


def _while(interp: Interpreter, node: code.While, scope: Scope) -> Flow:
    taken, returns = interp.taken, len(interp.frames[-1].returns)
    flow = Flow.NEXT
    for _ in range(interp.budget.rounds):
        outcome = conditions.truth(interp, interp.evaluate(node.test, scope))
        if outcome is False:
            break
        if outcome is None or isinstance(node.test, code.Constant):
            flow = _some_rounds(interp, node, scope, endless=outcome is True)
            break
        flow = run_block(interp, node.body, scope)
        if flow is not Flow.NEXT:
            break
    return _after_loop(interp, node.orelse, scope, flow, taken, returns)


def _some_rounds(interp: Interpreter, node: code.While, scope: Scope, *, endless: bool) -> Flow:
    """A loop that runs nobody knows how often: names that count up are unknown, then one round stands for all."""
    for statement in _own_statements(node.body):
        if isinstance(statement, code.Augment) and isinstance(statement.target, code.Name):
            target = scope.target(statement.target.id)
            interp.heap.touch(target)
            old = target.content.get(statement.target.id, NONE)
            if isinstance(old, Const):
                target.content[statement.target.id] = Unknown("counted in a loop", interp.place(statement.at))

    def round_() -> Flow:
        if not endless:
            conditions.assume(interp, node.test, scope, holds=True)
        return run_block(interp, node.body, scope)

    if endless:
        flow = round_()
        return Flow.NEXT if flow is Flow.JUMP else flow
    return interp.fork(round_, lambda: Flow.NEXT)


def _try(interp: Interpreter, node: code.Try, scope: Scope) -> Flow:
    copes = any(_copes(handler) for handler in node.handlers)

    def body() -> Flow:
        interp.guards += copes
        try:
            flow = run_block(interp, node.body, scope)
        finally:
            interp.guards -= copes
        return run_block(interp, node.orelse, scope) if flow is Flow.NEXT else flow

    def handler(handler_: code.Handler) -> Flow:
        if handler_.name is not None:
            bind_target(interp, code.Name(handler_.at, handler_.name), Unknown("an exception"), scope)
        return run_block(interp, handler_.body, scope)

    handlers = [h for h in node.handlers if not (_is_import_error(h) and _only_imports(node.body))]
    if handlers:
        arms: list[Callable[[], Flow]] = [lambda h=h: handler(h) for h in handlers]  # type: ignore[misc]
        flow = interp.fork(body, *arms, decided=True)
    else:
        flow = body()
    final = run_block(interp, node.final, scope)
    return final if final is not Flow.NEXT else flow


COPING = frozenset({"KeyError", "LookupError", "Exception", "BaseException", "AttributeError", "IndexError"})
IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError"})


def _handled(handler: code.Handler) -> list[str]:
    match handler.kind:
        case code.Name(id=name) | code.Attribute(name=name):
            return [name]
        case code.Display(items=items):
            return [item.id for item in items if isinstance(item, code.Name)]
        case _:
            return []


def _copes(handler: code.Handler) -> bool:
    return handler.kind is None or any(name in COPING for name in _handled(handler))


def _is_import_error(handler: code.Handler) -> bool:
    return any(name in IMPORT_ERRORS for name in _handled(handler))


def _only_imports(body: tuple[code.StmtT, ...]) -> bool:
    return all(isinstance(statement, code.Import | code.ImportFrom | code.Assign) for statement in body)


def _with(interp: Interpreter, node: code.With, scope: Scope) -> Flow:
    for item in node.items:
        context = interp.evaluate(item.context, scope)
        if item.target is not None:
            bind_target(interp, item.target, _entered(interp, context, interp.place(node.at)), scope)
    return run_block(interp, node.body, scope)


def _entered(interp: Interpreter, context: Value, place: Any) -> Value:  # noqa: ANN401 - a Place
    """What `with context as x` binds: what `__enter__` gives, the first thing a generator yields, or the thing itself."""
    from wflint.evaluate.attributes import bind

    if isinstance(context, Object) and context.cls is not None:
        enter = context.cls.find("__enter__") or context.cls.find("__aenter__")
        if isinstance(enter, Function):
            return interp.call(bind(interp, enter, context, context.cls, place), Arguments(), place)
    if isinstance(context, Sequence) and context.kind == "list" and context.content:
        first = context.content[0]
        return first.value if isinstance(first, Rest) else present(first) or Unknown("a context")
    return context


def _function(interp: Interpreter, node: code.FunctionDef, scope: Scope) -> Flow:
    from wflint.evaluate.classes import decorated

    defaults = {p.name: interp.evaluate(p.default, scope) for p in node.parameters if p.default is not None}
    function: Value = Function(node, interp.module, scope, node.name, defaults)
    for decorator in reversed(node.decorators):
        function = decorated(interp, interp.evaluate(decorator, scope), function, interp.place(decorator.at))
    bind_target(interp, code.Name(node.name_at, node.name), function, scope)
    return Flow.NEXT


def _class(interp: Interpreter, node: code.ClassDef, scope: Scope) -> Flow:
    from wflint.evaluate.classes import build_class

    bind_target(interp, code.Name(node.name_at, node.name), build_class(interp, node, scope), scope)
    return Flow.NEXT


def _import(interp: Interpreter, node: code.Import, scope: Scope) -> Flow:
    for alias in node.names:
        bound = alias.alias or alias.name.partition(".")[0]
        dotted = alias.name if alias.alias else bound
        module = interp.linker.absolute(interp.module, dotted)
        value: Value = ModuleValue(module) if module is not None else Library(dotted)
        bind_target(interp, code.Name(node.at, bound), value, scope)
    return Flow.NEXT


def _import_from(interp: Interpreter, node: code.ImportFrom, scope: Scope) -> Flow:
    from wflint.evaluate.attributes import library

    here = interp.module
    module = (
        interp.linker.relative(here, node.level, node.module)
        if node.level
        else interp.linker.absolute(here, node.module)
    )
    for alias in node.names:
        if alias.name == "*":
            if module is not None:
                here.stars.append(module)
            continue
        value: Value
        if module is not None:
            value = Late(module, alias.name)
        else:
            base = f"{node.module}.{alias.name}"
            child = (
                interp.linker.relative(here, node.level, base.lstrip("."))
                if node.level
                else interp.linker.absolute(here, base)
            )
            value = ModuleValue(child) if child is not None else library(interp, base)
        bind_target(interp, code.Name(node.at, alias.alias or alias.name), value, scope)
    return Flow.NEXT


def _match(interp: Interpreter, node: code.Match, scope: Scope) -> Flow:
    subject = interp.evaluate(node.subject, scope)
    place = interp.place(node.at)
    arms: list[Callable[[], Flow]] = []
    exhaustive = False
    for case in node.cases:
        values = [interp.evaluate(value, scope) for value in case.values]
        outcomes = {conditions.compare(interp, "==", subject, value, place) for value in values}
        if values and outcomes == {False} and case.guard is None:
            continue
        sure = case.guard is None and (case.catches_all or True in outcomes)
        arms.append(lambda c=case, v=values: _case(interp, node.subject, c, v, subject, scope))  # type: ignore[misc]
        if sure:
            exhaustive = True
            break
    exhaustive = exhaustive or _covers(interp, subject, node, scope)
    if exhaustive and len(arms) == 1:
        return arms[0]()
    return interp.fork(*arms, *([] if exhaustive else [lambda: Flow.NEXT])) if arms else Flow.NEXT


def _covers(interp: Interpreter, subject: Value, node: code.Match, scope: Scope) -> bool:
    """Whether the cases name every value the subject may have."""
    with interp.quiet():
        named = [
            interp.resolved(interp.evaluate(value, scope)) for case in node.cases if not case.guard for value in case.values
        ]
    possible = interp.possibilities(subject)
    return all(any(interp_same(option, value) for value in named) for option in possible)


def interp_same(option: Value, value: Value) -> bool:
    """Whether two known values are the same one."""
    return isinstance(option, Const) and option in options_of(value) or option is value


def _case(
    interp: Interpreter, subject: code.ExprT, case: code.Case, values: list[Value], value: Value, scope: Scope
) -> Flow:
    for name in case.binds:
        bind_target(interp, code.Name(subject.at, name), value if case.catches_all else _inside(value), scope)
    if values:
        conditions.narrow_to(interp, subject, scope, unite(*values))
    if case.guard is not None:
        interp.evaluate(case.guard, scope)
        conditions.assume(interp, case.guard, scope, holds=True)
    return run_block(interp, case.body, scope)


def _inside(value: Value) -> Value:
    return Unknown("matched by a pattern", None, sources_of(value))


def _jump(_interp: Interpreter, _node: code.Jump, _scope: Scope) -> Flow:
    return Flow.JUMP


def _delete(interp: Interpreter, node: code.Delete, scope: Scope) -> Flow:
    for target in node.targets:
        if isinstance(target, code.Subscript):
            box, key = interp.evaluate(target.value, scope), interp.evaluate(target.index, scope)
            if isinstance(box, Mapping) and isinstance(key, Const):
                interp.heap.touch(box)
                box.content.pop(key.value, None)
        elif isinstance(target, code.Name) and target.id in scope.content:
            interp.heap.touch(scope)
            del scope.content[target.id]
    return Flow.NEXT


def _scope(_interp: Interpreter, node: code.Scope, scope: Scope) -> Flow:
    scope.borrow(node.kind, node.names)
    return Flow.NEXT


def _assert(interp: Interpreter, node: code.Assert, scope: Scope) -> Flow:
    interp.evaluate(node.test, scope)
    conditions.assume(interp, node.test, scope, holds=True)
    return Flow.NEXT


_TABLE: dict[type, Callable[[Interpreter, Any, Scope], Flow]] = {
    code.Evaluate: _expression,
    code.Assign: _assign,
    code.Augment: _augment,
    code.Declare: _declare,
    code.Return: _return,
    code.Raise: _raise,
    code.If: _if,
    code.For: _for,
    code.While: _while,
    code.Try: _try,
    code.With: _with,
    code.FunctionDef: _function,
    code.ClassDef: _class,
    code.Import: _import,
    code.ImportFrom: _import_from,
    code.Match: _match,
    code.Jump: _jump,
    code.Delete: _delete,
    code.Scope: _scope,
    code.Assert: _assert,
}
