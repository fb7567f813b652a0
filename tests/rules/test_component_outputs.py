"""What Haystack components return and hand on: under names that are declared (WF102), of types that fit (WF109)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

NAMES = """
    from haystack import Document, Pipeline, component
    from haystack.components.builders import PromptBuilder
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    @component
    class Sift:
        @component.output_types(documents=list[Document], left_out=int)
        def run(self, documents: list[Document]):
            fresh = [d for d in documents if d.meta.get("year", 0) > 2020]
            <0>
            return <1>

    p = Pipeline()
    p.add_component("find", InMemoryBM25Retriever(InMemoryDocumentStore()))
    p.add_component("sift", Sift())
    p.add_component("ask", PromptBuilder("Use {{ papers }}", required_variables=["papers"]))
    p.connect("find.documents", "sift.documents")
    p.connect("sift.<2>", "ask.papers")
"""
RIGHT = '{"documents": fresh, "left_out": 3}'


def _named(*parts: str) -> str:
    return Twin("", NAMES, tuple((part, part) for part in parts), "").bad


@pytest.mark.parametrize("returned", ['{"fresh": fresh, "left_out": 3}', "dict(kept=fresh, left_out=3)"])
def test_an_output_under_another_name(returned: str, tmp_path: Path) -> None:
    said = found(_named("pass", returned, "documents"), tmp_path, "undeclared-output")
    assert [("output_types" in line, level) for line, level in said] == [(True, Level.ERROR)]


def test_an_output_that_never_comes(tmp_path: Path) -> None:
    said = found(_named("pass", '{"left_out": 3}', "documents"), tmp_path, "undeclared-output")
    assert [("output_types" in line, level) for line, level in said] == [(True, Level.WARNING)]


@pytest.mark.parametrize(
    ("before", "returned", "socket"),
    [
        ("pass", RIGHT, "documents"),
        (f"if not fresh: return {RIGHT}", '{"kept": fresh}', "documents"),
        ("pass", '{"kept": fresh, "left_out": 3}', "left_out"),
        ("pass", "self.made(fresh)", "documents"),
    ],
    ids=["right", "on another way", "another one is connected", "not known"],
)
def test_silence_about_names(before: str, returned: str, socket: str, tmp_path: Path) -> None:
    assert found(_named(before, returned, socket), tmp_path, "undeclared-output") == []


TYPES = """
    from dataclasses import dataclass
    from typing import Protocol
    from haystack import Document, Pipeline, component

    class Named(Protocol):
        name: str

    @dataclass
    class Leaf:
        name: str

    @dataclass
    class Needle(Leaf):
        length: int = 1

    @component
    class Gather:
        @component.output_types(found=<0>)
        def run(self, wood: str):
            return {"found": [Needle(wood)]}

    @component
    class Press:
        @component.output_types(pages=int)
        def run(self, leaves: <1>):
            return {"pages": len(leaves)}

    p = Pipeline()
    p.add_component("gather", Gather())
    p.add_component("press", Press())
    p.connect("gather.found", "press.leaves")
"""


@pytest.mark.parametrize(
    ("given", "taken", "fits"),
    [
        ("list[Leaf]", "list[Document]", False),
        ("list[Document]", "list[Leaf] | None", False),
        ("list[Leaf]", "list[Leaf]", True),
        ("list[Needle]", "list[Leaf]", True),
        ("list[Leaf]", "list[Document | Leaf]", True),
        ("list[Leaf]", "list[Named]", True),
        ("list[Leaf]", "list", True),
    ],
)
def test_types_of_the_source(given: str, taken: str, fits: bool, tmp_path: Path) -> None:  # noqa: FBT001 (a case)
    program = Twin("", TYPES, ((given, given), (taken, taken)), "").bad
    said = found(program, tmp_path, "type-mismatch")
    assert [level for _, level in said] == ([] if fits else [Level.ERROR])
