"""Running the arms of a branch one after the other, and joining what they left behind.

Before a box is changed inside an arm its content is set aside (`touch`); at the end of the arm everything is put back
(`rollback`) and the changed contents are kept as the arm's effects, which `settle` joins: what only some arms did is
there *or absent* afterwards. Boxes made inside the arm need no care: nobody outside can have seen them.

Where some runs have left a function or a loop, what follows is a `rest`: it goes on in place, and at the end of the
function or loop (`close_rests`) what it did is joined with what was there before it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterator
from enum import Enum

from msgspec import Struct, field

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.values import (
    UNBOUND,
    Const,
    HeapObject,
    RepeatedElement,
    Text,
    Union,
    Unknown,
    Value,
    alternatives,
    bound_part,
    join,
)

Content = dict[Hashable, Value] | list[Value]

NEVER = sys.maxsize
"""Later than any point in time."""


class AbruptCompletion(Enum):
    """A way on which some runs have left what is running."""

    FUNCTION = "return"
    """They have returned."""
    LOOP = "break"
    """They are done with the loop."""
    CONTINUE = "continue"
    """They are in the next round of the loop."""


AbruptCompletions = frozenset[AbruptCompletion]

NarrowingFunction = Callable[[Value], Value]

NOWHERE: AbruptCompletions = frozenset()


def _as_it_is(value: Value) -> Value:
    return value


class BranchFrame(Struct):
    """What was set aside since an arm or a rest began; `changed` tells real changes from mere narrowing.

    `leaves` are the ways on which some runs have left before a rest; an arm has none.
    """

    since: int
    leaves: AbruptCompletions = NOWHERE
    saved: dict[HeapObject, Content] = field(default_factory=dict)
    changed: set[HeapObject] = field(default_factory=set)


class BranchState(Struct):
    """The contents that an arm left behind; `lasting` those that outlive an arm that did not fall through.

    `returned` is true where some runs have left the function in the arm. `narrow` gives a value as the tests on the way
    into the arm tell what it is: where arms differ, that is what joins.
    """

    contents: dict[HeapObject, Content]
    lasting: frozenset[HeapObject]
    alive: bool
    returned: bool = False
    narrow: NarrowingFunction = _as_it_is


class Heap(Struct):
    """The clock and the stack of open arms; `kept_versions` counts changes of boxes (by `id`) that somebody keeps.

    `oldest_written` is when the oldest box was made that has changed since somebody has set that to `NEVER`.
    """

    clock: int = 0
    layers: list[BranchFrame] = field(default_factory=list)
    kept_versions: dict[int, int] = field(default_factory=dict)
    oldest_written: int = NEVER

    def tick(self) -> int:
        """A new point in time, for a box that is being made."""
        self.clock += 1
        return self.clock

    def snapshot_before_write(self, obj: HeapObject, changes: bool = True) -> None:  # noqa: FBT001, FBT002 - one caller narrows
        """Set the content of `box` aside before it changes."""
        self._count_change(obj)
        if changes and obj.allocated_at < self.oldest_written:
            self.oldest_written = obj.allocated_at
        if not self.layers:
            return
        layer = self.layers[-1]
        if obj.allocated_at > layer.since:
            return
        if obj not in layer.saved:
            content: Content = obj.content  # type: ignore[attr-defined]
            layer.saved[obj] = content.copy()
        if changes:
            layer.changed.add(obj)

    def _count_change(self, obj: HeapObject) -> None:
        if id(obj) in self.kept_versions:
            self.kept_versions[id(obj)] += 1

    def open_branch(self) -> None:
        """An arm begins."""
        self.layers.append(BranchFrame(self.clock))

    def begin_continuation(self, leaves: AbruptCompletions) -> None:
        """From here on, some runs are not here any more."""
        self.layers.append(BranchFrame(self.clock, leaves))

    def in_branch(self, depth: int) -> bool:
        """Whether an arm is open above `depth`."""
        return any(not layer.leaves for layer in self.layers[depth:])

    def join_early_exits(self, depth: int, frame_start: int) -> AbruptCompletions:
        """The rests above `depth` end: join what they did with what was before; the ways that led out.

        Of the boxes of a function that some runs have left for good, nobody will see anything.
        """
        leaves = NOWHERE
        while len(self.layers) > depth:
            layer = self.layers.pop()
            leaves |= layer.leaves
            for obj, saved in layer.saved.items():
                changed = obj in layer.changed
                self._hand_down(obj, saved, changed=changed)
                if layer.leaves != {AbruptCompletion.FUNCTION} or (changed and obj.allocated_at < frame_start):
                    self._count_change(obj)
                    obj.content = join_contents([obj.content, saved])  # type: ignore[attr-defined]
        return leaves

    def merge_branch(self) -> bool:
        """The arm ends, and what it did stays done; whether any box that was there before it is not as it was."""
        layer = self.layers.pop()
        for obj, saved in layer.saved.items():
            self._hand_down(obj, saved, changed=obj in layer.changed)
        return any(not _is_same(obj.content, saved) for obj, saved in layer.saved.items())  # type: ignore[attr-defined]

    def _hand_down(self, obj: HeapObject, saved: Content, *, changed: bool) -> None:
        """Let the layer below know of a box that a rest has set aside."""
        if self.layers and obj.allocated_at <= (below := self.layers[-1]).since:
            below.saved.setdefault(obj, saved.copy())
            if changed:
                below.changed.add(obj)

    def widen_loop(self) -> None:
        """What the arm did it may do again, any number of times."""
        layer = self.layers[-1]
        for obj in layer.changed:
            self._count_change(obj)
            obj.content = _widen_content(layer.saved[obj], obj.content)  # type: ignore[attr-defined]

    def written_in_branch(self) -> dict[HeapObject, Content]:
        """What the arm has changed or made so far."""
        layer = self.layers[-1]
        found: dict[HeapObject, Content] = {}
        queue: list[HeapObject] = list(layer.changed)
        while queue:
            obj = queue.pop()
            if obj not in found:
                content: Content = obj.content  # type: ignore[attr-defined]
                found[obj] = content.copy()
                queue += _objects_in(content, layer.since)
        return found

    def weak_update(self, contents: dict[HeapObject, Content], since: int) -> None:
        """What another arm that began at `since` did may have been done here as well.

        What it has made is seen as it was left then.
        """
        for obj, content in contents.items():
            self.snapshot_before_write(obj)
            obj.content = content.copy() if obj.allocated_at > since else join_contents([content, obj.content])  # type: ignore[attr-defined]

    def discard_branch(self, alive: bool, frame_start: int) -> BranchState:  # noqa: FBT001 - the fate of the arm is data
        """The arm ends: put everything back and keep what it did.

        Of an arm that does not fall through, only real changes to boxes older than the frame outlive it.
        """
        layer = self.layers.pop()
        contents: dict[HeapObject, Content] = {}
        for obj, saved in layer.saved.items():
            self._count_change(obj)
            contents[obj] = obj.content  # type: ignore[attr-defined]
            obj.content = saved  # type: ignore[attr-defined]
        lasting = frozenset(obj for obj in layer.changed if obj.allocated_at < frame_start)
        return BranchState(contents, lasting, alive)

    def join_branches(self, arms: list[BranchState], frame_start: int, *, goes_on: bool) -> dict[HeapObject, Content]:
        """Join what the arms did into what holds after the branch.

        What an arm that returned has left as it was is so at the end of the function: where that `goes_on`, the
        contents to be joined then (`leave_behind`) are given back.
        """
        objects = {obj: None for arm in arms for obj in arm.contents if arm.alive or obj in arm.lasting}
        returned = [arm for arm in arms if arm.returned and not arm.alive]
        left_behind: dict[HeapObject, Content] = {}
        for obj in objects:
            base: Content = obj.content  # type: ignore[attr-defined]
            joining = [arm for arm in arms if arm.alive or obj in arm.lasting]
            results = [arm.contents.get(obj, base) for arm in joining]
            narrowings = [arm.narrow for arm in joining]
            if obj.allocated_at < frame_start and any(obj not in arm.lasting for arm in returned):
                if goes_on:
                    left_behind[obj] = base
                else:
                    results.append(base)
                    narrowings.append(_as_it_is)
            self.snapshot_before_write(obj, changes=any(obj in arm.contents for arm in arms if arm.alive))
            obj.content = join_contents(results, narrowings)  # type: ignore[attr-defined]
        return left_behind

    def leave_behind(self, contents: dict[HeapObject, Content]) -> None:
        """Runs that are not here any more have left these contents."""
        layer = self.layers[-1]
        for obj, content in contents.items():
            layer.saved[obj] = content.copy()
            layer.changed.add(obj)


def _is_same(content: Content, before: Content) -> bool:
    """Whether the same things are there, in the same order."""
    if len(content) != len(before):
        return False
    if isinstance(content, dict) and isinstance(before, dict):
        return all(a == b and x is y for (a, x), (b, y) in zip(content.items(), before.items(), strict=True))
    return all(x is y for x, y in zip(content, before, strict=True))


def _objects_in(content: Content, since: int) -> Iterator[HeapObject]:
    """The boxes in a content that were made after `since`."""
    for value in content.values() if isinstance(content, dict) else content:
        for option in alternatives(value):
            if isinstance(option, HeapObject) and option.allocated_at > since:
                yield option


def join_contents(contents: list[Content], narrowings: list[NarrowingFunction] | None = None) -> Content:
    """The content that may be any of `contents`, values that differ narrowed each by its own arm."""
    first = contents[0]
    if all(content is first for content in contents[1:]):
        return first.copy()
    if isinstance(first, dict):
        return _join_entries([c for c in contents if isinstance(c, dict)], narrowings or [_as_it_is] * len(contents))
    return _join_items([content for content in contents if isinstance(content, list)])


def _join_entries(contents: list[dict[Hashable, Value]], narrowings: list[NarrowingFunction]) -> dict[Hashable, Value]:
    """The entries in the order in which they come up; those that are one thing in all `contents` stay as they are."""
    first, *others = contents
    joined = first.copy()
    differing: dict[Hashable, None] = {}
    for other in others:
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
        joined = [_either(mine, theirs) for mine, theirs in _aligned(joined, other)]
    return list(joined)


def _either(mine: Value | None, theirs: Value | None) -> Value:
    """An item that one list or both have; a `RepeatedElement` may be absent anyhow."""
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
    return first == second or bound_part(first) == bound_part(second) is not None


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


def _widen_content(before: Content, after: Content) -> Content:
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
        elif (
            new is not None
            and (there := new.value if isinstance(new, RepeatedElement) else bound_part(new)) is not None
        ):
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
