"""Source on the left, what is kept of it on the right."""

from __future__ import annotations

import pytest

from tests.source.sketch import sketch
from wflint.errors import UnreadableSource
from wflint.source.lower import lower_module

EXPRESSIONS = [
    pytest.param("x", "x", id="a name"),
    pytest.param("True, False, None", "(True, False, None)", id="the constants that look like names"),
    pytest.param("1_000 + 0xff + 0b1", "((1000 + 255) + 1)", id="integers"),
    pytest.param("9223372036854775807", "9223372036854775807", id="the largest integer"),
    pytest.param("9223372036854775808", "<large number>", id="an integer beyond 64 bits"),
    pytest.param("9" * 5000, "<large number>", id="an integer that Python refuses to read"),
    pytest.param("1.5 + 1e3", "(1.5 + 1000.0)", id="floats"),
    pytest.param("1e999", "<large number>", id="a float that overflows"),
    pytest.param("2j", "<imaginary number>", id="an imaginary number"),
    pytest.param("...", "<ellipsis>", id="an ellipsis"),
    pytest.param("'a' \"b\" '''c'''", "'abc'", id="strings side by side"),
    pytest.param(r"'\n\x41\u0042\U00000043\104\\ \q' r'\n'", repr("\nABCD\\ \\q\\n"), id="escapes"),
    pytest.param(r"'\N{BULLET}'", repr("\N{BULLET}"), id="a named character"),
    pytest.param(r"'\N{NO SUCH THING}'", repr(r"\N{NO SUCH THING}"), id="a character nobody named"),
    pytest.param("'a\\\nb'", "'ab'", id="a string continued on the next line"),
    pytest.param("'''a\r\nb'''", repr("a\nb"), id="line ends inside a string"),
    pytest.param(r"'\ud800'", "<text with a lone surrogate>", id="a lone surrogate"),
    pytest.param("b'a'", "<bytes>", id="bytes"),
    pytest.param("b'a' b'b'", "<bytes>", id="bytes side by side"),
    pytest.param("t'{a}'", "<template string>", id="a template string"),
    pytest.param("f'a{b}c{{d}}'", "join('a', b, 'c{d}')", id="an f-string"),
    pytest.param("f''", "''", id="an empty f-string"),
    pytest.param("f'a' 'b'", "'ab'", id="an f-string without expressions"),
    pytest.param("'a' f'b{c}' 'd' f'{e}'", "join('ab', c, 'd', e)", id="strings and f-strings side by side"),
    pytest.param("f'{a!r}{b:>3}{c!s:{d}}'", "join(repr(a), format(b, '>3'), format(str(c), join(d)))", id="formats"),
    pytest.param("f'{a=}'", "join('a=', repr(a))", id="an f-string that says its expression"),
    pytest.param("f'{f\"{a}\"}'", "join(join(a))", id="an f-string in an f-string"),
    pytest.param("rf'\\d{a}'", repr("\\d").join(("join(", ", a)")), id="a raw f-string"),
    pytest.param("a.b.c", "a.b.c", id="attributes"),
    pytest.param("a[1]", "a[1]", id="an index"),
    pytest.param("a[1,]", "a[(1)]", id="an index of one"),
    pytest.param("a[1:2, ::3, *b]", "a[(1:2:, ::3, *b)]", id="slices"),
    pytest.param("f(1, *a, k=2, **b)", "f(1, *a, k=2, **b)", id="a call"),
    pytest.param("f(x for x in y)", "f((x for x in y))", id="a bare generator"),
    pytest.param("[1, *a], (), {1, 2}", "([1, *a], (), {1, 2})", id="displays"),
    pytest.param("{'a': 1, **b}", "{'a': 1, **b}", id="a dict"),
    pytest.param(
        "[x for x in y if a if b for z in x]", "[x for x in y if a if b for z in x]", id="a list comprehension"
    ),
    pytest.param("{x async for x in y}", "{x for x in y}", id="an asynchronous set comprehension"),
    pytest.param("{k: v for k, v in y}", "{k: v for (k, v) in y}", id="a dict comprehension"),
    pytest.param("a + b * c ** -d", "(a + (b * (c ** (- d))))", id="precedence"),
    pytest.param(
        "a // b % c @ d << e >> f & g | h ^ i - j / k",
        "(((((((a // b) % c) @ d) << e) >> f) & g) | (h ^ (i - (j / k))))",
        id="every binary operator",
    ),
    pytest.param("not a or ~b and +c", "((not a) or ((~ b) and (+ c)))", id="logic"),
    pytest.param(
        "a < b <= c != d not in e is not f", "(a < b <= c != d not in e is not f)", id="a chain of comparisons"
    ),
    pytest.param("a == b > c >= d in e is f", "(a == b > c >= d in e is f)", id="the other comparisons"),
    pytest.param("a if b else c", "(a if b else c)", id="a conditional"),
    pytest.param("(a := b)", "(a := b)", id="a walrus"),
    pytest.param(
        "lambda a, /, b=1, *c, d, **e: a",
        "(lambda positional a, either b = 1, args c, keyword d, kwargs e: a)",
        id="a lambda",
    ),
    pytest.param("print >>x, 1", "((print >> x), 1)", id="what was a print statement once"),
]

