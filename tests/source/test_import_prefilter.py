"""A file is worth parsing when an import line of it holds a name."""

from __future__ import annotations

import pytest

from wflint.source.forms import Form
from wflint.source.import_prefilter import ImportPrefilter, Marks, mentions


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(b"import langgraph", True, id="the first line"),
        pytest.param(b"\xef\xbb\xbfimport langgraph", True, id="behind a byte order mark"),
        pytest.param(b"x\nfrom langgraph.graph import END\n", True, id="a submodule"),
        pytest.param(b"def f():\r\n\timport os, langgraph\r\n", True, id="inside a function, the second of two"),
        pytest.param(b"if x: import langgraph\n", True, id="on the line of a branch"),
        pytest.param(b"\ntry: from langgraph import a\n", True, id="on the line of a try"),
        pytest.param(b"from google import adk\n", True, id="a name that is imported"),
        pytest.param(b"# langgraph\nx = 'langgraph'\n", False, id="text"),
        pytest.param(b"important = langgraph\n", False, id="another word"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_mentioned(source: bytes, expected: bool) -> None:  # noqa: FBT001  # a row of a table
    assert ImportPrefilter((b"langgraph", b"adk")).mentioned(source) is expected
    assert mentions(source, (b"langgraph", b"adk")) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(b"from agents import Agent", True, id="a package"),
        pytest.param(b"import os, agents.voice", True, id="a module of it"),
        pytest.param(b"from x import agents", True, id="a name that is imported"),
        pytest.param(b"from app.agents import run", False, id="a part of another package"),
        pytest.param(b"from .agents import run", False, id="a neighbour"),
    ],
)
def test_leading_names(source: bytes, expected: bool) -> None:  # noqa: FBT001  # a row of a table
    assert ImportPrefilter((b"agents",), leading=True).mentioned(source) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(rb'"source": ["import langgraph"]', True, id="the first line of a cell"),
        pytest.param(b'[\n "x\\n",\n "  from langgraph.graph import END\\n"', True, id="a string of a list"),
        pytest.param(rb'"source": "x\n\tif x: import os, langgraph\n"', True, id="a line in the middle of a text"),
        pytest.param(rb'"source": "import os\nlanggraph = 1"', False, id="another line"),
        pytest.param(rb'["import os", "langgraph"]', False, id="another string"),
        pytest.param(rb'"# langgraph, which we import\n"', False, id="a comment"),
        pytest.param(rb'"import os.path as p, agents.x as \"agents\""', True, id="behind another name"),
        pytest.param(rb'"from os import (\n  agents"', False, id="a name on the next line"),
        pytest.param(b"import langgraph", False, id="no JSON"),
    ],
)
def test_mentioned_in_a_notebook(source: bytes, expected: bool) -> None:  # noqa: FBT001  # a row of a table
    assert ImportPrefilter((b"langgraph", b"agents"), leading=True).mentioned(source, Form.NOTEBOOK) is expected


def test_nothing_to_look_for() -> None:
    assert not mentions(b"import a", ())
    assert not ImportPrefilter(()).mentioned(b"import a")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(b"parts:\n  a: 1\nways:\n", True, id="both"),
        pytest.param(b"# about\r\nways: []\r\nparts: {}\r\n", True, id="in another order, with other line ends"),
        pytest.param(b"\xef\xbb\xbfparts: 1\nways: 2\n", True, id="behind a mark of the encoding"),
        pytest.param(b"parts:\n  ways:\n", False, id="further in"),
        pytest.param(b"parts:\n", False, id="one of them"),
    ],
)
def test_marks_of_a_document(document: bytes, expected: bool) -> None:  # noqa: FBT001  # a row of a table
    assert Marks((b"parts:", b"ways:")).found(document) is expected


def test_documents_that_are_all_called_alike() -> None:
    marks = Marks((b"name:",), ("root.yaml",))
    assert [marks.admit(path) for path in ("root.yaml", "a/root.yaml", "a/my_root.yaml", "root.yml")] == [
        True,
        True,
        False,
        False,
    ]
