"""Random small programs in more of Python: functions of every kind, classes, enumerations, patterns, iteration.

They work on the same variables as those of `writing.py`, and leave out the same.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.properties.writing import DICTS, LISTS, NUMBERS, START, TEXTS, Lines, Writer, indented

PRELUDE = """\
from collections import defaultdict, deque
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from enum import Enum, IntEnum, StrEnum, auto
from functools import lru_cache, partial, reduce
from itertools import accumulate, chain, combinations, count, islice, pairwise, product, repeat, starmap, zip_longest
from operator import attrgetter, itemgetter
class Colour(Enum):
    RED = 1
    BLUE = 2
class Word(StrEnum):
    A = auto()
    B = "b"
class Level(IntEnum):
    LOW = 1
    HIGH = 3
@dataclass
class Point:
    x: int
    y: int = 2
    tags: list = field(default_factory=list)
    def total(self): return self.x + self.y
    @property
    def first(self): return self.x
class Counter:
    made = 0
    def __init__(self, start=0):
        self.value = start
        type(self).made += 1
    def add(self, by=1):
        self.value += by
        return self
    def __getitem__(self, key): return self.value + key
class Doubler(Counter):
    def add(self, by=1):
        super().add(by)
        return super().add(by)
def spread(*args, **kwargs): return len(args) + sum(kwargs.values()) + (args[0] if args else 0)
def keyed(a, /, b=1, *, c=2): return a * 100 + b * 10 + c
def gather(first, *rest): return [first, *rest[::-1]]
def pairs(n):
    for i in range(n):
        yield i
        if i == 1: yield 7
def counter(start):
    def step(by=1):
        nonlocal start
        start += by
        return start
    return step
calls = 0
def counted(n):
    global calls
    calls += 1
    return n + calls
@lru_cache
def cached(n): return counted(n)
def tagged(word):
    def wrap(function):
        def inner(n): return f"{word}{function(n)}"
        return inner
    return wrap
@tagged("t")
def tag(n): return n + 1
class Session:
    def __init__(self, log): self.log = log
    def __enter__(self): self.log.append(8); return self
    def __exit__(self, *exc): self.log.append(9); return bool(exc[0])
