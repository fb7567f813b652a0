"""The code tree written out so that a test can be read: Python with every bracket, `<reason>` for what is opaque."""

from __future__ import annotations

from wflint.source.code import (
    Alias,
    AnnAssign,
    Assert,
    Assign,
    Attribute,
    AugAssign,
    Await,
    Binary,
    Boolean,
    BreakOrContinue,
    Call,
    CapturePattern,
    Case,
    ClassDef,
    ClassPattern,
    Compare,
    Comprehension,
    Constant,
    Delete,
    DictDisplay,
    Display,
    ExceptHandler,
    ExprStmt,
    ExprT,
    For,
    FunctionDef,
    GlobalOrNonlocal,
    If,
    IfExp,
    Import,
    ImportFrom,
    JoinedStr,
    Keyword,
    Lambda,
    MappingPattern,
    Match,
    Name,
    NamedExpr,
    Opaque,
    OrPattern,
    Pair,
    Parameter,
    PatternT,
    Raise,
    Return,
    SequencePattern,
    Slice,
    StarPattern,
    Starred,
    StmtT,
    Subscript,
    Try,
    Unary,
    ValuePattern,
    While,
    With,
    WithItem,
    Yield,
)

_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}"), "dict": ("{", "}"), "generator": ("(", ")")}


def sketch(body: tuple[StmtT, ...]) -> str:
    """Statements, one a line, those of a suite in braces on the same line."""
    return "\n".join(_statement(statement) for statement in body)


def expression(node: ExprT) -> str:  # noqa: C901, PLR0912  # an arm for each kind
    """An expression on one line."""
    match node:
        case Name(id=name):
            return name
        case Constant(value=value):
            return repr(value)
        case JoinedStr(parts=parts):
            return f"join({_listed(parts)})"
        case Attribute(value=value, name=name):
            return f"{expression(value)}.{name}"
        case Subscript(value=value, index=index):
            return f"{expression(value)}[{expression(index)}]"
        case Slice(lower=lower, upper=upper, step=step):
            return f"{_maybe(lower)}:{_maybe(upper)}:{_maybe(step)}"
        case Starred(value=value):
            return f"*{expression(value)}"
        case Call(func=func, args=args, keywords=keywords):
            return f"{expression(func)}({_arguments(args, keywords)})"
        case Lambda(parameters=parameters, body=body):
            return f"(lambda {_parameters(parameters)}: {expression(body)})"
        case NamedExpr(name=name, value=value):
            return f"({name} := {expression(value)})"
        case Await(value=value):
            return f"(await {expression(value)})"
        case Yield(value=value, delegates=delegates):
            return f"(yield {'from ' if delegates else ''}{_maybe(value)})"
        case Opaque(reason=reason):
            return f"<{reason}>"
        case Display() | DictDisplay() | Comprehension():
            return _collection(node)
        case _:
            return _operation(node)


def _collection(node: Display | DictDisplay | Comprehension) -> str:
    match node:
        case Display(kind=kind, items=items):
            left, right = _BRACKETS[kind]
            return f"{left}{_listed(items)}{right}"
        case DictDisplay(pairs=pairs):
            return "{" + ", ".join(map(_pair, pairs)) + "}"
        case Comprehension(kind=kind, key=key, element=element, generators=generators):
            left, right = _BRACKETS[kind]
            head = expression(element) if key is None else f"{expression(key)}: {expression(element)}"
            clauses = "".join(
                f" for {expression(each.target)} in {expression(each.iterable)}"
                + "".join(f" if {expression(condition)}" for condition in each.conditions)
                for each in generators
            )
            return f"{left}{head}{clauses}{right}"


def _operation(node: ExprT) -> str:
    match node:
        case Binary(operator=operator, left=left, right=right) | Boolean(operator=operator, left=left, right=right):
            return f"({expression(left)} {operator} {expression(right)})"
        case Unary(operator=operator, operand=operand):
            return f"({operator} {expression(operand)})"
        case Compare(left=left, operators=operators, rights=rights):
            tail = " ".join(f"{sign} {expression(right)}" for sign, right in zip(operators, rights, strict=True))
            return f"({expression(left)} {tail})"
        case IfExp(test=test, body=body, orelse=orelse):
            return f"({expression(body)} if {expression(test)} else {expression(orelse)})"
        case _:
            raise AssertionError(node)


def _statement(node: StmtT) -> str:  # noqa: C901, PLR0912  # an arm for each kind
    match node:
        case ExprStmt(value=value):
            return expression(value)
        case Assign(targets=targets, value=value):
            return " = ".join(map(expression, (*targets, value)))
        case AugAssign(target=target, operator=operator, value=value):
            return f"{expression(target)} {operator}= {expression(value)}"
        case AnnAssign(target=target, annotation=annotation, value=value):
            tail = "" if value is None else f" = {expression(value)}"
            return f"{expression(target)}: {expression(annotation)}{tail}"
        case Return(value=value):
            return f"return {_maybe(value)}".rstrip()
        case Raise(value=value):
            return f"raise {_maybe(value)}".rstrip()
        case BreakOrContinue(kind=kind):
            return kind
        case Delete(targets=targets):
            return f"del {_listed(targets)}"
        case GlobalOrNonlocal(kind=kind, names=names):
            return f"{kind} {', '.join(names)}"
        case Assert(test=test):
            return f"assert {expression(test)}"
        case Import(names=names):
            return f"import {_aliases(names)}"
        case ImportFrom(module=module, level=level, names=names):
            return f"from {'.' * level}{module} import {_aliases(names)}"
        case _:
            return _compound(node)


