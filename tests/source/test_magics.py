"""What is blanked in a cell, and that everything else stays where it is."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.source.notebook.magics import without_magics

BLANKED = [
    pytest.param("%pip install langgraph\nx = 1", "                      \nx = 1", id="a line magic"),
    pytest.param("!ls -l\nx", "      \nx", id="a shell line"),
    pytest.param("!pip install a \\\n  b\nx", "                \n   \nx", id="a shell line that is continued"),
    pytest.param("!echo it's\nx = 'a'", "          \nx = 'a'", id="an apostrophe in a shell line"),
    pytest.param("if x:\n    !ls\ny", "if x:\n    0  \ny", id="the only statement of a block"),
    pytest.param("?len\nlen?\nx.y??", "    \n    \n     ", id="questions"),
    pytest.param("files = !ls *.py", "files = __      ", id="the output of a command"),
    pytest.param("a, b.c = %env X", "a, b.c = __    ", id="the value of a magic"),
    pytest.param("%time x = f(1)", "0    ;x = f(1)", id="a statement that is timed"),
    pytest.param("%time", "     ", id="a timing of nothing"),
    pytest.param("pip install -U 'crewai[tools]'\nx", "                              \nx", id="a magic without a sign"),
    pytest.param("x = 1\r\n!ls\r\ny", "x = 1\r\n   \r\ny", id="other line ends"),
    pytest.param("%%bash\nls 'x\n", "      \n     \n", id="a cell of another language"),
    pytest.param("\n%%time\nx = 1", "\n      \nx = 1", id="a cell that is timed, below an empty line"),
    pytest.param("%%capture\n%%bash\nls", "         \n      \n  ", id="two cell magics"),
    pytest.param("%%time\n" * 3000 + "x", "      \n" * 3000 + "x", id="many cell magics"),
    pytest.param("%%capture out\n!ls\nx", "             \n   \nx", id="a shell line in a Python cell"),
    pytest.param("# @title SQL\n%%sql\nselect *", "# @title SQL\n     \n        ", id="a cell magic below a comment"),
    pytest.param("x = [\n]\n!ls", "x = [\n]\n   ", id="behind brackets"),
    pytest.param("/f 1", "    ", id="a call without brackets"),
]
KEPT = [
    pytest.param("x = a % b\nx %= 2", id="a remainder"),
    pytest.param("x = (a\n% b)", id="a remainder at the beginning of a line"),
    pytest.param("x = '''\n%pip install\n!ls\n'''", id="lines of a string"),
    pytest.param('x = "a" \\\n% b', id="a statement that is continued"),
    pytest.param("x = [  # (\n%2]", id="a bracket in a comment"),
    pytest.param("'%s' % x", id="a format"),
    pytest.param("if a != b: pass", id="a comparison"),
    pytest.param("x = 'what?'  # really?", id="question marks"),
    pytest.param("pip = 1\npip if pip else 2", id="a variable called like a magic"),
    pytest.param("ls -la", id="a difference"),
    pytest.param("@d\ndef f(): ...", id="a decorator"),
]


@pytest.mark.parametrize(("text", "expected"), BLANKED)
def test_blanked(text: str, expected: str) -> None:
    assert without_magics(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert without_magics(text) == text


def test_what_is_left_is_python() -> None:
    text = "async def f():\n    %time x = 1\n    files = !ls\n    !rm x\nfor i in range(3):\n    %time await f()\n"
    ast.parse(without_magics(text))


@given(st.text(alphabet="ab=%!?'\"()[]#\\ \t\r\n/,;.", max_size=60))
def test_nothing_moves(text: str) -> None:
    python = without_magics(text)
    assert len(python) == len(text)
    ends = [(place, sign) for place, sign in enumerate(text) if sign in "\r\n"]
    assert [(place, sign) for place, sign in enumerate(python) if sign in "\r\n"] == ends