@contextmanager
def opened(n): yield n + 1
step = counter(0)
point = Point(1)
tally = Doubler(1)
groups = defaultdict(list)
""".splitlines()


class WideWriter(Writer):
    """Knows more forms of everything."""

    def number(self) -> str:
        wide: tuple[Callable[[], str], ...] = (
            super().number,
            super().number,
            lambda: f"keyed({self.number()}, {self.number()})",
            lambda: f"keyed({self.number()}, c={self.number()}, **{self.pick(('{}', '{' + repr('b') + ': 3}'))})",
            lambda: f"spread(*{self.list_()}, **{self.dict_()})",
            lambda: f"spread({self.number()}, *{self.list_()})",
            lambda: f"{self.list_()}[{self.random.randint(-2, 2)}]",
            lambda: f"{self.dict_()}[{self.text()}]",
            lambda: f"{self.list_()}.index({self.number()})",
            lambda: f"(n0 := {self.number()})",
            lambda: f"step({self.number()})",
            lambda: "point.total()",
            lambda: f"Point({self.number()}).first",
            lambda: f"replace(point, x={self.number()}).total()",
            lambda: f"asdict(point)[{self.pick((repr('x'), repr('y')))}]",
            lambda: f"tally.add({self.number()}).value",
            lambda: f"tally[{self.number()}]",
            lambda: "Counter.made",
            lambda: f"counted({self.number()})",
            lambda: f"cached({self.random.randint(0, 1)})",
            lambda: f"reduce(lambda a, b: a * 2 + b, {self.list_()}, {self.number()})",
            lambda: f"(lambda a, b=n0: a - b)({self.number()})",
            lambda: f"partial(keyed, {self.number()}, c=4)({self.number()})",
            lambda: f"next(iter({self.list_()}), {self.number()})",
            lambda: f"max({self.list_()}, default={self.number()})",
            lambda: f"min({self.list_()}, key=lambda x: -x)",
            lambda: f"sum(1 for x in {self.list_()} if x > {self.number()})",
            lambda: f"int({self.text()})",
            lambda: f"({self.number()} // {self.number()})",
            lambda: f"({self.number()} % {self.number()})",
            lambda: f"(-{self.number()})",
            lambda: f"{{Colour.RED: 3, Colour.BLUE: n1}}[{self.pick(('Colour.RED', 'Colour.BLUE', 'Colour(n0)'))}]",
            lambda: f"{{(0, 'a'): 4, (1, 'b'): n0}}.get(({self.number()}, {self.text()}), 5)",
            lambda: "(Level.HIGH + n0)",
            lambda: f"len(groups[{self.text()}])",
            lambda: f"{self.text()}.find({self.text()})",
        )
        return self.one(super().number, *(lambda form=form: form() for form in wide))

    def text(self) -> str:
        wide: tuple[Callable[[], str], ...] = (
            super().text,
            super().text,
            lambda: f"{self.text()}[{self.random.randint(-1, 1)}:]",
            lambda: f"{self.text()}.replace({self.text()}, 'z')",
            lambda: f"('%s/%r' % ({self.text()}, {self.number()}))",
            lambda: "f'{" + self.pick(NUMBERS) + ":03d}{" + self.pick(TEXTS) + "!r:>4}'",
            lambda: "f'{" + self.pick(NUMBERS) + "=}'",
            lambda: f"tag({self.number()})",
            lambda: f"(s1 := {self.text()})",
            lambda: f"''.join(sorted({self.text()}))",
            lambda: "''.join(w for w in Word)",
            lambda: f"Word({self.pick((repr('a'), repr('b'), 's0'))}).name.lower()",
            lambda: f"{{Word.A: 'x', Word.B: s0}}[{self.pick(('Word.A', repr('b'), 's1'))}]",
            lambda: f"{self.text()}.split('-')[0]",
            lambda: f"{self.text()}.partition('-')[2]",
            lambda: f"{self.text()}.join(['p', 'q'])",
            lambda: f"(getattr(point, {self.text()}, 'none') and 'had')",
            lambda: f"max({self.text()}, {self.text()})",
            lambda: f"str({self.list_()})",
        )
        return self.one(super().text, *(lambda form=form: form() for form in wide))

    def list_(self) -> str:
        wide: tuple[Callable[[], str], ...] = (
            super().list_,
            super().list_,
            lambda: f"gather({self.number()}, *{self.list_()})",
            lambda: f"list(pairs({self.random.randint(0, 3)}))",
            lambda: f"[a * b for a in {self.list_()} for b in {self.list_()} if a != b]",
            lambda: f"[a for a, b in zip({self.list_()}, {self.list_()})]",
            lambda: f"[a - b for a, b in pairwise({self.list_()})]",
            lambda: f"[i * x for i, x in enumerate({self.list_()}, {self.number()})]",
            lambda: f"list(chain({self.list_()}, {self.list_()}))",
            lambda: f"[a + b for a, b in product({self.list_()}, (1, 2))]",
            lambda: f"[a + b for a, b in combinations({self.list_()}, 2)]",
            lambda: f"[a or b for a, b in zip_longest({self.list_()}, {self.list_()}, fillvalue=6)]",
            lambda: f"list(islice({self.list_()}, {self.random.randint(0, 3)}))",
            lambda: f"list(islice(count({self.number()}), 3))",
            lambda: f"list(accumulate({self.list_()}))",
            lambda: f"list(starmap(keyed, zip({self.list_()}, repeat(2))))",
            lambda: f"list(map(lambda x: x + n0, {self.list_()}))",
            lambda: f"list(filter(lambda x: x > n0, {self.list_()}))",
            lambda: f"{self.list_()}[::{self.pick(('-1', '2'))}]",
            lambda: f"{self.list_()}[:{self.random.randint(-2, 2)}]",
            lambda: f"list(reversed({self.list_()}))",
            lambda: f"({self.list_()} * {self.random.randint(0, 2)})",
            lambda: "[c.value for c in Colour]",
            lambda: f"[p.x for p in sorted([Point(2), Point({self.random.randint(0, 4)})], key=attrgetter('x'))]",
            lambda: "sorted({3, 1, 2})",
            lambda: f"list({self.list_()}).copy()",
            lambda: "[len(g) for g in groups.values()]",
            lambda: "[v for k, v in sorted(d0.items(), key=itemgetter(0))]",
            lambda: "[*point.tags]",
        )
        return self.one(super().list_, *(lambda form=form: form() for form in wide))

    def dict_(self) -> str:
        wide: tuple[Callable[[], str], ...] = (
            super().dict_,
            super().dict_,
            lambda: f"dict(zip(['a', {self.text()}], {self.list_()}))",
            lambda: f"{{k: v for k, v in {self.dict_()}.items() if v {self.pick(('>', '=='))} {self.number()}}}",
            lambda: f"dict.fromkeys([{self.text()}, 'c'], {self.number()})",
            lambda: f"dict([({self.text()}, {self.number()}), ('b', 2)])",
            lambda: f"{{str(k): i for i, k in enumerate({self.dict_()})}}",
            lambda: f"({self.dict_()} | {{{self.text()}: {self.number()}}})",
            lambda: f"{self.dict_()}.copy()",
        )
        return self.one(super().dict_, *(lambda form=form: form() for form in wide))

    def test(self) -> str:
        wide: tuple[Callable[[], str], ...] = (
            super().test,
            super().test,
            super().test,
            lambda: f"{self.number()} < {self.number()} <= {self.number()}",
            lambda: f"any(x > {self.number()} for x in {self.list_()})",
            lambda: f"all({self.list_()})",
            lambda: f"isinstance({self.pick((*NUMBERS, *TEXTS, *LISTS))}, {self.pick(('str', '(int, list)', 'dict'))})",
            lambda: f"{self.text()}.startswith({self.text()})",
            lambda: f"{self.text()} in {self.text()}",
            lambda: f"hasattr(point, {self.pick((repr('x'), repr('nope')))})",
            lambda: f"Word.A == {self.text()}",
            lambda: f"{self.dict_()} == {self.dict_()}",
            lambda: f"({self.number()}, {self.text()}) == ({self.number()}, 'a')",
            lambda: f"not {self.list_()}",
            lambda: f"point is {self.pick(('point', 'None'))}",
        )
        return self.one(super().test, *(lambda form=form: form() for form in wide))

    def simple(self) -> str:
        if self.endless or self.random.random() < 0.4:
            return super().simple()
        forms: tuple[Callable[[], str], ...] = (
            lambda: f"{self.pick(LISTS)}[{self.random.randint(0, 1)}:{self.random.randint(1, 3)}] = {self.list_()}",
            lambda: f"del {self.pick(LISTS)}[{self.random.randint(-1, 1)}]",
            lambda: f"del {self.pick(LISTS)}[{self.random.randint(0, 1)}:]",
            lambda: f"{self.pick(LISTS)}.extend({self.list_()})",
            lambda: f"{self.pick(LISTS)}.insert({self.random.randint(-2, 3)}, {self.number()})",
            lambda: f"{self.pick(LISTS)}.insert({self.pick(NUMBERS)}, {self.number()})",
            lambda: f"{self.pick(NUMBERS)} = {self.pick(LISTS)}.pop({self.pick(('', '0', '-1'))})",
            lambda: f"{self.pick(LISTS)}[{self.pick(('-1', '1', *NUMBERS))}] = {self.number()}",
            lambda: f"del {self.pick(DICTS)}[{self.text()}]",
            lambda: f"{self.pick(DICTS)}.update({self.text()[:0] or 'a'}={self.number()})",
            lambda: f"{self.pick(DICTS)}.update([({self.text()}, {self.number()})])",
            lambda: f"n0, *l0 = {self.list_()}",
            lambda: f"*l1, n1 = {self.list_()}",
            lambda: f"(n0, n1), s0 = ({self.number()}, {self.number()}), {self.text()}",
            lambda: f"n0 = l0[0] = {self.number()}",
            lambda: f"point.x {self.pick(('=', '+='))} {self.number()}",
            lambda: f"point = {self.pick((f'replace(point, y={self.number()})', f'Point({self.number()}, tags=l0)'))}",
            lambda: f"point.tags.append({self.number()})",
            lambda: f"tally.value = {self.number()}",
            lambda: f"tally.add({self.number()})",
            lambda: f"Counter.made = {self.number()}",
            lambda: f"setattr(point, {self.pick((repr('x'), repr('y')))}, {self.number()})",
            lambda: f"groups[{self.text()}].append({self.number()})",
            lambda: f"step = counter({self.number()})",
            lambda: f"({self.pick(LISTS)} if {self.test()} else {self.pick(LISTS)}).append({self.number()})",
            lambda: f"({self.pick(LISTS)} if {self.test()} else [0, 0])[0] = {self.number()}",
            lambda: f"l0 = [n0 for x in {self.pick(LISTS)} if (n0 := x + 1) > {self.random.randint(0, 3)}]",
            lambda: "l0 = l1",
            lambda: "l1 = list(l0)",
            lambda: "d0 = {s0: n0, **d0}",
        )
        return self.random.choice(forms)()

    def statement(self, size: int) -> Lines:
        if size <= 1 or self.endless or self.random.random() < 0.6:
            return super().statement(size)
        forms = (self._with, self._patterns, self._inner, self._finally, self._for_else, self._early)
        return self.random.choice(forms)(size - 1)

    def _with(self, size: int) -> Lines:
        heads = ("with Session(l0):", "with suppress(ValueError):", f"with opened({self.number()}) as n1:")
        fails = self.random.random() < 0.4
        body = self.random.sample([super().simple(), "choose() and fail()"], 2) if fails else self.block(size)
        return [self.random.choice(heads if fails else heads[2:]), *indented(body)]

    def _patterns(self, size: int) -> Lines:
        subject = self.random.choice(
            (f"({self.number()}, {self.text()})", self.list_(), self.dict_(), "point", f"Point({self.number()}, n1)")
        )
        cases = [
            "case (0, s0):",
            "case (n0, 'a'):",
            "case [n1]:",
            "case [n0, *l1]:",
            "case {'a': n0}:",
            "case {'b': 1 | 2 as n1, **d0}:",
            "case Point(x=0):",
            "case Point(n0, 2):",
            f"case [n0, n1] if n0 < {self.number()}:",
            "case []:",
        ]
        lines = [f"match {subject}:"]
        for case in self.random.sample(cases, self.random.randint(1, 4)):
            lines += [f"    {case}", *indented(indented(self.block(size)))]
        return [*lines, "    case _:", *indented(indented(self.block(1)))] if self.random.random() < 0.5 else lines

    def _inner(self, size: int) -> Lines:
        name = f"g{self.random.randint(0, 999)}"
        scope = self.random.choice(("global n0, s0", "global l0, n1", "n1 = 3", "s0 = 'in'"))
        local = "n0, n1, s0, s1, l0, l1, d0 = 1, 2, 'c', 'd', [4], [], {'a': 5}"
        shadow = [local] if scope.startswith(("n1", "s0")) else []
        heads = [] if shadow else [scope]
        back = [] if self.random.random() < 0.3 else [f"return {self.number()}"]
        loops, self.loops = self.loops, 0
        body = [*heads, *shadow, *(self.block(size) if shadow else [self._global(scope)]), *back]
        self.loops = loops
        call = f"n1 = {name}({self.number()})" if back else f"{name}({self.number()})"
        return [f"def {name}(a, *rest, k=n0):", *indented(body), call]

    def _global(self, scope: str) -> str:
        if "s0" in scope:
            return self.random.choice(("n0 += a", "s0 += str(a)", "n0 = k", "s0 = 'glob'"))
        return self.random.choice(("l0.append(a)", "n1 = a", "l0 = [a, *l0]", "n1 += k"))

    def _finally(self, size: int) -> Lines:
        return [
            "try:",
            *indented(self.random.sample([super().simple(), "choose() and fail()"], 2)),
            f"except {self.pick(('ValueError', '(KeyError, ValueError)', 'Exception as error'))}:",
            *indented(self.block(1)),
            "else:",
            *indented(self.block(size)),
            "finally:",
            *indented([self.simple()]),
        ]

    def _for_else(self, size: int) -> Lines:
        over = self.random.choice(("Colour", "[1, 2]", "zip([1, 2], 'ab')", "{'a': 1, 'b': 2}.items()"))
        names = {"Colour": "colour", "[1, 2]": "n1", "zip([1, 2], 'ab')": "n1, s1"}.get(over, "s0, n0")
        return [
            f"for {names} in {over}:",
            *self._inside(size, endless=False),
            f"    if {self.test()}:",
            f"        {self.pick(('break', 'continue'))}",
            "else:",
            *indented([self.simple()]),
        ]

    def _early(self, size: int) -> Lines:
        name = f"h{self.random.randint(0, 999)}"
        loops, self.loops = self.loops, 0
        body = self.block(size)
        rest = self.block(1)
        self.loops = loops
        return [
            f"def {name}(n0, s0, l0):",
            "    n1, s1, l1, d0, point = 1, 'e', [n0], {s0: n0}, Point(n0)",
            *indented(body),
            f"    if {self.test()}:",
            f"        return {self.number()}, {self.text()}",
            *indented(rest),
            f"    return {self.number()}, s0",
            f"n0, s1 = {name}({self.number()}, {self.text()}, {self.pick(('l0', self.list_()))})",
        ]


def widely_written(seed: int, size: int) -> str:
    """A program of up to `size` statements, nested up to three deep."""
    writer = WideWriter(Random(seed))  # noqa: S311 - nothing secret
    lines = [*PRELUDE, *START, *Writer.functions(writer)]
    writer.helpers = True
    for _ in range(size):
        lines += writer.statement(min(3, size))
    return "\n".join(lines) + "\n"
