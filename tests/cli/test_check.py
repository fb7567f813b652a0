from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Wflint
from tests.samples import SOURCE
from wflint.config import Config, OutputFormat
from wflint.model.containment import Containment
from wflint.model.finding import Level, Persona
from wflint.request import CacheChoice, Request, Stdin
from wflint.source.cache import Cache
from wflint.survey import Recovered

CONCISE = (
    "app/my graph.py:5:1: WF301 [unreachable-step] warning: never reached\n"
    'app/my graph.py:7:1: WF501 [concurrent-write] warning: steps "research" and "draft" both write "notes"\n'
)
SUMMARY = "2 edges: 1 likely-static, 1 needs-dynamic\nFound 2 findings (2 warnings).\n"
NOTICES = "app/broken.py:2:3: notice: cannot be parsed: unexpected indent\n"

pytestmark = pytest.mark.usefixtures("repository")


def test_findings_one_a_line_where_there_is_no_terminal(wflint: Wflint) -> None:
    assert wflint("check") == Result(1, CONCISE + SUMMARY, NOTICES)


def test_quiet_prints_findings_and_nothing_else(wflint: Wflint) -> None:
    assert wflint("check", "--quiet") == Result(1, CONCISE, "")


def test_full_shows_code(wflint: Wflint) -> None:
    result = wflint("check", "--output-format", "full", "--select", "WF301", "-q")
    assert result == Result(
        1,
        """\
WF301 [unreachable-step] warning: never reached
  --> app/my graph.py:5:1
   |
 3 | builder = StateGraph(State)
 4 | builder.add_node("research", research)
 5 | builder.add_node("draft", draft)
   | ^^^^^^^^^^
   |
  ::: app/my graph.py:6:1
   |
 6 | builder.add_edge(START, "research")
   | ^^^^^^^^^^ start here
   |
  ::: app/my graph.py:7:1
   |
 7 | builder.add_edge("research", "draft")
   | ^^^^^^^^^^ then here
   |

""",
        "",
    )


