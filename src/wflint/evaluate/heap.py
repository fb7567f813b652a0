"""Running the arms of a branch one after the other, and joining what they left behind.

Before a box is changed inside an arm its content is set aside (`touch`); at the end of the arm everything is put back
(`rollback`) and the changed contents are kept as the arm's effects, which `settle` joins: what only some arms did is
there *or absent* afterwards. Boxes made inside the arm need no care: nobody outside can have seen them.

Where some runs have left a function or a loop, what follows is a `rest`: it goes on in place, and at the end of the
function or loop (`close_rests`) what it did is joined with what was there before it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct, field

from wflint.evaluate.contents import Content, NarrowingFunction, as_it_is, join_contents, widen_content
from wflint.evaluate.values import HeapObject, alternatives

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

NOWHERE: AbruptCompletions = frozenset()


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

    `changed` are those of which more was done than to narrow them. `returned` is true where some runs have left the
    function in the arm, `jumped` where all that it did is seen only at the end of the round or of the loop. `narrow`
    gives a value as the tests on the way into the arm tell what it is: where arms differ, that is what joins.
    """

    contents: dict[HeapObject, Content]
    lasting: frozenset[HeapObject]
    alive: bool
    changed: frozenset[HeapObject] = frozenset()
    returned: bool = False
    jumped: bool = False
    narrow: NarrowingFunction = as_it_is


class LeftBehind(Struct, frozen=True):
    """A content as runs that are not here any more have left it; `changed` where they did more than narrow it."""

    obj: HeapObject
    content: Content
    changed: bool


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
                    obj.content = join_contents([saved, obj.content])  # type: ignore[attr-defined]
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
            obj.content = widen_content(layer.saved[obj], obj.content)  # type: ignore[attr-defined]

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
        return BranchState(contents, lasting, alive, frozenset(layer.changed))

    def join_branches(self, arms: list[BranchState], frame_start: int, *, goes_on: bool) -> list[LeftBehind]:
        """Join what the arms did into what holds after the branch.

        What an arm that returned has left as it was is so at the end of the function, where that `goes_on`; what one
        did that ended in a jump is so at the end of the round: the contents to be joined then (`leave_behind`) are
        given back.
        """
        objects = {obj: None for arm in arms for obj in arm.contents if arm.alive or obj in arm.lasting}
        returned = [arm for arm in arms if arm.returned and not arm.alive]
        jumped = [arm for arm in arms if arm.jumped]
        left_behind: list[LeftBehind] = []
        for obj in objects:
            base: Content = obj.content  # type: ignore[attr-defined]
            joining = [arm for arm in arms if not arm.jumped and (arm.alive or obj in arm.lasting)]
            results = [arm.contents.get(obj, base) for arm in joining]
            narrowings = [arm.narrow for arm in joining]
            left = [arm.contents.get(obj, base) for arm in jumped]
            ways = [arm.narrow for arm in jumped]
            if stays := obj.allocated_at < frame_start and any(obj not in arm.lasting for arm in returned):
                (left if goes_on else results).append(base)
                (ways if goes_on else narrowings).append(as_it_is)
            if left:
                changed = (stays and goes_on) or any(obj in arm.changed for arm in jumped)
                left_behind.append(LeftBehind(obj, join_contents(left, ways), changed))
            self.snapshot_before_write(obj, changes=any(obj in arm.changed for arm in arms if arm.alive))
            obj.content = join_contents(results, narrowings)  # type: ignore[attr-defined]
        return left_behind

    def leave_behind(self, left_behind: list[LeftBehind]) -> None:
        """Runs that are not here any more have left these contents."""
        layer = self.layers[-1]
        for left in left_behind:
            layer.saved[left.obj] = left.content
            if left.changed:
                layer.changed.add(left.obj)


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