STATEMENTS = [
    pytest.param("a = b, c = d", "a = (b, c) = d", id="assignments in a row"),
    pytest.param("a.b, (c[0], *d) = e", "(a.b, (c[0], *d)) = e", id="targets of every form"),
    pytest.param("a: int = 1; b: str", "a: int = 1\nb: str", id="declarations"),
    pytest.param("a += 1; a //= 2; a |= b", "a += 1\na //= 2\na |= b", id="augmented assignments"),
    pytest.param("type A[T] = list[T]", "A = list[T]", id="a type alias"),
    pytest.param("del a, b[0]\ndel (c)", "del a, b[0]\ndel c", id="del"),
    pytest.param("pass; a; pass", "a", id="pass leaves nothing"),
    pytest.param("assert a, b", "assert a", id="an assertion"),
    pytest.param("raise\nraise a from b", "raise\nraise a", id="raise"),
    pytest.param("global a, b", "global a, b", id="global"),
    pytest.param("import a.b as c, d", "import a.b as c, d", id="imports"),
    pytest.param(
        "from ..a.b import (c as d, e,)\nfrom . import *",
        "from ..a.b import c as d, e\nfrom . import *",
        id="imports from",
    ),
    pytest.param("lazy import a\nlazy from b import c", "import a\nfrom b import c", id="lazy imports"),
    pytest.param("if a: b\nelif c: d\nelse: e", "if a {b} else {if c {d} else {e}}", id="branches"),
    pytest.param(
        "for a, b in c:\n  continue\nelse:\n  d", "for (a, b) in c {continue} else {d}", id="a for loop with an else"
    ),
    pytest.param("while a:\n  break\nelse: b", "while a {break} else {b}", id="a while loop with an else"),
    pytest.param(
        "try: a\nexcept b as c: d\nexcept: e\nelse: f\nfinally: g",
        "try {a} except b as c {d} except {e} else {f} finally {g}",
        id="a try with everything",
    ),
    pytest.param("try: a\nexcept* b: c", "try {a} except b {c}", id="exception groups"),
    pytest.param("with a as b, c(): d", "with a as b, c() {d}", id="with"),
    pytest.param("with (a as (b, c), d,): e", "with a as (b, c), d {e}", id="with in parentheses"),
    pytest.param(
        "async def f():\n  async with a: pass\n  async for b in c: await d",
        "async def f() {with a {}; for b in c {(await d)}}",
        id="asynchronous statements",
    ),
    pytest.param(
        "@a\n@b(1)\ndef f[T](x: int, *, y=2) -> str:\n  return x",
        "@a @b(1) def f(either x: int, keyword y = 2) -> str {return x}",
        id="a function",
    ),
    pytest.param("def f():\n  x = yield a", "generator def f() {x = (yield a)}", id="a generator"),
    pytest.param("def f():\n  yield from a", "generator def f() {(yield from a)}", id="a generator that delegates"),
    pytest.param(
        "def f():\n  def g(): yield\n  h = lambda: (yield)",
        "def f() {generator def g() {(yield )}; h = (lambda : (yield ))}",
        id="a yield belongs to the innermost function",
    ),
    pytest.param("def f():\n  nonlocal a", "def f() {nonlocal a}", id="nonlocal"),
    pytest.param("@a\nclass B[T](C, *d, m=1, **e): x = 1", "@a class B(C, *d, m=1, **e) {x = 1}", id="a class"),
    pytest.param(
        "match a:\n"
        "  case 'x' | 'y': b\n"
        "  case c.D as e if f: g\n"
        "  case -1 | None: pass\n"
        "  case {'k': h, **i} | [h, *i]: pass\n"
        "  case J(k, l=m), *_: pass\n"
        "  case 1 | n: pass\n"
        "  case n if o: pass\n"
        "  case _: p",
        "match a {('x' | 'y') {b}; (c.D as e) if f {g}; ((- 1) | None) {}; ({'k': h, **i} | [h, *i]) {}; "
        "[J(k, l=m), *_] {}; (1 | n) {}; n if o {}; _ {p}}",
        id="match",
    ),
]


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS)
def test_expression(source: str, expected: str) -> None:
    assert sketch(lower_module(source).body) == expected


