"""Files made to bring the parsers down end in an error that can be caught, and soon."""

from __future__ import annotations

import msgspec
import pytest

from wflint.errors import UnreadableSource
from wflint.source.code import ModuleIR
from wflint.source.concrete.module import lower_concrete
from wflint.source.lower import lower_module

MANY = 20_000

HOSTILE = {
    "parentheses": "x = " + "(" * MANY + "1" + ")" * MANY,
    "parentheses left open": "(" * MANY,
    "lists": "[" * MANY + "]" * MANY,
    "dicts": "x = " + "{1:" * MANY + "1" + "}" * MANY,
    "calls": "f(" * MANY + ")" * MANY,
    "calls of calls": "f" + "()" * MANY,
    "indices": "x" + "[1]" * MANY,
    "attributes": "x" + ".a" * MANY,
    "minus signs": "-" * MANY + "1",
    "negations": "not " * MANY + "x",
    "sums": "x = a" + " + b" * MANY,
    "conjunctions": "x = a" + " and b" * MANY,
    "powers": "x = a" + " ** b" * MANY,
    "conditionals": "x = a" + " if b else c" * MANY,
    "lambdas": "x = " + "lambda a, b: " * MANY + "1",
    "comprehensions": "[a" + " for a, b in c" * MANY + "]",
    "f-strings": "x = " + 'f"{' * MANY + "1" + '}"' * MANY,
    "brackets in an f-string": "x = f'{" + "(" * MANY + "1" + ")" * MANY + "}'",
    "brackets behind quotes in an f-string": 'x = f"{ "a" + ' + "(" * MANY + "1" + ")" * MANY + ' + "b" }"',
    "signs behind a hash in an f-string": 'x = f"{ "#" + ' + "-" * MANY + '1 + "b" }"',
    "format specifications": "x = f'{a" + ":{a" * MANY + "}" * MANY + "}'",
    "branches": "if a:\n  b\n" + "elif a:\n  b\n" * MANY,
    "targets of del": "x\ndel " + "(" * 40 + "1 1" + ")" * 40,
    "indentation": "".join(" " * depth + "if a:\n" for depth in range(1000)) + " " * 1000 + "b",
}


@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_what_nests_too_deeply_is_unreadable(source: str) -> None:
    with pytest.raises(UnreadableSource):
        lower_module(source)
    with pytest.raises(UnreadableSource):
        lower_concrete(source)


TOO_DEEP_FOR_LIBCST = {
    "dotted imports": "import a" + ".b" * MANY,
    "strings side by side": "x = " + "'a' " * MANY,
    "patterns": "match a:\n  case " + "[" * 30 + "]" * 30 + ":\n    b",
    "patterns of tuples": "match a:\n  case " + "(" * 30 + "b" + ",)" * 30 + ":\n    b",
}
"""Python's own parser reads these: it repeats where libcst calls itself."""


@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in TOO_DEEP_FOR_LIBCST.items()])
def test_libcst_is_kept_from_what_brings_it_down(source: str) -> None:
    assert lower_module(source).body
    with pytest.raises(UnreadableSource):
        lower_concrete(source)


DEEP = {
    "brackets": "x = " + "(" * 99 + "1" + ")" * 99,
    "calls": "f(" * 99 + ")" * 99,
    "a chain of calls": "x" + ".a()" * 140,
    "a sum": "x = a" + " + b" * 290,
    "branches": "if a:\n  b\n" + "elif a:\n  b\n" * 290,
    "indentation": "".join(" " * depth + "if a:\n" for depth in range(95)) + " " * 95 + "b",
}


@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in DEEP.items()])
def test_what_somebody_may_have_written_is_read_and_kept(source: str) -> None:
    lowered = lower_module(source)
    assert msgspec.json.decode(msgspec.json.encode(lowered), type=ModuleIR) == lowered


LONG = {
    "a list": "x = [" + "a.b, -c, f(d), " * 5000 + "]",
    "a list of lambdas": "x = [" + "lambda a, b: a, " * 2000 + "]",
    "a dict": "x = {" + "'a': [{'b': -1}], " * 5000 + "}",
    "statements": "x = a.b + c\n" * 5000,
    "a comparison": "x = " + "a, " * 5000,
    "handlers": "try: a\n" + "except b: c\n" * 1000,
    "branches apart": "if a: b\nelif c: d\n" * 1000,
    "text with brackets": "x = '''" + "([{" * 500 + "'''\n# " + "(" * 500 + "\n",
    "a final word without a newline": "x = 1\n" + "a" * 1_000_000,
    "an f-string with doubled braces": "x = f'''" + "{{" * 500 + "'''\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in LONG.items()])
def test_what_is_long_but_not_deep_is_read(source: str) -> None:
    assert lower_module(source).body


def test_the_place_is_where_it_gets_too_deep() -> None:
    with pytest.raises(UnreadableSource) as caught:
        lower_module("x = 1\ny = " + "(" * MANY)
    assert (caught.value.line, caught.value.column) == (2, 105)
