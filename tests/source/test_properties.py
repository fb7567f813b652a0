"""What holds for every file, real or made up."""

from __future__ import annotations

import ast
import contextlib
import gc
import sys
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.source.corpus import texts
from wflint.errors import UnreadableSource
from wflint.source.code import ClassDef, FunctionDef, ModuleIR
from wflint.source.decode import load
from wflint.source.lower import lower_module

CORPUS = [pytest.param(text, id=name) for name, text in texts()]


def definitions(value: object) -> Iterator[tuple[str, str | None, int]]:
    """Name, docstring and line of every function and class."""
    if isinstance(value, tuple):
        for item in value:
            yield from definitions(item)
    elif isinstance(value, msgspec.Struct):
        if isinstance(value, FunctionDef | ClassDef):
            yield value.name, value.doc, value.at[0]
        for field in value.__struct_fields__:
            yield from definitions(getattr(value, field))


@pytest.mark.slow
@pytest.mark.parametrize("text", CORPUS)
def test_real_files(text: str) -> None:
    lowered = lower_module(text)
    assert lower_module(text) == lowered
    assert msgspec.json.decode(msgspec.json.encode(lowered), type=ModuleIR) == lowered
    theirs = {
        (node.name, ast.get_docstring(node), node.lineno)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    assert {(name, doc, lowered.place(start)[0]) for name, doc, start in definitions(lowered.body)} == theirs


_PIECES = st.sampled_from((
    *("x", "1", "'a'", 'f"{', '}"', "(", ")", "[", "]", "{", "}", ":", ",", "=", ".", "*", "**", "@", "->", ":="),
    *(" ", "\n", "\n  ", "\t", "\\\n", "#", "# wflint: ignore[", "\\", "\r", "\x00", "\x0c", "é", "\ud800", "\ufffd"),
    *("lambda ", "def f(", "class ", "if ", "else", "for ", "in ", "match ", "case ", "await ", "yield ", "del "),
    *("import ", "from "),
))  # fmt: skip


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UnreadableSource):
        lowered = lower_module(text)
        assert msgspec.json.decode(msgspec.json.encode(lowered), type=ModuleIR) == lowered


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableSource):
        assert isinstance(load(data), str)


@pytest.mark.parametrize("text", ["x = 1", "x y"])
def test_the_interpreter_is_left_as_it_was(text: str) -> None:
    before = (gc.isenabled(), sys.getrecursionlimit())
    with contextlib.suppress(UnreadableSource):
        lower_module(text)
    assert (gc.isenabled(), sys.getrecursionlimit()) == before
