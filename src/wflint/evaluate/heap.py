"""Running the arms of a branch one after the other, and joining what they left behind.

Before a box is changed inside an arm its content is set aside (`touch`); at the end of the arm everything is put back
(`rollback`) and the changed contents are kept as the arm's effects, which `settle` joins: what only some arms did is
there *or absent* afterwards. Boxes made inside the arm need no care: nobody outside can have seen them.

Where some runs have left a function or a loop, what follows is a `rest`: it goes on in place, and at the end of the
function or loop (`close_rests`) what it did is joined with what was there before it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import (
    ABSENT,
    Box,
    Const,
    Rest,
    Text,
    Union,
    Unknown,
    Value,
    options_of,
    present,
    unite,
)

Content = dict[Hashable, Value] | list[Value]


class Leave(Enum):
    """A way on which some runs have left what is running."""

    FUNCTION = "return"
    """They have returned."""
    LOOP = "break"
    """They are done with the loop."""
    ROUND = "continue"
    """They are in the next round of the loop."""


Leaves = frozenset[Leave]

Narrowing = Callable[[Value], Value]

NOWHERE: Leaves = frozenset()


def _as_it_is(value: Value) -> Value:
    return value


@dataclass(slots=True)
class Layer:
    """What was set aside since an arm or a rest began; `changed` tells real changes from mere narrowing.

    `leaves` are the ways on which some runs have left before a rest; an arm has none.
    """

    since: int
    leaves: Leaves = NOWHERE
    saved: dict[Box, Content] = field(default_factory=dict)
    changed: set[Box] = field(default_factory=set)


@dataclass(slots=True)
class Effects:
    """The contents that an arm left behind; `lasting` those that outlive an arm that did not fall through.

    `narrow` gives a value as the tests on the way into the arm tell what it is: where arms differ, that is what joins.
    """

    contents: dict[Box, Content]
    lasting: frozenset[Box]
    alive: bool
    narrow: Narrowing = _as_it_is


@dataclass(slots=True)
class Heap:
    """The clock and the stack of open arms."""

    clock: int = 0
    layers: list[Layer] = field(default_factory=list)

    def tick(self) -> int:
        """A new point in time, for a box that is being made."""
        self.clock += 1
        return self.clock

    def touch(self, box: Box, changes: bool = True) -> None:  # noqa: FBT001, FBT002 - one caller narrows
        """Set the content of `box` aside before it changes."""
        if not self.layers:
            return
        layer = self.layers[-1]
        if box.birth > layer.since:
            return
        if box not in layer.saved:
            content: Content = box.content  # type: ignore[attr-defined]
            layer.saved[box] = content.copy()
        if changes:
            layer.changed.add(box)

    def open_arm(self) -> None:
        """An arm begins."""
        self.layers.append(Layer(self.clock))

    def open_rest(self, leaves: Leaves) -> None:
        """From here on, some runs are not here any more."""
        self.layers.append(Layer(self.clock, leaves))

    def in_arm(self, depth: int) -> bool:
        """Whether an arm is open above `depth`."""
        return any(not layer.leaves for layer in self.layers[depth:])

    def close_rests(self, depth: int, frame_birth: int) -> Leaves:
        """The rests above `depth` end: join what they did with what was before; the ways that led out.

        Of the boxes of a function that some runs have left for good, nobody will see anything.
        """
        leaves = NOWHERE
        while len(self.layers) > depth:
            layer = self.layers.pop()
            leaves |= layer.leaves
            for box, saved in layer.saved.items():
                changed = box in layer.changed
                self._hand_down(box, saved, changed=changed)
                if layer.leaves != {Leave.FUNCTION} or (changed and box.birth < frame_birth):
                    box.content = join([box.content, saved])  # type: ignore[attr-defined]
        return leaves

    def _hand_down(self, box: Box, saved: Content, *, changed: bool) -> None:
        """Let the layer below know of a box that a rest has set aside."""
        if self.layers and box.birth <= (below := self.layers[-1]).since:
            below.saved.setdefault(box, saved.copy())
            if changed:
                below.changed.add(box)

    def repeated(self) -> None:
        """What the arm did it may do again, any number of times."""
        layer = self.layers[-1]
        for box in layer.changed:
            box.content = _repeated(layer.saved[box], box.content)  # type: ignore[attr-defined]

    def attempted(self) -> dict[Box, Content]:
        """What the arm has changed or made so far."""
        layer = self.layers[-1]
        found: dict[Box, Content] = {}
        queue: list[Box] = list(layer.changed)
        while queue:
            box = queue.pop()
            if box not in found:
                content: Content = box.content  # type: ignore[attr-defined]
                found[box] = content.copy()
                queue += _boxes_in(content, layer.since)
        return found

    def perhaps(self, contents: dict[Box, Content], since: int) -> None:
        """What another arm that began at `since` did may have been done here as well.

        What it has made is seen as it was left then.
        """
        for box, content in contents.items():
            self.touch(box)
            box.content = content.copy() if box.birth > since else join([content, box.content])  # type: ignore[attr-defined]

    def rollback(self, alive: bool, frame_birth: int) -> Effects:  # noqa: FBT001 - the fate of the arm is data
        """The arm ends: put everything back and keep what it did.

        Of an arm that does not fall through, only real changes to boxes older than the frame outlive it.
        """
        layer = self.layers.pop()
        contents: dict[Box, Content] = {}
        for box, saved in layer.saved.items():
            contents[box] = box.content  # type: ignore[attr-defined]
            box.content = saved  # type: ignore[attr-defined]
        lasting = frozenset(box for box in layer.changed if box.birth < frame_birth)
        return Effects(contents, lasting, alive)

    def settle(self, arms: list[Effects]) -> None:
        """Join what the arms did into what holds after the branch."""
        boxes: dict[Box, None] = {}
        for arm in arms:
            for box in arm.contents:
                if arm.alive or box in arm.lasting:
                    boxes.setdefault(box)
        for box in boxes:
            base: Content = box.content  # type: ignore[attr-defined]
            joining = [arm for arm in arms if arm.alive or box in arm.lasting]
            results = [arm.contents.get(box, base) for arm in joining]
            self.touch(box, changes=any(box in arm.contents for arm in arms if arm.alive))
            box.content = join(results, [arm.narrow for arm in joining])  # type: ignore[attr-defined]


def _boxes_in(content: Content, since: int) -> Iterator[Box]:
    """The boxes in a content that were made after `since`."""
    for value in content.values() if isinstance(content, dict) else content:
        for option in options_of(value):
            if isinstance(option, Box) and option.birth > since:
                yield option


def join(contents: list[Content], narrowings: list[Narrowing] | None = None) -> Content:
    """The content that may be any of `contents`, values that differ narrowed each by its own arm."""
    first = contents[0]
    if all(content is first for content in contents[1:]):
        return first.copy()
    if isinstance(first, dict):
        return _join_entries([c for c in contents if isinstance(c, dict)], narrowings or [_as_it_is] * len(contents))
    return _join_items([content for content in contents if isinstance(content, list)])


def _join_entries(contents: list[dict[Hashable, Value]], narrowings: list[Narrowing]) -> dict[Hashable, Value]:
    keys: dict[Hashable, None] = {}
    for content in contents:
        keys.update(dict.fromkeys(content))
    joined: dict[Hashable, Value] = {}
    for key in keys:
        values = [content.get(key, ABSENT) for content in contents]
        if all(value is values[0] for value in values):
            joined[key] = values[0]
        else:
            joined[key] = unite(*(narrow(value) for value, narrow in zip(values, narrowings, strict=True)))
    return joined


def _join_items(contents: list[list[Value]]) -> list[Value]:
    """Two lists at a time, laid side by side: what only one of them has may be absent."""
    joined, *others = contents
    for other in others:
        joined = [_either(mine, theirs) for mine, theirs in _aligned(joined, other)]
    return list(joined)


def _either(mine: Value | None, theirs: Value | None) -> Value:
    """An item that one list or both have; a `Rest` may be absent anyhow."""
    if mine is not None and theirs is not None:
        return mine if mine == theirs else unite(mine, theirs)
    alone = mine or theirs
    assert alone is not None
    return alone if isinstance(alone, Rest) else unite(alone, ABSENT)


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
    return first == second or present(first) == present(second) is not None


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


def _repeated(before: Content, after: Content) -> Content:
    """What may be there when a change is made again and again."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {key: _again(before.get(key, ABSENT), value) for key, value in after.items()}
    assert isinstance(before, list)
    assert isinstance(after, list)
    rows = list(_aligned(before, after))
    removed = any(new is None for _, new in rows)
    found: list[Value] = []
    for old, new in rows:
        if old is not None and new is not None:
            found.append(unite(new, ABSENT) if removed and not isinstance(new, Rest) else new)
        elif new is not None and (there := new.value if isinstance(new, Rest) else present(new)) is not None:
            last = found.pop() if found and isinstance(found[-1], Rest) else None
            found.append(Rest(unite(last.value, there) if isinstance(last, Rest) else there))
    return found


def _again(before: Value, after: Value) -> Value:
    """A value that replaced one of its kind may be replaced once more."""
    if before == after or not _of_one_kind(before, after):
        return after
    return unite(after, Unknown("changed in a loop", None, sources_of(before, after)))


def _of_one_kind(before: Value, after: Value) -> bool:
    match before, after:
        case Const(value=a), Const(value=b):
            return type(a) is type(b)
        case (Union() | Text(), Union() | Text() | Const()) | (Const(), Union() | Text()):
            return True
        case _:
            return False
