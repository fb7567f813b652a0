"""Partial calls, as deep within each other as is safe."""

from __future__ import annotations

from wflint.evaluate.values import Arguments, Bound, Partial, Unknown, Value, alternatives

MOST_NESTED = 1_000
"""So many partial calls within each other: values are compared and hashed by what is in them, level by level."""


def partial_of(function: Value, arguments: Arguments, *, method: bool = False) -> Value:
    """A partial call; unknown where too many of them are within each other."""
    depth = 1 + max(map(_depth, (function, *arguments)))
    if depth > MOST_NESTED:
        return Unknown("too many partial calls within each other")
    return Partial(function, arguments, method, depth)


def _depth(value: Value) -> int:
    return max(_depth_of_one(option) for option in alternatives(value))


def _depth_of_one(value: Value) -> int:
    match value:
        case Partial(depth=depth):
            return depth
        case Bound(function=function, receiver=receiver):
            return max(_depth(function), _depth(receiver))
        case _:
            return 0
