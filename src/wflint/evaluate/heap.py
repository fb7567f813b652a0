"""Running the arms of a branch one after the other, and joining what they left behind.

Before a box is changed inside an arm its content is set aside (`touch`); at the end of the arm everything is put back
(`rollback`) and the changed contents are kept as the arm's effects, which `settle` joins: what only some arms did is
there *or absent* afterwards. Boxes made inside the arm need no care: nobody outside can have seen them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from wflint.evaluate.values import ABSENT, Box, Rest, Value, unite

Content = dict[Hashable, Value] | list[Value]


Narrowing = Callable[[Value], Value]


def _as_it_is(value: Value) -> Value:
    return value


@dataclass(slots=True)
class Layer:
    """What was set aside since an arm began; `changed` tells real changes from mere narrowing."""

    since: int
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


def join(contents: list[Content], narrowings: list[Narrowing]) -> Content:
    """The content that may be any of `contents`, values that differ narrowed each by its own arm."""
    first = contents[0]
    if all(content is first for content in contents[1:]):
        return first.copy()
    if isinstance(first, dict):
        return _join_entries([content for content in contents if isinstance(content, dict)], narrowings)
    return _join_items([content for content in contents if isinstance(content, list)])


def _join_entries(contents: list[dict[Hashable, Value]], narrowings: list[Narrowing]) -> dict[Hashable, Value]:
    keys: dict[Hashable, None] = {}
    for content in contents:
        keys.update(dict.fromkeys(content))
    joined: dict[Hashable, Value] = {}
    for key in keys:
        values = [content.get(key, ABSENT) for content in contents]
        if any(value is not values[0] for value in values):
            values = [narrow(value) for value, narrow in zip(values, narrowings, strict=True)]
        joined[key] = unite(*values)
    return joined


def _join_items(contents: list[list[Value]]) -> list[Value]:
    """Lists mostly differ in what was appended: the common beginning stays, each tail may be absent."""
    shortest = min(len(content) for content in contents)
    common = 0
    while common < shortest and all(content[common] == contents[0][common] for content in contents):
        common += 1
    joined = contents[0][:common]
    for content in contents:
        joined.extend(
            item if isinstance(item, Rest) else unite(item, ABSENT) for item in content[common:] if item not in joined
        )
    return joined