def _compound(node: StmtT) -> str:
    match node:
        case If(test=test, body=body, orelse=orelse):
            return f"if {expression(test)} {_suite(body)}{_tail('else', orelse)}"
        case For(target=target, iterable=iterable, body=body, orelse=orelse):
            return f"for {expression(target)} in {expression(iterable)} {_suite(body)}{_tail('else', orelse)}"
        case While(test=test, body=body, orelse=orelse):
            return f"while {expression(test)} {_suite(body)}{_tail('else', orelse)}"
        case Try(body=body, handlers=handlers, orelse=orelse, final=final):
            middle = "".join(map(_handler, handlers))
            return f"try {_suite(body)}{middle}{_tail('else', orelse)}{_tail('finally', final)}"
        case With(items=items, body=body):
            return f"with {', '.join(map(_item, items))} {_suite(body)}"
        case Match(subject=subject, cases=cases):
            return f"match {expression(subject)} {{{'; '.join(map(_case, cases))}}}"
        case FunctionDef() | ClassDef():
            return _definition(node)
        case _:
            raise AssertionError(node)


def _definition(node: FunctionDef | ClassDef) -> str:
    decorators = "".join(f"@{expression(decorator)} " for decorator in node.decorators)
    match node:
        case FunctionDef(name=name, parameters=parameters, returns=returns, body=body):
            marks = ("async " if node.is_async else "") + ("generator " if node.yields else "")
            arrow = "" if returns is None else f" -> {expression(returns)}"
            return f"{decorators}{marks}def {name}({_parameters(parameters)}){arrow} {_suite(body)}"
        case ClassDef(name=name, bases=bases, keywords=keywords, body=body):
            return f"{decorators}class {name}({_arguments(bases, keywords)}) {_suite(body)}"


def _suite(body: tuple[StmtT, ...]) -> str:
    return "{" + "; ".join(map(_statement, body)) + "}"


def _tail(word: str, body: tuple[StmtT, ...]) -> str:
    return f" {word} {_suite(body)}" if body else ""


def _handler(handler: ExceptHandler) -> str:
    kind = "" if handler.kind is None else f" {expression(handler.kind)}"
    name = "" if handler.name is None else f" as {handler.name}"
    return f" except{kind}{name} {_suite(handler.body)}"


def _item(item: WithItem) -> str:
    return expression(item.context) + ("" if item.target is None else f" as {expression(item.target)}")


def _case(case: Case) -> str:
    guard = "" if case.guard is None else f" if {expression(case.guard)}"
    return f"{_pattern(case.pattern)}{guard} {_suite(case.body)}"


def _pattern(node: PatternT) -> str:
    match node:
        case ValuePattern(value=value):
            return expression(value)
        case CapturePattern(pattern=inner, name=name):
            return f"({_pattern(inner)} as {name})" if inner is not None else name or "_"
        case StarPattern(name=name):
            return f"*{name or '_'}"
        case SequencePattern(items=items):
            return f"[{', '.join(map(_pattern, items))}]"
        case OrPattern(alternatives=alternatives):
            return f"({' | '.join(map(_pattern, alternatives))})"
        case MappingPattern(entries=entries, rest=rest):
            shown = [f"{expression(entry.key)}: {_pattern(entry.pattern)}" for entry in entries]
            return f"{{{', '.join([*shown, f'**{rest}'] if rest else shown)}}}"
        case ClassPattern(cls=cls, parts=parts):
            named = [f"{part.name}={_pattern(part.pattern)}" if part.name else _pattern(part.pattern) for part in parts]
            return f"{expression(cls)}({', '.join(named)})"


def _parameters(parameters: tuple[Parameter, ...]) -> str:
    return ", ".join(map(_parameter, parameters))


def _parameter(parameter: Parameter) -> str:
    annotation = "" if parameter.annotation is None else f": {expression(parameter.annotation)}"
    default = "" if parameter.default is None else f" = {expression(parameter.default)}"
    return f"{parameter.kind} {parameter.name}{annotation}{default}"


def _arguments(args: tuple[ExprT, ...], keywords: tuple[Keyword, ...]) -> str:
    named = (
        f"{each.name}={expression(each.value)}" if each.name else f"**{expression(each.value)}" for each in keywords
    )
    return ", ".join((*map(expression, args), *named))


def _pair(pair: Pair) -> str:
    return f"**{expression(pair.value)}" if pair.key is None else f"{expression(pair.key)}: {expression(pair.value)}"


def _aliases(names: tuple[Alias, ...]) -> str:
    return ", ".join(each.name if each.alias is None else f"{each.name} as {each.alias}" for each in names)


def _listed(nodes: tuple[ExprT, ...]) -> str:
    return ", ".join(map(expression, nodes))


def _maybe(node: ExprT | None) -> str:
    return "" if node is None else expression(node)
