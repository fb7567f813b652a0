"""Places are exact, and the same as libcst's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from tests.source.corpus import texts
from wflint.source.code import (
    Attribute,
    Call,
    ClassDef,
    Constant,
    ExprStmt,
    FunctionDef,
    JoinedStr,
    Lambda,
    ModuleIR,
    Name,
    Opaque,
    Parameter,
    Starred,
    Subscript,
    TextRange,
    Try,
)
from wflint.source.concrete.positions import measure
from wflint.source.lower import lower_module

_FORMATTING = {"ascii", "format", "repr", "str"}
"""Calls that an f-string stands for are where the expression in it is."""


def places(value: object) -> Iterator[object]:
    """Everything in a tree that has a place."""
    if isinstance(value, tuple):
        for item in value:
            yield from places(item)
    elif hasattr(value, "__struct_fields__"):
        if hasattr(value, "at"):
            yield value
        for field in value.__struct_fields__:
            yield from places(getattr(value, field))


def stretch(source: str, kind: type, number: int = 0) -> str:
    """The text of the first node of a kind."""
    found = [node for node in places(lower_module(source).body) if isinstance(node, kind)]
    at: TextRange = found[number].at  # type: ignore[attr-defined]
    return source[slice(*at)]


@pytest.mark.parametrize(
    ("source", "kind", "expected"),
    [
        pytest.param("x = ( f(a) )  # c", Call, "f(a)", id="parentheses stay outside"),
        pytest.param("x = f( *a , b)", Starred, "*a", id="a star belongs to its argument"),
        pytest.param(
            "@d\nasync  def f(\n  a: int,  # :\n) -> str :  # c\n  pass",
            FunctionDef,
            "async  def f(\n  a: int,  # :\n) -> str :",
            id="a header, without decorators",
        ),
        pytest.param(
            "if x:\n  @d\n  class A(B): y = 1\n", ClassDef, "class A(B):", id="a header on the line of its body"
        ),
        pytest.param("f'a{b}c'", JoinedStr, "f'a{b}c'", id="an f-string"),
        pytest.param("f'{{a}} {b}'", Constant, "{{a}} ", id="text in an f-string"),
        pytest.param("def f(a, *b: int): pass", Parameter, "a", id="a parameter"),
        pytest.param("lambda *, a=1: 2", Parameter, "a=1", id="a parameter with a default"),
        pytest.param("x = lambda a: a ;", Lambda, "lambda a: a", id="a lambda"),
        pytest.param("  # c\nx[ 1 ] # d\n", Subscript, "x[ 1 ]", id="a subscript"),
        pytest.param("try:\n  a\nfinally:\n  b\n\n# c\nd", Try, "try:\n  a\nfinally:\n  b", id="a whole statement"),
        pytest.param("a;b  ; c", ExprStmt, "a", id="one of several on a line"),
        pytest.param("x = b'a' ", Opaque, "b'a'", id="something opaque"),
        pytest.param("é = 'ü'.x", Attribute, "'ü'.x", id="characters, not bytes"),
        pytest.param("try: a\nexcept (B, C) : d.e", Attribute, "d.e", id="where libcst forgets a blank"),
        pytest.param("\\\nx.y\n", Attribute, "x.y", id="where libcst forgets a backslash"),
    ],
)
def test_stretch(source: str, kind: type, expected: str) -> None:
    assert stretch(source, kind) == expected


def test_names_of_definitions() -> None:
    source = "async def f(): pass\nclass  A: pass"
    function, definition = lower_module(source).body
    assert isinstance(function, FunctionDef)
    assert isinstance(definition, ClassDef)
    assert [source[slice(*each.name_at)] for each in (function, definition)] == ["f", "A"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns(end: str) -> None:
    source = f"# one{end}x = 1{end}{end}if y:{end}\tz"
    lowered = lower_module(source)
    found = {node.id: lowered.place(node.at[0]) for node in places(lowered.body) if isinstance(node, Name)}
    assert found == {"x": (2, 1), "y": (4, 4), "z": (5, 2)}


@pytest.mark.slow
def test_real_files_have_their_names_where_the_tree_says() -> None:
    for name, text in texts():
        for node in places(lower_module(text).body):
            assert _is_in_place(node, text), (name, node)


def _is_in_place(node: object, text: str) -> bool:
    match node:
        case Name(id=name, at=(start, end)):
            return text[start:end] == name or name in _FORMATTING
        case Attribute(name=name, at=(start, end)):
            return text[start:end].endswith(name)
        case Call(func=func, at=(start, end)):
            return text[end - 1] == ")" or func.at == (start, end)
        case FunctionDef(at=(start, end), name=name, name_at=name_at):
            header = text[start:end]
            return (
                re.match(r"(async\s+)?def\b", header) is not None
                and header[-1] == ":"
                and text[slice(*name_at)] == name
            )
        case ClassDef(at=(start, end)):
            return text[start:end].startswith("class") and text[end - 1] == ":"
        case Parameter(name=name, at=(start, end)):
            return text[start:end].lstrip("* ").startswith(name)
        case _:
            return True


@pytest.mark.slow
def test_every_node_is_within_its_file() -> None:
    for _, text in texts():
        lowered = lower_module(text)
        assert all(0 <= start <= end <= len(text) for start, end in _ats(lowered))


def _ats(lowered: ModuleIR) -> Iterator[TextRange]:
    for node in places(lowered.body):
        at: TextRange = node.at  # type: ignore[attr-defined]
        yield at


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text"), [pytest.param(*each, id=each[0]) for each in texts()])
def test_offsets_agree_with_the_provider_of_libcst(name: str, text: str) -> None:
    """A libcst that counts in another way is noticed here."""
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    if wrapper.module.code != text:
        pytest.skip(f"libcst does not give {name} back exactly, so its own positions are off")
    lines = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]
    spans = measure(wrapper.module).spans
    theirs = {
        node: (lines[place.start.line - 1] + place.start.column, lines[place.end.line - 1] + place.end.column)
        for node, place in wrapper.resolve(PositionProvider).items()
        if id(node) in spans and not isinstance(node, cst.IndentedBlock)
    }
    ours = {node: spans[id(node)] for node in theirs}
    assert ours == theirs
    assert ours
