"""Keys of dicts: from values to what a `Mapping` keeps them under, and back."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.class_values import Class
from wflint.evaluate.values import Const, EnumMember, ExternalName, Function, Sequence, Value

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


class Key(Struct, frozen=True):
    """A key that is known; `plain` is equal where Python takes two keys for the same."""

    plain: Hashable


class TextMember(str):
    """A text that is a member of an enumeration: equal to the text, and still the member."""

    __slots__ = ("member",)
    member: EnumMember


class NumberMember(int):
    """A number that is a member of an enumeration."""

    member: EnumMember


def key_of(value: Value) -> Key | None:
    """The key that a value is; None where it is not known."""
    match value:
        case Const(value=plain):
            return Key(plain)
        case EnumMember():
            return Key(_of_member(value))
        case Sequence(kind="tuple", content=items) if value.closed:
            keys = [key_of(item) for item in items]
            known = [key.plain for key in keys if key is not None]
            return Key(tuple(known)) if len(known) == len(keys) else None
        case Function() | Class():
            return Key(value)
        case ExternalName(path=path) if path.startswith("builtins."):
            return Key(value)
        case _:
            return None


def _of_member(member: EnumMember) -> Hashable:
    match member.value:
        case Const(value=str(text)) if member.cls.of_texts:
            key = TextMember(text)
            key.member = member
            return key
        case Const(value=int(number)) if member.cls.of_numbers:
            counted = NumberMember(number)
            counted.member = member
            return counted
        case _:
            return member


def value_of(interp: Interpreter, plain: Hashable) -> Value:
    """The value that was made a key."""
    match plain:
        case TextMember(member=member) | NumberMember(member=member):
            return member
        case Value():
            return plain
        case tuple():
            return interp.list_of([value_of(interp, part) for part in plain], "tuple")
        case str() | int() | float() | None:
            return Const(plain)
        case _:
            raise AssertionError(plain)
