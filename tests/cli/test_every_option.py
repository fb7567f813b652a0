"""Every option of every command: those that commands share do for each of them what they say, and none is untested."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from tests.history.programs import DESK, MENDED
from tests.meta.refresh import ROOT
from tests.revisions.repositories import Repository
from tests.traces.programs import LIBRARY
from tests.traces.test_library import run
from tests.traces.writing import line, write
from wflint import cli

COMMANDS = {
    "baseline": ("baseline",),
    "calibrate": ("calibrate", "--labels", "labels.jsonl"),
    "check": ("check", "--output-format", "concise"),
    "diff": ("diff", "HEAD~1"),
    "explain": ("explain",),
    "graph": ("graph",),
    "plan": ("plan",),
    "report": ("report",),
    "summarize": ("summarize",),
    "trace": ("trace", "runs.jsonl", "--source", "."),
}
"""A call of each command that reads sources, in the repository below."""
LABEL = '{"workflow": "%s", "source": "%s", "target": "%s", "mismatch": {"n": 20, "k": 3}}\n'
LABELS = "".join(
    LABEL % edge
    for edge in (
        ("desk.py::builder", "research", "draft"),
        ("library.py::graph", "look_up", "answer"),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a call."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls in a repository with two programs and a file that cannot be read."""
    made = Repository.make(tmp_path / "repo")
    made.commit({"desk.py": DESK, "library.py": LIBRARY, "broken.py": "from langgraph.graph import (\n"})
    made.commit({"desk.py": MENDED, "library.py": LIBRARY.replace('{"shelf"', '{"shelves"')})
    (made.root / "labels.jsonl").write_text(LABELS, encoding="utf-8")
    write(made.root / "runs.jsonl", line(run("t1")))
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def called(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
        code = cli.run(arguments)
        return Said(code, *capsys.readouterr())

    return called


def takes(option: str) -> list[str]:
    """The commands that take an option and read sources."""
    return [name for name in COMMANDS if any(option in each.opts for each in parameters(name))]


def parameters(name: str) -> list[click.Parameter]:
    with click.Context(cli.wflint) as context:
        command = cli.wflint.get_command(context, name)
    assert command is not None
    return command.params


def written(said: Said) -> str:
    """What a call gave: on standard output, or in the file that it writes."""
    kept = Path("wflint.baseline.json")
    return f"{said.code} {said.out}" + (kept.read_text(encoding="utf-8") if kept.exists() else "")


@pytest.mark.parametrize("name", takes("--exclude"))
def test_what_is_excluded_is_not_read(call: Call, name: str) -> None:
    whole = call(*COMMANDS[name], "--no-cache")
    left = call(*COMMANDS[name], "--no-cache", "--exclude", "desk.py", "--exclude", "library.py")
    assert written(whole) != written(left)


@pytest.mark.parametrize("name", takes("--encoder"))
def test_an_encoder_that_there_is_not(call: Call, name: str) -> None:
    said = call(*COMMANDS[name], "--no-cache", "--encoder", "nobodys")
    assert (said.code, "nobodys" in said.err) == (2, True)


@pytest.mark.parametrize("name", takes("--cache-dir"))
def test_the_cache_is_where_it_should_be(call: Call, name: str) -> None:
    home = Path(os.environ["XDG_CACHE_HOME"])
    call(*COMMANDS[name], "--no-cache")
    assert not home.exists()
    call(*COMMANDS[name], "--cache-dir", "../kept")
    assert (home.exists(), any(Path("../kept").rglob("*.*"))) == (False, True)


@pytest.mark.parametrize("name", takes("--quiet"))
def test_quiet_says_nothing_beside_the_answer(call: Call, name: str) -> None:
    loud, quiet = call(*COMMANDS[name], "--no-cache"), call(*COMMANDS[name], "--no-cache", "--quiet")
    assert quiet.err == ""
    assert loud.err != "" or name in {"summarize", "trace"}, "those have something to say where there is more to do"
    assert loud.code == quiet.code


@pytest.mark.parametrize("name", takes("--verbose"))
def test_verbose_tells_what_was_read(call: Call, name: str) -> None:
    plain, verbose = call(*COMMANDS[name], "--no-cache"), call(*COMMANDS[name], "--no-cache", "--verbose")
    assert "files read" not in plain.err
    assert "3 files read" in verbose.err


@pytest.mark.parametrize("name", takes("--output-file"))
def test_the_answer_goes_to_a_file(call: Call, name: str) -> None:
    said = written(call(*COMMANDS[name], "--no-cache"))
    told = call(*COMMANDS[name], "--no-cache", "-o", "answer.txt")
    answer = Path("answer.txt").read_text(encoding="utf-8")
    if name == "baseline":  # it says what it has written
        assert said.endswith(answer)
    else:
        assert (f"{told.code} {answer}", told.out) == (said, "")


@pytest.mark.parametrize("name", takes("--stdin-filename"))
def test_what_is_typed_stands_for_a_file(call: Call, name: str) -> None:
    where = ("--path", "-") if any("--path" in each.opts for each in parameters(name)) else ("-",)
    Path("labels.jsonl").write_text(LABEL % ("typed.py::builder", "research", "draft"), encoding="utf-8")
    arguments = (*COMMANDS[name], *where, "--stdin-filename", "typed.py", "--no-cache")
    full, empty = (written(call(*arguments, typed=text)) for text in (DESK, "x = 1\n"))
    assert full != empty


def test_whose_findings_a_baseline_keeps(call: Call) -> None:
    sizes = []
    for persona in ("regular", "auditor"):
        call("baseline", "--persona", persona, "-q", "--no-cache")
        sizes.append(len(Path("wflint.baseline.json").read_text(encoding="utf-8")))
    assert sizes[0] < sizes[1]


def test_a_report_is_compared_with_an_earlier_one(call: Call) -> None:
    call("report", "--format", "json", "-o", "health.json", "--no-cache")
    Path("desk.py").write_text(DESK.replace('state["tone"]', "state['topic']"), encoding="utf-8")
    said = call("report", "--compare", "health.json", "--no-cache").out
    assert "1 introduced, 1 fixed, 2 still there" in said
    assert "fixed: step" in said
    Path("other.json").write_text("{}", encoding="utf-8")
    told = call("report", "--compare", "other.json", "--no-cache")
    assert (told.code, "no report in JSON that this wflint can read" in told.err) == (2, True)


def test_a_crash_is_told_at_length(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_given: object) -> str:
        raise RuntimeError("out of order")

    monkeypatch.setattr("wflint.matching.rows.answer", crash)
    brief, long = call("match", typed="{}\n"), call("match", "--verbose", typed="{}\n")
    assert (brief.code, long.code) == (3, 3)
    assert ("Traceback" in brief.err, "Traceback" in long.err) == (False, True)


def test_summaries_are_linked_by_several(call: Call) -> None:
    call("summarize", "-o", "one.wflint.json", "--traces", "runs.jsonl", "--no-cache")
    with_runs = Path("one.wflint.json").read_text(encoding="utf-8")
    call("summarize", "-o", "one.wflint.json", "--no-cache")
    assert with_runs != Path("one.wflint.json").read_text(encoding="utf-8")
    alone = call("link", "one.wflint.json", "--engine", "here")
    kept = call("link", "one.wflint.json", "--engine", "processes", "--jobs", "2", "--keep", "kept", "--quiet")
    assert (alone.code, kept.code, kept.out, kept.err) == (0, 0, alone.out, "")
    assert any(Path("kept").rglob("*"))


def test_spans_go_to_a_table(call: Call) -> None:
    pytest.importorskip("polars", reason="the extra parquet is not installed")
    call("trace", "runs.jsonl", "--parquet", "spans.parquet", "--no-cache")
    assert Path("spans.parquet").read_bytes()[:4] == b"PAR1"


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_no_option_is_untested(name: str) -> None:
    """An option is named in a test of its command, or is one of those above."""
    shared = {"exclude", "encoder", "no-cache", "cache-dir", "quiet", "verbose", "output-file", "stdin-filename"}
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")]
    about = [text for text in texts if re.search(rf'"{name}"|wflint {name}\b', text)]
    options = {option.removeprefix("--") for each in parameters(name) for option in each.opts if option[:2] == "--"}
    left = options - (shared if name in COMMANDS else set())
    assert [one for one in sorted(left) if not any(re.search(rf"--{one}(?![\w-])", text) for text in about)] == []


def test_a_share_is_a_number(call: Call) -> None:
    said = call(*COMMANDS["check"], "--min-coverage", "nan")
    assert (said.code, "'nan' is no number" in said.err) == (2, True)
