"""Values as people would write them."""

from __future__ import annotations

from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import (
    OTHER_KEYS,
    Arguments,
    Bound,
    Const,
    EnumMember,
    ExternalAttribute,
    ExternalName,
    Function,
    Generic,
    Mapping,
    ModuleValue,
    Object,
    Partial,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Unbound,
    Union,
    Unknown,
    Value,
)

BRACKETS = {"list": "[{}]", "tuple": "({})", "set": "{{{}}}"}
DEEPEST = 5


def show(value: Value, depth: int = DEEPEST) -> str:
    """A value in a line: `?(reason)` for the unknown, `a | b` for one of several, `*x` for any number of `x`."""
    if not depth:
        return "..."
    match value:
        case Const(value=plain):
            return repr(plain)
        case Text(parts=parts):
            return "f'" + "".join(_piece(part, depth) for part in parts) + "'"
        case Unbound():
            return "absent"
        case Unknown(reason=reason, depends_on=sources):
            read = ", ".join(sorted(_path(symbol) for symbol in sources))
            return f"?({reason} from {read})" if read else f"?({reason})"
        case Union(options=options):
            return " | ".join(show(option, depth) for option in options)
        case RepeatedElement(value=inner):
            return f"*{show(inner, depth)}"
        case Sequence() | Mapping() | Object():
            return _box(value, depth - 1)
        case _:
            return _name(value, depth)


def _piece(part: Value, depth: int) -> str:
    return str(part.value) if isinstance(part, Const) else f"{{{show(part, depth)}}}"


def _path(symbol: TrackedValue) -> str:
    return ".".join((symbol.root.kind, *symbol.access_path))


def _box(value: Sequence | Mapping | Object, depth: int) -> str:
    match value:
        case Sequence(kind=kind, content=items):
            return BRACKETS[kind].format(", ".join(show(item, depth) for item in items))
        case Mapping(content=entries):
            return "{" + ", ".join(_entry(key, inner, depth) for key, inner in entries.items()) + "}"
        case Object(cls=Class() as cls, content=content):
            return f"{cls.name}({', '.join(f'{name}={show(inner, depth)}' for name, inner in content.items())})"
        case Object(path=path, arguments=arguments):
            return f"{path}({show_arguments(arguments, depth)})"


def _entry(key: object, value: Value, depth: int) -> str:
    return f"**{show(value, depth)}" if key == OTHER_KEYS else f"{key!r}: {show(value, depth)}"


def show_arguments(arguments: Arguments, depth: int = DEEPEST) -> str:
    """Arguments as in a call; a last `...` where some are hidden."""
    shown = [show(value, depth) for value in arguments.positional]
    shown += [f"{name}={show(value, depth)}" for name, value in arguments.keywords]
    return ", ".join([*shown, "..."] if arguments.open else shown)


def _name(value: Value, depth: int) -> str:
    match value:
        case TrackedValue():
            return _path(value)
        case ExternalName(path=path):
            return path
        case Generic(base=base, arguments=arguments):
            return f"{show(base, depth)}[{', '.join(show(argument, depth) for argument in arguments)}]"
        case ExternalAttribute(receiver=receiver, name=name):
            return f"{show(receiver, depth)}.{name}"
        case Bound(function=function, receiver=receiver):
            return f"{show(function, depth)} of {show(receiver, depth)}"
        case Partial(function=function, arguments=arguments):
            return f"partial({show(function, depth)}, {show_arguments(arguments, depth)})"
        case _:
            return _definition(value)


def _definition(value: Value) -> str:
    match value:
        case EnumMember(cls=cls, name=name):
            return f"{cls.name}.{name}"
        case ModuleValue(module=module):
            return f"module {module.path}"
        case Function(name=name):
            return f"def {name}"
        case Class(name=name):
            return f"class {name}"
        case _:
            return type(value).__name__


def show_event(api_call: ApiCall) -> str:
    """A recorded call; `possibly` where it depends on something undecided."""
    method = api_call.path.rpartition(".")[2]
    return f"{'' if api_call.certain else 'possibly '}{method}({show_arguments(api_call.arguments)})"