def test_colours_are_added_on_request_only(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = wflint("check", "--color", "always").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == CONCISE + SUMMARY != painted
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert wflint("check").out == painted
    assert wflint("check", "--color", "never").out == CONCISE + SUMMARY
    monkeypatch.setenv("NO_COLOR", "1")
    assert wflint("check").out == CONCISE + SUMMARY


def test_json_has_labels_too(wflint: Wflint) -> None:
    result = wflint("check", "--output-format", "json", "--quiet")
    written = json.loads(result.out)
    assert [finding["code"] for finding in written["findings"]] == ["WF301", "WF501", "WF952", "WF951"]
    assert [notice["message"] for notice in written["notices"]] == ["cannot be parsed: unexpected indent"]


def test_sarif_bounds_labels(wflint: Wflint) -> None:
    def codes(*arguments: str) -> list[str]:
        log = json.loads(wflint("check", "--output-format", "sarif", *arguments).out)
        return [result["ruleId"] for result in log["runs"][0]["results"]]

    assert codes() == ["WF301", "WF501", "WF951", "WF952"]
    assert codes("--sarif-edges", "dynamic") == ["WF301", "WF501", "WF951"]
    assert codes("--sarif-edges", "none") == ["WF301", "WF501"]


def test_output_is_the_same_byte_for_byte(wflint: Wflint) -> None:
    for shape in OutputFormat:
        assert wflint("check", "--output-format", shape) == wflint("check", "--output-format", shape)


@pytest.mark.parametrize(
    ("shape", "beginning"),
    [
        ("github", "::warning file=app/my graph.py,line=5,endLine=5,title=WF301 unreachable-step,"),
        ("gitlab", '[\n  {\n    "type": "issue",'),
        ("jsonl", '{"kind":"finding","finding":{"code":"WF301"'),
        ("junit", '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="wflint" tests="2" failures="2"'),
        ("markdown", "## wflint\n\n2 edges"),
        ("rdjson", '{\n  "source": {\n    "name": "wflint"'),
    ],
)
def test_formats_of_other_tools(wflint: Wflint, shape: str, beginning: str) -> None:
    result = wflint("check", "--output-format", shape)
    assert (result.code, result.out[: len(beginning)], result.err) == (1, beginning, NOTICES)


def test_output_goes_to_a_file(wflint: Wflint, repository: Path) -> None:
    assert wflint("check", "-q", "--output-file", "found.txt") == Result(1, "", "")
    assert (repository / "found.txt").read_bytes() == CONCISE.encode()


def test_one_run_writes_several_reports(wflint: Wflint, repository: Path) -> None:
    reports = ("--also", "json:found.json", "--also", "markdown:a:b.md", "--color", "always")
    assert wflint("check", "-q", *reports).out == wflint("check", "-q", "--color", "always").out
    alone = wflint("check", "--output-format", "json").out
    assert (repository / "found.json").read_text(encoding="utf-8") == alone
    assert (repository / "a:b.md").read_text(encoding="utf-8").startswith("## wflint\n")


@pytest.mark.parametrize(
    ("report", "said"),
    [("json", "'json' is not of the form FORMAT:FILE"), ("jsom:x", "'jsom' is not one of"), ("json:", "FORMAT:FILE")],
)
def test_a_report_that_cannot_be_written_is_told_before_the_run(wflint: Wflint, report: str, said: str) -> None:
    result = wflint("check", "--also", report)
    assert (result.code, result.out, said in result.err) == (2, "", True)


def test_statistics(wflint: Wflint) -> None:
    assert wflint("check", "-q", "--statistics").out == (
        "1  WF301  warning  unreachable-step\n"
        "1  WF501  warning  concurrent-write\n"
        "\n"
        "1  WF951  note     needs-dynamic\n"
        "1  WF952  note     likely-static\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param((), 1, id="warnings fail"),
        pytest.param(("--fail-on", "error"), 0, id="not where errors are asked for"),
        pytest.param(("--fail-on", "note"), 1, id="notes and worse"),
        pytest.param(("--exit-zero",), 0, id="never"),
        pytest.param(("--select", "WF95"), 0, id="labels are notes"),
        pytest.param(("--select", "WF95", "--fail-on", "note"), 1, id="unless notes fail"),
        pytest.param(("--select", "WF502"), 0, id="nothing found"),
    ],
)
def test_exit_codes(wflint: Wflint, arguments: tuple[str, ...], code: int) -> None:
    assert wflint("check", *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("--select", "WF301,concurrent-write"), ["WF301", "WF501"]),
        (("--select", "WF301", "--select", "WF501"), ["WF301", "WF501"]),
        (("--select", "WF301", "--extend-select", "WF5"), ["WF301", "WF501"]),
        (("--ignore", "WF5"), ["WF301"]),
        (("--per-file-ignores", "app/*.py:WF301"), ["WF501"]),
        (("--per-file-ignores", "app/*.py:WF301,WF501", "--per-file-ignores", "tests/*:WF5"), []),
    ],
)
def test_selection(wflint: Wflint, arguments: tuple[str, ...], codes: list[str]) -> None:
    out = wflint("check", "-q", *arguments).out
    assert re.findall(r"WF\d+", out) == codes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ("--select", "WF302"), "wflint: error: unknown rule 'WF302'; did you mean 'WF301'?\n", id="unknown code"
        ),
        pytest.param(("nowhere.py",), "nowhere.py: no such file or folder\n", id="unknown path"),
        pytest.param(("ap",), "ap: no such file or folder; did you mean 'app'?\n", id="misspelt path"),
        pytest.param(("--stdin-filename", "x.py"), "give `-` as the path\n", id="a name for no input"),
        pytest.param(("--select", ""), "--select: no rule is named; leave the option out\n", id="no rule"),
        pytest.param(("--ignore", "WF301", "--ignore", " ,"), "--ignore: no rule is named", id="blanks are no rule"),
        pytest.param(("--exclude", ""), "'--exclude': it is empty; leave the option out\n", id="nothing to exclude"),
        pytest.param(("--encoder", " "), "'--encoder': it is empty; leave the option out\n", id="no encoder"),
        pytest.param(("--new-since", ""), "'--new-since': it is empty; leave the option out\n", id="no revision"),
        pytest.param(
            ("--also", "json:x", "--also", "sarif:./app/../x"),
            "'app/../x' is written twice",
            id="two reports, one file",
        ),
        pytest.param(("-o", "x", "--also", "json:x"), "'x' is written twice", id="a report over the output"),
        pytest.param(("--fail-on", "warn"), "did you mean 'warning'?\n", id="misspelt level"),
        pytest.param(("--also", "srif:x"), "Invalid value for --also: 'srif' is not one of", id="misspelt format"),
        pytest.param(("-",), "wflint: error: `-` goes alone and with --stdin-filename FILE\n", id="nameless input"),
        pytest.param(("--per-file-ignores", "x"), "'x' is not of the form PATTERN:CODE\n", id="half a pair"),
        pytest.param(("--persona", "loud"), "is not one of 'regular', 'pedantic', 'auditor'.\n", id="unknown persona"),
        pytest.param(("--selekt", "x"), "No such option", id="unknown option"),
    ],
)
def test_usage_errors(wflint: Wflint, arguments: tuple[str, ...], message: str) -> None:
    result = wflint("check", *arguments)
    assert (result.code, result.out) == (2, "")
    assert message.rstrip("\n") in result.err


