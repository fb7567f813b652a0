"""The file of people's decisions: read strictly, written with what people wrote around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from wflint.analyses.labels.decisions import Decision, Decisions, EdgeName
from wflint.engine.decisions import HEADER, read, record
from wflint.errors import ConfigError
from wflint.model.finding import Coordination

FIRST = Decision(EdgeName("flow.py::flow", "a", "b"), Coordination.STATIC, "Ada", "stable for months", "00ff")
SECOND = Decision(EdgeName("flow.py::flow", "b", "c"), Coordination.DYNAMIC, "Bob", 'says "no"\n\x7f\\', "11ee")

BY_HAND = """\
# ours

[[decision]]  # the first
# about the workflow
workflow = "flow.py::flow"
target = "b"
source = "a"
decision = "dynamic" # for now
contracts = "0000"
# ask Bob

# the second
[[ decision ]]
workflow = "flow.py::flow"
source = "b"
target = "c"
decision = "static"
contracts = "1111"
by = "Bob"
# the end
"""


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert read(tmp_path / "none.toml") == Decisions()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "decisions.toml"
    record(path, [FIRST, SECOND])
    assert read(path) == Decisions((FIRST, SECOND))
    assert path.read_text(encoding="utf-8").startswith(HEADER)
    assert [found.name for found in path.parent.iterdir()] == ["decisions.toml"]


def test_a_new_word_replaces_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(BY_HAND, encoding="utf-8")
    record(path, [FIRST])
    assert path.read_text(encoding="utf-8") == BY_HAND.replace(
        'decision = "dynamic" # for now\ncontracts = "0000"\n',
        'decision = "static"\ncontracts = "00ff"\nby = "Ada"\nreason = "stable for months"\n',
    )
    assert [one.by for one in read(path).every] == ["Ada", "Bob"]


def test_writing_twice_is_writing_once(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    record(path, [FIRST, SECOND])
    once = path.read_bytes()
    record(path, [SECOND, FIRST])
    assert path.read_bytes() == once


def test_a_layout_that_cannot_be_kept_is_written_afresh(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    tricky = (
        '[[decision]]\nworkflow = "flow.py::flow"\nsource = "a"\ntarget = "b"\ndecision = "static"\n'
        'contracts = "1"\nreason = """\n[[decision]]\nsource = "x"\n"""\n'
    )
    path.write_text(tricky, encoding="utf-8")
    record(path, [FIRST])
    assert read(path) == Decisions((FIRST,))


def test_inline_tables_count_too(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(
        'decision = [{workflow = "flow.py::flow", source = "a", target = "b", decision = "static", contracts = "1"}]\n',
        encoding="utf-8",
    )
    record(path, [SECOND])
    assert [one.edge for one in read(path).every] == [FIRST.edge, SECOND.edge]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[[decision]\n", "is not TOML: ", id="no TOML"),
        pytest.param('[[decision]]\nworkflow = "w"\n', "key 'decision.1.source': Field required", id="a key missing"),
        pytest.param(
            BY_HAND.replace('"static"', '"maybe"'),
            "key 'decision.2.decision': Input should be 'static' or 'dynamic'",
            id="neither",
        ),
        pytest.param(BY_HAND + "when = 3\n", "key 'decision.2.when': Extra inputs are not permitted", id="unknown key"),
        pytest.param(
            BY_HAND + BY_HAND, "key 'decision.3': a second decision about flow.py::flow::a->b", id="decided twice"
        ),
        pytest.param("decision = " + "[" * 2_000, "is not TOML: it nests too deeply", id="brackets"),
        pytest.param(".".join("a" * 2_000) + " = 1\n", "nests too deeply", id="a dotted key"),
        pytest.param("[other]\n", "key 'other': Extra inputs are not permitted", id="unknown table"),
    ],
)
def test_a_broken_file_is_named_and_left_alone(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    for attempt in (lambda: read(path), lambda: record(path, [FIRST])):
        with pytest.raises(ConfigError) as caught:
            attempt()
        assert str(caught.value).startswith(f"{path}: {message}")
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot be read"):
        read(path)


def test_a_folder_that_cannot_hold_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be written"):
        record(tmp_path / "file" / "decisions.toml", [replace(FIRST, by="")])
