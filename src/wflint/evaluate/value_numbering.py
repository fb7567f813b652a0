"""Values written out, so that two of them can be told to be the same although they were made apart."""

from __future__ import annotations

from msgspec import Struct, field

from wflint.evaluate.class_values import Class
from wflint.evaluate.values import (
    OTHER_KEYS,
    Arguments,
    Bound,
    Const,
    EnumMember,
    ExternalAttribute,
    ExternalName,
    Function,
    Mapping,
    Object,
    Partial,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Value,
)

MOST = 400
"""So many pieces of a value are written out."""
STATE = "state"
"""Role of the tracked input of a step."""
ELEMENT = "[]"
"""The part of a way into a tracked input that stands for an element; which one it is, it does not say."""
BUILDING = frozenset(
    {
        "from_template", "from_messages", "from_string", "with_structured_output", "bind_tools", "bind", "with_config",
        "pipe", "partial", "as_retriever", "getenv", "init_chat_model", "dedent",
    }
)  # fmt: skip
"""Calls of libraries that give the same for the same, beside constructors."""


class CanonicalCall(Struct, frozen=True):
    """A value as text, with the tracked inputs in it; where it is not `precise`, the text does not tell all."""

    text: str
    symbols: tuple[TrackedValue, ...]
    precise: bool


class _Writer(Struct):
    pieces: list[str] = field(default_factory=list)
    symbols: dict[TrackedValue, None] = field(default_factory=dict)
    precise: bool = True

    def vague(self) -> None:
        self.precise = False

    def say(self, text: str) -> None:
        if len(self.pieces) >= MOST:
            self.vague()
        else:
            self.pieces.append(text)

    def all(self, values: list[Value], brackets: str) -> None:
        self.say(brackets[0])
        for value in values:
            self.value(value)
            self.say(",")
        self.say(brackets[1])

    def arguments(self, given: Arguments) -> None:
        """What is handed over, names in order of the alphabet."""
        if given.open:
            self.vague()
        self.all(list(given.positional), "()")
        for name, value in sorted(given.keywords, key=lambda pair: pair[0]):
            self.say(f"{name}=")
            self.value(value)

    def value(self, value: Value) -> None:
        """A value that is handed over: what it is made of; once the text does not tell all, no more of it is read."""
        if not self.precise:
            return
        match value:
            case Const(value=plain):
                self.say(repr(plain))
            case Text(parts=parts):
                self.all(list(parts), "``")
            case TrackedValue(root=root, access_path=path) if path and root.kind == STATE and ELEMENT not in path:
                self.symbols.setdefault(value)
                self.say(f"<{'/'.join(path)}>")
            case Sequence(content=items) if not any(isinstance(item, RepeatedElement) for item in items):
                self.all(items, "[]")
            case Mapping(content=content) if OTHER_KEYS not in content:
                self.say("{")
                for key, inner in content.items():
                    self.say(f"{key!r}:")
                    self.value(inner)
            case ExternalAttribute(receiver=receiver, name=name):
                self.who(receiver)
                self.say(f".{name}")
            case Object(cls=None, content={}) if _is_built(value):
                self._made(value)
            case Function() | Class() | ExternalName() | EnumMember() | Bound() | Partial():
                self.who(value)
            case _:
                self.vague()

    def who(self, value: Value) -> None:
        """A value that does something: which one it is."""
        match value:
            case Function(name=name, module=module, node=node):
                self.say(f"{module.path}:{name}@{node.at[0]}")
            case Class(name=name, module=module):
                self.say(f"{module.path}:{name}")
            case ExternalName(path=path):
                self.say(path)
            case EnumMember(cls=cls, name=name):
                self.say(f"{cls.name}.{name}")
            case Bound(function=function, receiver=receiver):
                self.who(receiver)
                self.who(function)
            case Partial(function=function, arguments=given):
                self.who(function)
                self.arguments(given)
            case ExternalAttribute(receiver=receiver, name=name):
                self.who(receiver)
                self.say(f".{name}")
            case Object():
                self._one(value)
            case _:
                self.vague()

    def _one(self, made: Object) -> None:
        """An object: what it is made of where that says all, else this very one."""
        if made.cls is None and not made.content and _is_built(made):
            attempt = _Writer()
            attempt._made(made)
            if attempt.precise:
                self.pieces += attempt.pieces
                self.symbols |= attempt.symbols
                return
        self.say(f"{made.path or (made.cls.name if made.cls else '?')}#{made.allocated_at}")

    def _made(self, made: Object) -> None:
        if made.receiver is not None:
            self.who(made.receiver)
        self.say(made.path or "?")
        self.arguments(made.arguments)


def _is_built(made: Object) -> bool:
    """Whether the object is nothing but what it was made with."""
    last = (made.path or "").rpartition(".")[2]
    return made.path == "operator.pipe" or last in BUILDING or last[:1].isupper()


def canonical(callee: Value | str, receiver: Value | None, arguments: Arguments) -> CanonicalCall:
    """A call: who is called on what, with what."""
    writer = _Writer()
    if receiver is not None:
        writer.who(receiver)
    if isinstance(callee, str):
        writer.say(callee)
    else:
        writer.who(callee)
    writer.arguments(arguments)
    return CanonicalCall("".join(writer.pieces), tuple(writer.symbols), writer.precise)
