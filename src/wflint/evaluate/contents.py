"""What objects hold, and what they may hold where several runs meet or one thing is done again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.values import (
    UNBOUND,
    Const,
    RepeatedElement,
    Text,
    Union,
    Unknown,
    Value,
    bound_part,
    join,
    possibly_unbound,
)

Content = dict[Hashable, Value] | list[Value]
C = TypeVar("C")

NarrowingFunction = Callable[[Value], Value]


def as_it_is(value: Value) -> Value:
    """The value that nothing narrows."""
    return value


def join_contents(contents: list[Content], narrowings: list[NarrowingFunction] | None = None) -> Content:
    """The content that may be any of `contents`, values that differ narrowed each by its own arm."""
    first = contents[0]
    if all(content is first for content in contents[1:]):
        return first.copy()
    if isinstance(first, dict):
        return _join_entries([c for c in contents if isinstance(c, dict)], narrowings or [as_it_is] * len(contents))
    return _join_items([content for content in _different(contents) if isinstance(content, list)])


def _different(contents: Iterable[C]) -> Iterator[C]:
    """Each content once: most arms of a branch leave most objects as they are."""
    return iter({id(content): content for content in contents}.values())


def _join_entries(contents: list[dict[Hashable, Value]], narrowings: list[NarrowingFunction]) -> dict[Hashable, Value]:
    """The entries in the order in which they come up; those that are one thing in all `contents` stay as they are."""
    first = contents[0]
    joined = first.copy()
    differing: dict[Hashable, None] = {}
    for other in _different(contents):
        if not other.keys() <= joined.keys():
            joined.update((key, UNBOUND) for key in other if key not in joined)
        differing.update((key, None) for key, value in joined.items() if other.get(key, UNBOUND) is not value)
    for key in differing:
        values = (content.get(key, UNBOUND) for content in contents)
        joined[key] = join(*(narrow(value) for value, narrow in zip(values, narrowings, strict=True)))
    return joined


def _join_items(contents: list[list[Value]]) -> list[Value]:
    """Two lists at a time, laid side by side: what only one of them has may be absent."""
    joined, *others = contents
    for other in others:
        joined = summed_up([_either(mine, theirs) for mine, theirs in _aligned(joined, other)])
    return list(joined)


MOST_UNSURE = 256
"""So many items in a row keep their places of which it is not known whether they are there."""


def summed_up(items: list[Value]) -> list[Value]:
    """Of each longer row of items that may be absent, the different ones, each of them any number of times.

    Else lists that many branches add to, each in its own way, grow with the number of branches.
    """
    if len(items) <= MOST_UNSURE:
        return items
    found: list[Value] = []
    for unsure, row in groupby(items, key=may_lack):
        listed = list(row)
        if unsure and len(listed) > MOST_UNSURE:
            there = dict.fromkeys(item_if_there(item) for item in listed)
            listed = [RepeatedElement(value) for value in there if value is not None]
        found += listed
    return found


def may_lack(item: Value) -> bool:
    """Whether a list may lack an item of its content, or have it more than once."""
    return isinstance(item, RepeatedElement) or possibly_unbound(item)


def item_if_there(item: Value) -> Value | None:
    """What an item of the content of a list is where the list has it; None if it never has."""
    return item.value if isinstance(item, RepeatedElement) else bound_part(item)


def _either(mine: Value | None, theirs: Value | None) -> Value:
    """An item that one list or both have; a `RepeatedElement` may be absent anyhow."""
    if isinstance(mine, RepeatedElement) and theirs is not None:
        return mine
    if mine is not None and theirs is not None:
        return mine if mine == theirs else join(mine, theirs)
    alone = mine or theirs
    assert alone is not None
    return alone if isinstance(alone, RepeatedElement) else join(alone, UNBOUND)


LONGEST = 64
"""The longest lists that are laid side by side, apart from what they begin and end with."""


def _aligned(first: list[Value], second: list[Value]) -> Iterator[tuple[Value | None, Value | None]]:
    """The items of two lists in one order that keeps both, those that are alike in pairs."""
    start, end = 0, 0
    shortest = min(len(first), len(second))
    while start < shortest and first[start] == second[start]:
        start += 1
    while end < shortest - start and first[-1 - end] == second[-1 - end]:
        end += 1
    yield from zip(first[:start], second[:start], strict=True)
    yield from _merged(first[start : len(first) - end], second[start : len(second) - end])
    yield from zip(first[len(first) - end :], second[len(second) - end :], strict=True)


def _merged(first: list[Value], second: list[Value]) -> Iterator[tuple[Value | None, Value | None]]:
    lengths = _common_lengths(first, second) if max(len(first), len(second)) <= LONGEST else {}
    i, j = 0, 0
    while i < len(first) and j < len(second) and lengths.get((i, j)):
        if _alike(first[i], second[j]):
            yield first[i], second[j]
            i, j = i + 1, j + 1
        elif lengths[i + 1, j] >= lengths[i, j + 1]:
            yield first[i], None
            i += 1
        else:
            yield None, second[j]
            j += 1
    yield from ((item, None) for item in first[i:])
    yield from ((None, item) for item in second[j:])


def _alike(first: Value, second: Value) -> bool:
    """Whether two items are the same, or would be if both were there."""
    if isinstance(first, RepeatedElement) is not isinstance(second, RepeatedElement):
        return False
    return first == second or item_if_there(first) == item_if_there(second) is not None


def _common_lengths(first: list[Value], second: list[Value]) -> dict[tuple[int, int], int]:
    """For every pair of positions, how many pairs of alike items the two have from there on."""
    lengths: dict[tuple[int, int], int] = {}
    for i in range(len(first), -1, -1):
        for j in range(len(second), -1, -1):
            if i == len(first) or j == len(second):
                lengths[i, j] = 0
            elif _alike(first[i], second[j]):
                lengths[i, j] = lengths[i + 1, j + 1] + 1
            else:
                lengths[i, j] = max(lengths[i + 1, j], lengths[i, j + 1])
    return lengths


def widen_content(before: Content, after: Content) -> Content:
    """What may be there when a change is made again and again."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {key: _widen(before.get(key, UNBOUND), value) for key, value in after.items()}
    assert isinstance(before, list)
    assert isinstance(after, list)
    rows = list(_aligned(before, after))
    removed = any(new is None for _, new in rows)
    found: list[Value] = []
    for old, new in rows:
        if old is not None and new is not None:
            found.append(join(new, UNBOUND) if removed and not isinstance(new, RepeatedElement) else new)
        elif new is not None and (there := item_if_there(new)) is not None:
            last = found.pop() if found and isinstance(found[-1], RepeatedElement) else None
            found.append(RepeatedElement(join(last.value, there) if isinstance(last, RepeatedElement) else there))
    return found


def _widen(before: Value, after: Value) -> Value:
    """A value that replaced one of its kind may be replaced once more."""
    if before == after or not _of_one_kind(before, after):
        return after
    return join(after, Unknown("changed in a loop", None, depends_on(before, after)))


def _of_one_kind(before: Value, after: Value) -> bool:
    match before, after:
        case Const(value=a), Const(value=b):
            return type(a) is type(b)
        case (Union() | Text(), Union() | Text() | Const()) | (Const(), Union() | Text()):
            return True
        case _:
            return False
