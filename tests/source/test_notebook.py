"""Notebooks as files: what is read of them, what is said of those that cannot be, and the way back into the file."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notebooks import PYTHON, code, markdown, notebook
from wflint.errors import UnreadableSource
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.source.cache import NoCache
from wflint.source.code import Unread
from wflint.source.discover import discover
from wflint.source.forms import Form
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.lowered_files import summary_of
from wflint.source.notebook.reading import NotebookText, module_cells
from wflint.source.repository import Repository


def unread(*cells: object) -> tuple[Unread, ...]:
    """What cannot be read of a notebook with these cells."""
    return summary_of(notebook(*cells).replace("SURROGATE", r"\ud800").encode(), NoCache(), Form.NOTEBOOK).unread


def test_code_cells_are_one_module_with_an_empty_line_between_them() -> None:
    text = NotebookText(notebook(markdown("# T"), code("a = 1\nb = 2"), code(""), markdown("m"), code("%ls\nc = 3\n")))
    assert text.module == "a = 1\nb = 2\n\n\n\n%ls\nc = 3\n\n\n"
    assert [(each.cell.number, each.cell.first) for each in text.cells] == [(2, 1), (3, 4), (5, 6)]
    assert [text.cell(line).number for line in range(1, 8) if (text.cell(line))] == [2, 2, 2, 3, 3, 5, 5]  # type: ignore[union-attr]  # asked for


def test_a_source_is_a_text_or_a_list_of_texts() -> None:
    cell = {"cell_type": "code", "source": "a = 1\nb = 2"}
    assert [each.cell.text for each in module_cells(notebook(cell, code("c\nd")))] == ["a = 1\nb = 2", "c\nd"]


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"kernelspec": {"language": "R"}}, id="the kernel"),
        pytest.param({"language_info": {"name": "julia"}}, id="the language"),
    ],
)
def test_notebooks_of_other_languages_are_left_out(metadata: object) -> None:
    assert module_cells(json.dumps({"cells": [code("x = 1")], "metadata": metadata})) == ()


def test_cells_of_other_languages_are_left_out() -> None:
    other = {**code("SELECT 1"), "metadata": {"vscode": {"languageId": "sql"}}}
    own = {**code("x = 1"), "metadata": {"vscode": {"languageId": "python"}}}
    assert [each.cell.number for each in module_cells(notebook(other, own))] == [2]


def test_a_notebook_that_says_nothing_of_its_language_is_python() -> None:
    assert len(module_cells(json.dumps({"cells": [code("x = 1")]}))) == 1
    assert len(module_cells(json.dumps({"cells": [code("x = 1")], "metadata": [1]}))) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "Expecting value", id="nothing"),
        pytest.param("print(1)", "Expecting value", id="Python"),
        pytest.param('{"cells": [}', "Expecting value", id="broken JSON"),
        pytest.param('{"cells": []} {}', "Extra data", id="two documents"),
        pytest.param("[]", "no object", id="a list"),
        pytest.param("{}", "no list of cells", id="no cells"),
        pytest.param('{"cells": {"a": 1}}', "no list of cells", id="cells that are no list"),
        pytest.param('{"nbformat": 3, "worksheets": [{"cells": []}]}', "format 3", id="an old format"),
        pytest.param("[" * 200_000, "nested too deeply", id="deep nesting"),
        pytest.param('{"cells": [' + "9" * 5_000 + "]}", "not a notebook", id="a number of five thousand digits"),
        pytest.param(json.dumps({"cells": [code("x = 1\n" * 400_000)]}), "more than 2 MB", id="too much code"),
    ],
)
def test_what_is_no_notebook_is_said(text: str, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        summary_of(text.encode(), NoCache(), Form.NOTEBOOK)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        pytest.param(1, "not a cell: no object", id="a number"),
        pytest.param(None, "not a cell: no object", id="null"),
        pytest.param({"cell_type": "code"}, "a cell whose source is no text", id="no source"),
        pytest.param({"cell_type": "code", "source": {"a": 1}}, "a cell whose source is no text", id="an object"),
        pytest.param({"cell_type": "code", "source": ["x", 1]}, "a cell whose source is no text", id="a mixed list"),
        pytest.param(code("x = = 1"), "invalid syntax", id="no Python"),
    ],
)
def test_a_broken_cell_is_said_and_the_others_are_read(cell: object, reason: str) -> None:
    data = notebook(code("import langgraph\na = 1"), cell, code("b = 2")).encode()
    lowered = summary_of(data, NoCache(), Form.NOTEBOOK)
    assert len(lowered.body) == 3
    ((line, said),) = ((each.line, each.reason) for each in lowered.unread)
    assert (line, said) == (4, reason)


def test_every_broken_cell_is_said_with_its_place() -> None:
    found = unread(code("a = 1\nb = ("), code("c"), code("\n  d"), code('e = "SURROGATE"'), code("await f()"))
    assert [(each.line, each.column) for each in found] == [(2, 5), (7, 2), (9, 6)]


def test_a_cell_does_not_end_what_another_has_begun() -> None:
    assert unread(code("x = 1 \\"), code("y = 2")) == ()


def test_a_repository_tells_which_notebook(tmp_path: Path) -> None:
    (tmp_path / "good.ipynb").write_text(notebook(code("from crewai import Crew"), code("x = = 1")), encoding="utf-8")
    (tmp_path / "bad.ipynb").write_text('{"cells": ["from crewai import Crew\\n", ', encoding="utf-8")
    repository = Repository(discover(tmp_path, [tmp_path]), NoCache())
    names = ImportPrefilter([b"crewai"], leading=True)
    assert [path for path in repository.paths if repository.holds(path, names)] == ["bad.ipynb", "good.ipynb"]
    assert [repository.lowered(path) is None for path in repository.paths] == [True, False]
    assert (*repository.unread_in("bad.ipynb"), *repository.unread_in("good.ipynb")) == (
        Notice("not a notebook: Expecting value", Span("bad.ipynb", 1, 41, 1, 41)),
        Notice("invalid syntax", Span("good.ipynb", 3, 5, 3, 5)),
    )
    assert repository.written("bad.ipynb").cell(1) is None
    assert repository.written("good.ipynb").cell(3) is not None


def test_a_cell_without_source_is_where_it_begins_in_the_file() -> None:
    text = NotebookText('{"cells": [\n  {"cell_type": "code"},\n 7,\n  {"cell_type": "code", "source": []}]}')
    found = [text.in_file(Span("a", line, 1, line, 1)) for line in (1, 3, 5)]
    assert [(span.line, span.column) for span in found] == [(2, 3), (3, 2), (4, 35)]


def test_of_keys_that_come_twice_the_last_counts() -> None:
    text = NotebookText(
        '{"cells": [], "cells": [{"source": "a", "cell_type": "markdown", "cell_type": "code", "source": ["b = 1"]}]}'
    )
    assert text.module == "b = 1\n\n"
    place = text.in_file(Span("a", 1, 1, 1, 6))
    assert text.file[place.column - 1 : place.end_column - 1] == "b = 1"


SOURCES = st.lists(st.text(alphabet='ab="\\\t\n\r/é😀\x01{[', max_size=12), max_size=4)


@pytest.mark.slow
@given(st.lists(SOURCES, min_size=1, max_size=4), st.sampled_from([None, 0, 1]), st.booleans(), st.data())
def test_a_stretch_of_a_cell_is_found_in_the_file(
    sources: list[list[str]],
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001  # drawn
    data: st.DataObject,
) -> None:
    cells = [{"cell_type": "code", "source": pieces, "outputs": [{"source": ["x"]}]} for pieces in sources]
    file = json.dumps({"metadata": PYTHON, "cells": cells}, indent=indent, ensure_ascii=ascii_only)
    text = NotebookText(file)
    cell = data.draw(st.sampled_from(text.cells)).cell
    lines = cell.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    row = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[row])))
    end = data.draw(st.integers(start, len(lines[row])))
    line = cell.first + row
    found = text.in_file(Span("a", line, start + 1, line, end + 1))
    assert found.line == found.end_line or "\n" in file
    raw = _between(file, found)
    if end - start == 1 or (start < end and len(sources[cell.number - 1]) == 1):
        assert json.loads(f'"{raw}"', strict=False) == lines[row][start:end]


def _between(file: str, span: Span) -> str:
    starts = [0, *(place + 1 for place, sign in enumerate(file) if sign == "\n")]
    return file[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]


KEYS = st.sampled_from(["cells", "source", "cell_type", "metadata", "vscode", "languageId", "worksheets", "outputs"])
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["code", "x = 1\n", "(", "\ud800"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@pytest.mark.slow
@given(st.lists(VALUES, max_size=3), VALUES)
def test_any_json_is_read_or_refused(cells: list[object], metadata: object) -> None:
    file = json.dumps({"metadata": metadata, "cells": cells, "cells ": metadata})
    _read_everything(file)
    _read_everything(json.dumps(metadata))


@pytest.mark.slow
@given(st.integers(0, 700), st.sampled_from('"{[]},\\ x\n'))
def test_a_damaged_notebook_is_read_or_refused(place: int, sign: str) -> None:
    file = notebook(markdown("# A"), code("%ls\nx = 'é'\n"), code("y = [\n1]"))
    _read_everything(file[:place] + sign + file[place + 1 :])
    _read_everything(file[:place])


def _read_everything(file: str) -> None:
    try:
        text = NotebookText(file)
    except UnreadableSource:
        return
    lines = text.module.count("\n") + 1
    for line in range(1, lines + 1):
        found = text.in_file(Span("a", line, 1, line, 2))
        assert (found.line, found.column) <= (found.end_line, found.end_column)
    with suppress(UnreadableSource):
        summary_of(file.encode("utf-8", "surrogatepass"), NoCache(), Form.NOTEBOOK)
