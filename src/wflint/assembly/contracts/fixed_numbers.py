"""Numbers that code writes, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.evaluate.class_values import Class
from wflint.evaluate.values import Const, InputSource, Object, TrackedValue, Value, alternatives


def fixed_number(values: Iterable[Value | None]) -> int | None:
    """The whole number that all of some values are; None where they differ, or where one is not known."""
    found = {whole_number(option) for value in values for option in ([None] if value is None else alternatives(value))}
    return found.pop() if len(found) == 1 else None


def whole_number(value: Value | None) -> int | None:
    """The whole number that a value certainly is."""
    return value.value if isinstance(value, Const) and type(value.value) is int else None


def held(made: Iterable[Object], name: str) -> Iterator[Value | None]:
    """What each object was made with under a name, or has there by default; None where that is not known."""
    for one in made:
        given = one.arguments.get(name)
        if given is not None or one.arguments.open:
            yield given
        else:
            declared = one.cls.declared().get(name) if isinstance(one.cls, Class) else None
            yield declared.default if declared is not None else None


def is_carried(values: Iterable[Value | None], name: str, root: InputSource, *, whole: bool = False) -> bool:
    """Whether all of some values are what a tracked input has under the name, or the input itself (`whole`)."""
    ways = ((name,), ()) if whole else ((name,),)
    found = [option for value in values for option in ([None] if value is None else alternatives(value))]
    return bool(found) and all(
        isinstance(one, TrackedValue) and one.root is root and one.access_path in ways for one in found
    )
