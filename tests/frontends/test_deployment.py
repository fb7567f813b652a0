from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from wflint.evaluate.drive import Driver
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Linker
from wflint.frontends.langgraph import LANGGRAPH
from wflint.frontends.langgraph.deployment import Export, exports_in
from wflint.source.code import ModuleIR
from wflint.source.lower import lower_module

SOURCE = """
from typing import TypedDict
from langgraph.graph import END, START, StateGraph

class State(TypedDict):
    text: str

def read(state: State):
    return {"text": state["text"].strip()}

def build(name: str):
    builder = StateGraph(State)
    builder.add_node("read", read)
    builder.add_edge(START, "read")
    builder.add_edge("read", END)
    return builder.compile(name=name)

graph = build("reader")
graph.invoke({"text": " a "})
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"graphs": {"a": "./src/app.py:graph"}}', {("service/src/app.py", "graph")}),
        ('{"graphs": {"a": {"path": "../lib/app.py:make", "description": ""}}}', {("lib/app.py", "make")}),
        ('{"graphs": {"a": "package.module:graph", "b": 1}}', set()),
        ('{"graphs": []}', set()),
        ("[]", set()),
        ("{", set()),
        ('{"graphs": ' + "[" * 100_000, set()),
    ],
    ids=["a file", "an object, up a folder", "no file", "no mapping", "no object", "no JSON", "too deep"],
)
def test_a_manifest_lists_names_of_files(text: str, expected: set[tuple[str, str]]) -> None:
    assert exports_in("service/langgraph.json", text) == {Export(*item) for item in expected}


@pytest.mark.parametrize(
    ("name", "exported"),
    [("graph", True), ("build", True), ("read", False), ("missing", False)],
    ids=["a graph", "a function that makes it", "something else", "nothing"],
)
def test_a_graph_that_is_called_here_is_exported_where_a_manifest_lists_it(name: str, *, exported: bool) -> None:
    manifest = f'{{"graphs": {{"it": "./src/app.py:{name}"}}}}'
    assert flags({"service/langgraph.json": manifest}) == [exported]


def test_a_graph_that_is_called_here_is_not_exported_otherwise() -> None:
    assert flags({}) == [False]


def test_a_graph_that_nobody_calls_may_be_called_from_outside() -> None:
    assert flags({}, SOURCE.rpartition("graph.invoke")[0]) == [True]


def flags(documents: dict[str, str], source: str = SOURCE) -> list[bool]:
    end = LANGGRAPH
    files = Repository({"service/src/app.py": source}, documents)
    interp = Interpreter(Linker(files, end.table.roots), end.table)
    Driver(interp).analyze([interp.linker.module("service/src/app.py")])
    return [workflow.externally_callable for workflow in end.assemble(interp)]


@dataclass(frozen=True, slots=True)
class Repository:
    """Sources and documents by path."""

    sources: Mapping[str, str]
    documents: Mapping[str, str]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.sources)

    def lowered(self, path: str) -> ModuleIR:
        return lower_module(self.sources[path])

    def document(self, path: str) -> str | None:
        return self.documents.get(path)

    def read_as_text(self, path: str, encoding: str = "utf-8") -> str | None:
        del encoding
        return self.documents.get(path)

    def files_in(self, folder: str) -> tuple[str, ...]:
        return tuple(path.rpartition("/")[2] for path in self.documents if path.rpartition("/")[0] == folder)
