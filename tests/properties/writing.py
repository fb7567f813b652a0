"""Random small programs, the same for the same seed.

They compute with two numbers, two texts, two lists of numbers and a dict from texts to numbers, and ask `choose()`
where they want something that the source does not tell.

Left out is what the interpreter does not promise: in a loop that runs nobody knows how often, containers that are
reordered, or filled from themselves; what lies between two changes in the body of a `try`; the order of a dict of
which a key may not be there; and what sorting comes to where an item is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

NUMBERS, TEXTS, LISTS, DICTS = ("n0", "n1"), ("s0", "s1"), ("l0", "l1"), ("d0",)
VARIABLES = (*NUMBERS, *TEXTS, *LISTS, *DICTS)
START = ["n0, n1, s0, s1 = 0, 1, '', 'a'", "l0, l1, d0 = [], [1], {'a': 1}"]

Lines = list[str]


def indented(lines: Lines) -> Lines:
    """The lines one level further in."""
    return [f"    {line}" for line in lines] or ["    pass"]


@dataclass(slots=True)
class Writer:
    """Writes expressions and statements; `depth` bounds how deep they may nest."""

    random: Random
    depth: int = 2
    helpers: bool = False
    loops: int = 0
    endless: int = 0

    def one(self, *choices: Callable[[], str]) -> str:
        """One of the forms; at the bottom, the first."""
        if self.depth <= 0:
            return choices[0]()
        self.depth -= 1
        try:
            return self.random.choice(choices)()
        finally:
            self.depth += 1

    def pick(self, names: tuple[str, ...]) -> str:
        """One of the names."""
        return self.random.choice(names)

    def number(self) -> str:
        """An integer."""
        return self.one(
            lambda: self.random.choice((str(self.random.randint(-2, 5)), self.pick(NUMBERS))),
            lambda: f"({self.number()} {self.pick(('+', '-', '*'))} {self.number()})",
            lambda: f"({self.number()} if {self.test()} else {self.number()})",
            lambda: f"len({self.pick((self.text(), self.list_(), self.dict_()))})",
            lambda: f"{self.dict_()}.get({self.text()}, {self.number()})",
            lambda: f"sum({self.list_()})",
            lambda: f"max({self.number()}, {self.number()})",
            lambda: f"{self.list_()}.count({self.number()})",
            lambda: f"f({self.number()}, {self.number()})" if self.helpers else self.number(),
        )

    def text(self) -> str:
        """A text."""
        return self.one(
            lambda: self.pick(("''", "'a'", "'b'", *TEXTS)),
            lambda: f"({self.text()} + {self.text()})",
            lambda: f"str({self.number()})",
            lambda: f"'{{}}-{{}}'.format({self.number()}, {self.text()})",
            lambda: "f'{" + self.pick(NUMBERS) + "}-{" + self.pick(TEXTS) + "}'",
            lambda: f"('%s %d' % ({self.text()}, {self.number()}))",
            lambda: f"({self.text()} if {self.test()} else {self.text()})",
            lambda: f"({self.text()} {self.pick(('or', 'and'))} {self.text()})",
            lambda: f"{self.text()}.{self.pick(('upper', 'strip'))}()",
            lambda: f"'-'.join(str(x) for x in {self.list_()})",
            lambda: f"({self.text()} * {self.number()})",
        )

    def list_(self) -> str:
        """A list of integers."""
        return self.one(
            lambda: self.pick((*LISTS, "[]", "[1, 2]")),
            lambda: f"[{self.number()}, {self.number()}]",
            lambda: f"({self.list_()} + {self.list_()})",
            lambda: f"[x + {self.number()} for x in {self.list_()}]",
            lambda: f"[x for x in {self.list_()} if x {self.pick(('<', '==', '!='))} {self.number()}]",
            lambda: f"[x for x in {self.list_()} if {self.test()}]",
            lambda: f"list({self.dict_()}.values())",
            lambda: f"({self.list_()} if {self.test()} else {self.list_()})",
            lambda: f"[*{self.list_()}, {self.number()}]",
            lambda: f"{self.list_()}[{self.random.randint(-2, 2)}:]",
            lambda: f"list(range({self.random.randint(0, 3)}))",
        )

    def dict_(self) -> str:
        """A dict from texts to integers."""
        return self.one(
            lambda: self.pick((*DICTS, "{}")),
            lambda: f"{{{self.text()}: {self.number()}, {self.text()}: {self.number()}}}",
            lambda: f"{{**{self.dict_()}, {self.text()}: {self.number()}}}",
            lambda: f"{{{self.text()}: {self.number()}, **{self.dict_()}}}",
            lambda: f"{{k: v + {self.number()} for k, v in {self.dict_()}.items()}}",
            lambda: f"dict({self.dict_()}, b={self.number()})",
            lambda: f"({self.dict_()} | {self.dict_()})",
        )

    def test(self) -> str:
        """Something with a truth value."""
        return self.one(
            lambda: "choose()",
            lambda: f"{self.number()} {self.pick(('<', '==', '!=', '>='))} {self.number()}",
            lambda: f"{self.text()} {self.pick(('==', '!='))} {self.text()}",
            lambda: f"{self.list_()} == {self.list_()}",
            lambda: f"{self.number()} in {self.list_()}",
            lambda: f"{self.text()} in {self.dict_()}",
            lambda: f"not ({self.test()})",
            lambda: f"({self.test()} {self.pick(('and', 'or'))} {self.test()})",
            lambda: self.pick((*NUMBERS, *TEXTS, *LISTS)),
        )

    def plain(self) -> str:
        """A statement on one line that comes to the same however often it is repeated, apart from what it adds."""
        forms: tuple[Callable[[], str], ...] = (
            lambda: f"{self.pick(NUMBERS)} {self.pick(('=', '+='))} {self.pick(('1', '2', *NUMBERS))}",
            lambda: f"{self.pick(TEXTS)} {self.pick(('=', '+='))} {self.pick(('s0', 's1', repr('c')))}",
            lambda: f"{self.pick(LISTS)}.append({self.pick(('1', '2', *NUMBERS))})",
            lambda: f"choose() and {self.pick(LISTS)}.append({self.pick(NUMBERS)})",
            lambda: f"d0[{self.pick(('s0', repr('b')))}] = {self.pick(('7', *NUMBERS))}",
            lambda: f"d0.pop({self.pick(('s0', repr('a')))}, None)",
            lambda: "n0, n1 = n1, n0",
            lambda: "put(l0, n0)" if self.helpers else "n0 = n1",
        )
        return self.random.choice(forms)()

    def simple(self) -> str:
        """A statement on one line."""
        if self.endless:
            return self.plain()
        forms: tuple[Callable[[], str], ...] = (
            lambda: f"{self.pick(NUMBERS)} {self.pick(('=', '=', '+='))} {self.number()}",
            lambda: f"{self.pick(TEXTS)} {self.pick(('=', '=', '+='))} {self.text()}",
            lambda: f"{self.pick(LISTS)} {self.pick(('=', '=', '+='))} {self.list_()}",
            lambda: f"{self.pick(DICTS)} {self.pick(('=', '=', '|='))} {self.dict_()}",
            lambda: f"{self.pick(LISTS)}.append({self.number()})",
            lambda: f"{self.pick(LISTS)}.insert(0, {self.number()})",
            lambda: f"{self.pick(LISTS)}.{self.pick(('reverse', 'clear', 'pop'))}()",
            lambda: f"{self.pick(LISTS)}[0] = {self.number()}",
            lambda: f"({self.number()} in l0) and l0.remove({self.pick(NUMBERS)})",
            lambda: f"{self.pick(DICTS)}[{self.text()}] = {self.number()}",
            lambda: f"{self.pick(DICTS)}.pop({self.text()}, None)",
            lambda: f"{self.pick(NUMBERS)} = {self.pick(DICTS)}.setdefault({self.text()}, {self.number()})",
            lambda: f"{self.pick(DICTS)}.update({self.dict_()})",
            lambda: "n0, n1 = n1, n0",
            lambda: f"put({self.pick(LISTS)}, {self.number()})" if self.helpers else "l0 = l1",
            lambda: f"choose() and {self.pick(LISTS)}.append({self.number()})",
        )
        return self.random.choice(forms)()

    def block(self, size: int) -> Lines:
        """Some statements."""
        return [line for _ in range(self.random.randint(1, size)) for line in self.statement(size)]

    def statement(self, size: int) -> Lines:
        """A statement with what belongs to it."""
        if size <= 1 or self.random.random() < 0.5:
            jumps = self.loops and self.random.random() < 0.2
            return [f"if {self.test()}:", f"    {self.pick(('break', 'continue'))}"] if jumps else [self.simple()]
        forms = (self._branch, self._branch, self._for, self._pairs, self._while, self._try, self._match)
        return self.random.choice(forms)(size - 1)

    def _branch(self, size: int) -> Lines:
        lines = [f"if {self.test()}:", *indented(self.block(size))]
        return [*lines, "else:", *indented(self.block(size))] if self.random.random() < 0.6 else lines

    def _inside(self, size: int, *, endless: bool = True) -> Lines:
        self.loops += 1
        self.endless += endless
        body = indented(self.block(size))
        self.endless -= endless
        self.loops -= 1
        return body

    def _for(self, size: int) -> Lines:
        over = self.random.choice(("range(3)", "[2, 0]", f"list({self.list_()})", "items()"))
        endless = over not in ("range(3)", "[2, 0]")
        lines = [f"for x in {over}:", f"    {self.pick(('n0', 'n1', 'x'))} = x", *self._inside(size, endless=endless)]
        return [*lines, "else:", *indented(self.block(size))] if self.random.random() < 0.3 else lines

    def _pairs(self, size: int) -> Lines:
        over = self.random.choice(("{'a': n1, 'c': n0}.items()", "zip('ab', (1, 2))", "enumerate('ab')"))
        names = "n1, s1" if over.startswith("enum") else "s1, n1"
        return [f"for {names} in {over}:", *self._inside(size, endless=False)]

    def _while(self, size: int) -> Lines:
        tick = f"t{self.random.randint(0, 999)}"
        test = self.random.choice(("choose()", "True", self.test()))
        return [
            f"{tick} = 0",
            f"while {test}:",
            f"    {tick} += 1",
            f"    if {tick} > 3:",
            "        break",
            *self._inside(size),
        ]

    def _try(self, size: int) -> Lines:
        body = [self.simple(), "choose() and fail()"]
        self.random.shuffle(body)
        lines = ["try:", *indented(body), "except ValueError:", *indented(self.block(size))]
        return [*lines, "finally:", *indented([self.simple()])] if self.random.random() < 0.3 else lines

    def _match(self, size: int) -> Lines:
        lines = [f"match {self.number()}:", "    case 0 | 1:", *indented(indented(self.block(size)))]
        if self.random.random() < 0.5:
            lines += [f"    case 2 if {self.test()}:", *indented(indented(self.block(size)))]
        return [*lines, "    case _:", *indented(indented(self.block(size)))]

    def functions(self) -> Lines:
        """`f`, that computes a number, and `put`, that changes a list."""
        body = [self.simple(), *(self._branch(1) if self.random.random() < 0.5 else [])]
        early = [f"if {self.test()}:", "    return " + self.number()] if self.random.random() < 0.5 else []
        local = ["s0, s1, l0, l1, d0 = 'f', 'g', [], [1], {'a': 1}"]
        put = [f"if {self.random.choice(('choose()', 'what in to', 'False'))}:", "    return", "to.append(what)"]
        return [
            "def put(to, what):",
            *indented(put),
            "def f(n0, n1=2):",
            *indented([*local, *body, *early, self.simple(), "return " + self.number()]),
        ]


def written(seed: int, size: int) -> str:
    """A program of up to `size` statements, nested up to three deep."""
    writer = Writer(Random(seed))  # noqa: S311 - nothing secret
    lines = [*START, *writer.functions()]
    writer.helpers = True
    for _ in range(size):
        lines += writer.statement(min(3, size))
    return "\n".join(lines) + "\n"
