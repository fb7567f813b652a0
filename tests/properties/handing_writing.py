"""Random small programs that hand on functions, classes and objects: from round to round, under two names, and out.

They work on the same variables as those of `writing.py`, and leave out the same.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.properties.wide_writing import PRELUDE as WIDE
from tests.properties.wide_writing import WideWriter
from tests.properties.writing import LISTS, NUMBERS, START, Lines, Writer, indented

PRELUDE = [
    *WIDE,
    *"""\
class Box:
    def __init__(self, held=0, inner=None):
        self.held = held
        self.inner = inner
    def depth(self): return 1 if self.inner is None else 1 + self.inner.depth()
    def raised(self, by):
        self.held += by
        return self.held
    def outermost(self): return self
class Crate(Box):
    def raised(self, by): return super().raised(by) + 1
def once(n): return n + 1
def twice(n): return n * 2
def picked(n):
    if choose():
        return once
    return twice
def doubled(function): return lambda n: function(function(n))
def steps(n):
    for i in range(n):
        if i == 2 and choose():
            return
        yield i
def echo(values):
    for value in values:
        if value == 3:
            continue
        yield value
    yield 9
act, other, kind, box, held = once, twice, Box, Box(1), Box(2)
acts, boxes, table = [once], [box], {"a": l0, "b": l1}
""".splitlines(),
]

ACTS = ("once", "twice", "act", "other", "lambda n: n - 1", "box.raised", "doubled(act)", "picked(n0)", "acts[0]")
"""What can be called with a number."""
BOXES = ("box", "held", "Box(n0)", "kind(n1)", "Crate(n1, box)", "box.outermost()", "boxes[0]", "Box(1, inner=held)")


class HandingWriter(WideWriter):
    """Knows forms in which something is handed on."""

    def number(self) -> str:
        handed: tuple[Callable[[], str], ...] = (
            super().number,
            super().number,
            lambda: f"({self.pick(ACTS)})({self.number()})",
            lambda: f"({self.pick(BOXES)}).held",
            lambda: f"({self.pick(BOXES)}).raised({self.number()})",
            lambda: f"({self.pick(BOXES)}).depth()",
            lambda: f"kind({self.number()}).raised(1)",
            lambda: f"sum(function({self.number()}) for function in acts)",
            lambda: f"next(steps({self.random.randint(0, 3)}), {self.number()})",
            lambda: "len(boxes)",
        )
        return self.one(super().number, *(lambda form=form: form() for form in handed))

    def list_(self) -> str:
        handed: tuple[Callable[[], str], ...] = (
            super().list_,
            super().list_,
            lambda: f"list(steps({self.random.randint(0, 4)}))",
            lambda: f"list(echo({self.list_()}))",
            lambda: f"[act(n) for n in {self.list_()}]",
            lambda: "[each.held for each in boxes]",
            lambda: f"table[{self.pick(('s0', repr('a'), repr('b')))}]",
            lambda: "sorted([other(1), act(2)])",
        )
        return self.one(super().list_, *(lambda form=form: form() for form in handed))

    def test(self) -> str:
        handed: tuple[Callable[[], str], ...] = (
            super().test,
            super().test,
            lambda: f"not ({self.test()} and {self.test()})",
            lambda: f"not ({self.test()} or {self.test()})",
            lambda: f"not (box.inner is None and {self.test()})",
            lambda: "box is held",
            lambda: "act is once",
            lambda: "act is not other",
            lambda: "isinstance(box, Crate)",
            lambda: "kind is Box",
            lambda: f"box.inner and {self.test()}",
        )
        return self.one(super().test, *(lambda form=form: form() for form in handed))

    def simple(self) -> str:
        if self.random.random() < 0.5:
            return super().simple()
        return self._handing()

    def plain(self) -> str:
        if self.random.random() < 0.6:
            return super().plain()
        return self._handing_plainly()

    def _handing_plainly(self) -> str:
        """What may be repeated nobody knows how often."""
        return self.pick(
            (
                "act, other = other, act",
                "act = once",
                "act = other if choose() else act",
                "box = held",
                "box, held = held, box",
                "held = box.outermost()",
                "kind = Crate",
                "kind = Crate if choose() else Box",
                "box = Box(n0, box)",
                "box = kind(n1)",
                "box.held = n1",
                "held.inner = Box(n0)",
                "n0 = box.held",
                "n1 = act(2)",
                "n0 = held.depth()",
                "box = box.inner or held",
                "l0 = l1",
            )
        )

    def _handing(self) -> str:
        forms: tuple[Callable[[], str], ...] = (
            self._handing_plainly,
            self._handing_plainly,
            lambda: f"act = {self.pick(ACTS)}",
            lambda: f"acts = [*acts, {self.pick(ACTS)}]",
            lambda: f"acts.append({self.pick(ACTS)})",
            lambda: f"acts[0] = {self.pick(ACTS)}",
            lambda: f"boxes.append({self.pick(BOXES)})",
            lambda: f"{self.pick(('box', 'held'))} = {self.pick(BOXES)}",
            lambda: f"({self.pick(BOXES)}).held = {self.number()}",
            lambda: f"{self.pick(('box', 'held'))}.raised({self.number()})",
            lambda: f"table[{self.text()}] = {self.list_()}",
            lambda: f"table[{self.pick((repr('a'), repr('b')))}].append({self.number()})",
            lambda: f"{self.pick(LISTS)} = table['a']",
            lambda: f"(box if {self.test()} else held).held = {self.number()}",
            lambda: "acts.append(lambda n, k=n0: n + k)",
            lambda: "acts.append(lambda n: n + n1)",
        )
        return self.random.choice(forms)()

    def statement(self, size: int) -> Lines:
        if size <= 1 or self.random.random() < 0.5:
            return super().statement(size)
        forms = (self._rounds, self._rounds, self._chained, self._left, self._walked)
        return self.random.choice(forms)(size - 1)

    def _rounds(self, size: int) -> Lines:
        """A loop whose rounds hand something on."""
        over = self.random.choice(("range(3)", "[2, 0]", "items()", "steps(3)", "echo([1, 3])"))
        endless = over in ("items()", "steps(3)")
        handing = self._handing_plainly() if endless else self._handing()
        use = self.pick(("n1 = act(n0)", "n0 = box.held", "n1 = box.depth()", "box.raised(1)", "l0 = [act(1)]"))
        if endless:
            use = self.pick(("n1 = act(1)", "n0 = box.held", "n1 = box.depth()", "l0 = [act(1)]"))
        inside = self._inside(size, endless=endless)
        lines = [f"    {handing}", f"    {use}"]
        self.random.shuffle(lines)
        return [f"for x in {over}:", *lines[:1], *inside, *lines[1:]]

    def _walked(self, size: int) -> Lines:
        """A loop over what was collected."""
        return self.random.choice(
            (
                ["for function in acts:", f"    n0 = function({self.number()})"],
                ["for each in boxes:", *indented([f"each.held = {self.number()}", "n1 = each.held"])],
                ["for name, values in list(table.items()):", "    s0 = name", f"    values.append({self.number()})"],
                ["for box in [held, Box(5)]:", *self._inside(size, endless=False)],
            )
        )

    def _chained(self, size: int) -> Lines:
        """Boxes within boxes."""
        del size
        tick = f"u{self.random.randint(0, 999)}"
        return [
            f"{tick} = box",
            f"for x in {self.pick(('range(2)', '[1]', 'range(3)'))}:",
            f"    {tick} = {self.pick(('Box', 'kind', 'Crate'))}(x, {tick})",
            f"{self.pick(('box', 'held'))} = {tick}",
            f"{self.pick(NUMBERS)} = {tick}.depth()",
        ]

    def _left(self, size: int) -> Lines:
        """A function that is left in the middle of something."""
        del size
        name = f"e{self.random.randint(0, 999)}"
        loops, self.loops = self.loops, 0
        first, second = self.block(1), self.block(1)
        self.loops = loops
        away = self.pick((f"return {self.number()}", "fail()", "raise ValueError", f"return len({self.list_()})"))
        inner = self.random.choice(
            (
                [f"if {self.test()}:", f"    {away}"],
                ["try:", f"    if {self.test()}:", f"        {away}", "finally:", "    l0.append(6)"],
                ["try:", *indented(first), f"    {away}", "except ValueError:", "    n1 = 7"],
                ["with Session(l1):", f"    if {self.test()}:", f"        {away}"],
                [f"for y in {self.pick(('[1, 2]', 'items()'))}:", f"    if {self.test()}:", f"        {away}"],
                [f"while {self.test()}:", f"    {away}"],
                [
                    f"match {self.number()}:",
                    "    case 0:",
                    f"        {away}",
                    "    case _:",
                    *indented(indented(first)),
                ],
                ["for y in (1, 2):", f"    if {self.test()}:", "        break", "else:", f"    {away}"],
                [f"if not ({self.test()} and {self.test()}):", f"    {away}"],
            )
        )
        call = self.random.choice(
            (
                [f"n0 = {name}(n1)"],
                ["try:", f"    n0 = {name}(n1)", "except ValueError:", "    n0 = 8"],
                ["for z in (1, 2):", f"    n1 = {name}(z)", f"    if {self.test()}:", "        break"],
            )
        )
        names = "n0, s0, s1, l1, d0 = a, 'c', 'd', [4], {'a': 5}"
        return [
            f"def {name}(a):",
            *indented(["global n1, l0, act, other, box, held, kind, acts, table, point, step", names, *inner, *second]),
            f"    return {self.number()}",
            *call,
        ]


def handing_written(seed: int, size: int) -> str:
    """A program of up to `size` statements, nested up to three deep."""
    writer = HandingWriter(Random(seed))  # noqa: S311 - nothing secret
    lines = [*START, *PRELUDE, *Writer.functions(writer)]
    writer.helpers = True
    for _ in range(size):
        lines += writer.statement(min(3, size))
    return "\n".join(lines) + "\n"