def test_a_wrong_key_in_the_configuration(wflint: Wflint, repository: Path) -> None:
    path = repository / "pyproject.toml"
    path.write_text("[tool.wflint]\nfail_on = 'note'\n", encoding="utf-8")
    result = wflint("check")
    assert result == Result(2, "", f"wflint: error: {path}: unknown key 'fail_on'; the nearest one is 'fail-on'\n")


def test_a_wrong_code_in_the_configuration_names_the_file(wflint: Wflint, repository: Path) -> None:
    path = repository / "wflint.toml"
    path.write_text("ignore = ['WF3O1']\n", encoding="utf-8")
    result = wflint("check", "--ignore", "WF501")
    assert result == Result(2, "", f"wflint: error: {path}: unknown rule 'WF3O1'; did you mean 'WF301'?\n")


def test_the_command_line_overrules_the_file(wflint: Wflint, repository: Path) -> None:
    (repository / "wflint.toml").write_text("fail-on = 'error'\nignore = ['WF301']\n", encoding="utf-8")
    assert wflint("check", "-q") == Result(0, CONCISE.splitlines(keepends=True)[1], "")
    assert wflint("check", "-q", "--fail-on", "warning").code == 1
    assert wflint("check", "-q", "--select", "WF301").out == CONCISE.splitlines(keepends=True)[0]


def test_findings_are_about_the_named_paths(wflint: Wflint, repository: Path) -> None:
    (repository / "other").mkdir()
    assert wflint("check", "other") == Result(0, "No findings in 0 workflows (0 steps, 0 edges, 4 rules).\n", "")
    assert wflint("check", "-q", "app/my graph.py") == Result(1, CONCISE, "")


def test_paths_are_shown_from_the_working_folder(
    wflint: Wflint, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(repository / "app")
    assert wflint("check", "-q").out.startswith("my graph.py:5:1: ")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert wflint("check", "-q", str(repository)).out.startswith(f"{repository}/app/my graph.py:5:1: ")


def test_show_files_and_settings(wflint: Wflint, repository: Path) -> None:
    (repository / "wflint.toml").write_text("ignore = ['WF301']\n", encoding="utf-8")
    assert wflint("check", "--show-files") == Result(0, "app/my graph.py\napp/broken.py\n", "")
    assert (
        wflint("check", "--show-settings", "--persona", "auditor", "--per-file-ignores", "a:WF5").out
        == f"""\
# {repository}/wflint.toml
extend-select = []
ignore = ["WF301"]
exclude = []
persona = "auditor"
fail-on = "warning"
plugins = []

[per-file-ignores]
"a" = ["WF5"]

[severity]

[approval-gates]

[versions]
"""
    )


def test_the_request_holds_what_was_asked(wflint: Wflint, repository: Path, recovered: list[Request]) -> None:
    wflint(
        "check", "app", "--exclude", "x", "--fail-on", "note", "--persona", "pedantic", "--cache-dir", "c", "--no-cache"
    )
    (request,) = recovered
    assert request == Request(
        root=repository,
        paths=(repository / "app",),
        overrides=Config(exclude=("x",), fail_on=Level.NOTE, persona=Persona.PEDANTIC),
        cache=CacheChoice(Path("c"), is_off=True),
    )


def test_standard_input(
    wflint: Wflint, repository: Path, recovered: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SOURCE.encode())))
    assert wflint("check", "-", "--stdin-filename", "app/my graph.py", "-q") == Result(1, CONCISE, "")
    path = repository / "app/my graph.py"
    assert recovered == [Request(repository, (path,), stdin=Stdin(path, SOURCE.encode()))]


def test_verbose_says_where_things_come_from(wflint: Wflint, repository: Path) -> None:
    assert wflint("check", "--verbose").err == (
        f"wflint: root {repository}\n"
        "wflint: configuration (none)\n"
        "wflint: 2 files read, 0 findings ignored inline\n" + NOTICES
    )


def test_a_crash_is_one_line_and_exit_code_3(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    def recover(_request: Request, _contained: Containment, _cache: Cache) -> Recovered:
        raise KeyError("draft")

    monkeypatch.setattr("wflint.survey.recover", recover)
    result = wflint("check")
    assert result == Result(
        3,
        "",
        "wflint: internal error: KeyError: 'draft'; please report it at https://github.com/wflint/wflint/issues "
        "with the traceback that --verbose shows\n",
    )
    told = wflint("check", "--verbose").err
    assert told.startswith("Traceback (most recent call last):\n")
    assert told.endswith("please report it at https://github.com/wflint/wflint/issues\n")