@pytest.mark.parametrize(("source", "expected"), STATEMENTS)
def test_statement(source: str, expected: str) -> None:
    assert sketch(lower_module(source).body) == expected


@pytest.mark.parametrize(
    ("source", "doc"),
    [
        pytest.param('"""One.\n\n    Two.\n    """\nx', "One.\n\nTwo.", id="indentation comes off"),
        pytest.param("'a' 'b'", "ab", id="strings side by side"),
        pytest.param("x = 1\n'a'", None, id="not at the head"),
        pytest.param("f'a{b}'", None, id="not constant"),
        pytest.param("b'a'", None, id="not text"),
        pytest.param("# nothing\n", None, id="empty"),
    ],
)
def test_docstring(source: str, doc: str | None) -> None:
    assert lower_module(source).doc == doc


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        pytest.param("x = 1\nprint 'a'\n", 2, 1, id="Python 2"),
        pytest.param("a b\n", 1, 3, id="two names"),
        pytest.param("x = (\n", 1, 5, id="a bracket left open"),
        pytest.param("x = 'a\n", 1, 5, id="a quote left open"),
        pytest.param("def f():\nx\n", 2, 1, id="no suite"),
        pytest.param("a\n\nx = $\n", 3, 5, id="no such character"),
        pytest.param("x = 1\x00\n", 1, 1, id="a null byte"),
        pytest.param("a\n'\ud800'\n", 2, 2, id="a lone surrogate in the text"),
        pytest.param("(x): int = f'{1, 2}'\n", 1, 5, id="grammar that neither way of reading knows all of"),
    ],
)
def test_what_is_not_python_is_unreadable(source: str, line: int, column: int) -> None:
    with pytest.raises(UnreadableSource) as caught:
        lower_module(source)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_long_text_of_many_strings_is_one_constant() -> None:
    many = 600  # Python 3.12.1 gives up beyond some 800, whatever the limit on recursion is
    source = "x = (" + "'line'\n" * many + ")"
    assert sketch(lower_module(source).body) == f"x = {'line' * many!r}"


def test_a_backslash_on_a_line_of_its_own_between_statements() -> None:
    assert sketch(lower_module("def f():\n  a\n\\\ndef g():\n  b\n").body) == "def f() {a}\ndef g() {b}"
