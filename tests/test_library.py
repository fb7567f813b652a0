"""wflint for other programs: the function, packages of rules, and pytest."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
import tomllib
from pathlib import Path

import pytest

import wflint
from tests.history.programs import DESK, MENDED
from tests.installing import install, run
from tests.meta.refresh import ROOT
from tests.waiting import PATIENCE
from wflint.writers.check_json import schema

EXAMPLE = ROOT / "examples/house-rules"

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a workflow in it."""
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo/desk.py").write_text(DESK, encoding="utf-8")
    return tmp_path / "repo"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which pip has installed the example."""
    return install(EXAMPLE, tmp_path_factory.mktemp("installed"))


def test_an_audit_from_python(folder: Path) -> None:
    report = wflint.audit(folder, cache=False)
    assert [(each.code, each.span.line) for each in report.at_least("warning")] == [
        ("WF102", 13),
        ("WF101", 17),
        ("WF301", 27),
    ]
    assert [each.code for each in report.at_least(wflint.Level.ERROR)] == ["WF101"]
    with pytest.raises(wflint.UsageError, match="there is no level 'fatal'; there is 'error', 'note', 'warning'"):
        report.at_least("fatal")
    (workflow,) = report.workflows
    assert (report.root, workflow.id, report.coverage.percent) == (folder, "desk.py::builder", 100)
    assert {(edge.source, edge.target) for edge in report.labels(workflow)} == {
        ("__start__", "research"),
        ("research", "draft"),
        ("draft", "__end__"),
    }
    assert set(json.loads(report.to_json())) == set(json.loads(schema())["required"]) | {"version"}


def test_settings_go_before_the_configuration(folder: Path) -> None:
    (folder / "wflint.toml").write_text('select = ["WF101"]\n', encoding="utf-8")
    assert {each.code for each in wflint.audit(folder, cache=False).findings} == {"WF101"}
    assert {each.code for each in wflint.audit(folder, select=["WF3"], cache=False).findings} == {"WF301"}
    louder = wflint.audit(folder, persona="auditor", cache=False)
    assert len(louder.findings) > len(wflint.audit(folder, cache=False).findings)


def test_errors_are_wflint_s(folder: Path) -> None:
    with pytest.raises(wflint.UsageError, match="no such file or folder"):
        wflint.audit(folder / "nowhere")
    with pytest.raises(wflint.ConfigError, match="did you mean 'WF301'"):
        wflint.audit(folder, select=["WF3O1"])
    with pytest.raises(wflint.UsageError, match="unknown setting 'selct'; the nearest one is 'select'"):
        wflint.audit(folder, selct=["WF3"])  # type: ignore[call-arg]
    with pytest.raises(wflint.UsageError, match="persona"):
        wflint.audit(folder, persona="loud")
    assert issubclass(wflint.UsageError, wflint.WflintError)


def test_the_function_is_there_whatever_was_imported_before(folder: Path) -> None:
    program = textwrap.dedent("""
        import wflint
        first = wflint.audit(".", cache=False)
        import wflint.audit
        second = wflint.audit(".", cache=False)
        from wflint.request import Request
        from wflint import audit
        third = audit(".", cache=False)
        assert first.findings == second.findings == third.findings
        assert Request is wflint.audit.Request
    """)
    done = run(folder, "-c", program)
    assert (done.returncode, done.stderr) == (0, "")


def test_everything_that_is_offered_is_there() -> None:
    assert {name for name in wflint.__all__ if getattr(wflint, name, None) is None} == set()
    assert sorted(wflint.__all__) == wflint.__all__
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = wflint.nothing


def test_the_page_s_program_runs() -> None:
    text = (ROOT / "docs/library.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    done = run(ROOT, "-c", program)
    assert done.returncode == 0, done.stderr
    assert "WF401 router" in done.stdout
    assert "likely-static" in done.stdout


LONG = MENDED.replace('"research"', '"research_all_of_it"')


def check(folder: Path, *arguments: str, site: Path | None) -> tuple[int, list[str], str]:
    done = run(folder, "-m", "wflint", "check", "--no-cache", "-q", *arguments, site=site)
    return done.returncode, [line.split()[1] for line in done.stdout.splitlines()], done.stderr


def test_rules_of_another_package_run_where_they_are_named(folder: Path, installed: Path) -> None:
    (folder / "desk.py").write_text(LONG, encoding="utf-8")
    assert check(folder, site=installed)[1] == ["WF101", "WF301"], "they are off unless they are named"
    (folder / "wflint.toml").write_text('plugins = ["house-rules"]\n', encoding="utf-8")
    assert check(folder, site=installed)[1] == ["WF101", "HOUSE001", "WF301"]
    assert check(folder, "--select", "HOUSE", site=installed)[1] == ["HOUSE001"]
    assert check(folder, "--ignore", "long-step-name", site=installed)[1] == ["WF101", "WF301"]
    lines = LONG.replace('builder.add_node("research', '# wflint: ignore[HOUSE001]\nbuilder.add_node("research')
    (folder / "desk.py").write_text(lines, encoding="utf-8")
    assert check(folder, site=installed)[1] == ["WF101", "WF301"]


def test_every_format_takes_other_people_s_rules(folder: Path, installed: Path) -> None:
    (folder / "desk.py").write_text(LONG, encoding="utf-8")
    (folder / "wflint.toml").write_text('plugins = ["house-rules"]\n', encoding="utf-8")
    for shape in ("sarif", "github", "gitlab", "junit", "rdjson", "jsonl", "markdown", "json", "full"):
        done = run(folder, "-m", "wflint", "check", "--no-cache", "--output-format", shape, site=installed)
        assert "HOUSE001" in done.stdout, done.stderr


def test_their_pages_are_pages(folder: Path, installed: Path) -> None:
    def said(*arguments: str) -> str:
        done = run(folder, "-m", "wflint", "rule", *arguments, site=installed)
        return done.stdout or done.stderr

    completing = {"_WFLINT_COMPLETE": "bash_complete", "COMP_WORDS": "wflint rule HO", "COMP_CWORD": "2"}
    assert "unknown rule 'HOUSE001'" in said("HOUSE001")
    assert run(folder, "-m", "wflint", site=installed, more=completing).stdout == "\n"
    (folder / "wflint.toml").write_text('plugins = ["house-rules"]\n', encoding="utf-8")
    assert said("HOUSE001").startswith("# long-step-name (HOUSE001)\n\nThe name of a step is longer")
    assert said("long-step-name") == said("HOUSE001")
    assert "did you mean 'long-step-name'?" in said("long-stp-name")
    assert said("--all").startswith("HOUSE001  warning  long-step-name: ")
    assert run(folder, "-m", "wflint", site=installed, more=completing).stdout == "plain,HOUSE001\n"
    (folder / "wflint.toml").write_text("plugin = 1\n", encoding="utf-8")
    assert "unknown key 'plugin'" in said("HOUSE001")
    wrong = run(folder, "-m", "wflint", site=installed, more={**completing, "COMP_WORDS": "wflint rule WF101"})
    assert (wrong.stdout, wrong.stderr) == ("plain,WF101\n", "")


@pytest.mark.parametrize(
    ("plugin", "said"),
    [
        ("house-rulse", "no package brings 'house-rulse'; did you mean 'house-rules'?"),
        ("zzz", "no package brings 'zzz'; installed are: house-rules"),
    ],
)
def test_a_package_that_is_not_there(folder: Path, installed: Path, plugin: str, said: str) -> None:
    (folder / "wflint.toml").write_text(f'plugins = ["{plugin}"]\n', encoding="utf-8")
    code, _, err = check(folder, site=installed)
    assert (code, said in err, "wflint.toml" in err) == (2, True, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("raise RuntimeError('x')", "cannot be loaded: RuntimeError: x"),
        ("PLUGIN = 3", "is a int, not a RulePlugin"),
        ("from wflint import RulePlugin, Rule\nPLUGIN = RulePlugin((), (Rule('a-b', print),))", "no check for a-b"),
    ],
)
def test_a_package_that_is_broken(folder: Path, tmp_path: Path, text: str, said: str) -> None:
    site = tmp_path / "site"
    (site / "broken-1.dist-info").mkdir(parents=True)
    (site / "broken-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n", "utf-8")
    (site / "broken-1.dist-info/entry_points.txt").write_text("[wflint.rules]\nbroken = broken:PLUGIN\n", "utf-8")
    (site / "broken.py").write_text(text, encoding="utf-8")
    (folder / "wflint.toml").write_text('plugins = ["broken"]\n', encoding="utf-8")
    code, _, err = check(folder, site=site)
    assert (code, said in err) == (2, True), err


def test_a_rule_that_fails_is_contained(folder: Path, installed: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run(["cp", "-r", str(installed), str(site)], check=True, timeout=PATIENCE)  # noqa: S603, S607
    module = site / "house_rules/__init__.py"
    text = module.read_text(encoding="utf-8").replace("for step in", "raise ValueError(3)\n    for step in")
    module.write_text(text, encoding="utf-8")
    (folder / "wflint.toml").write_text('plugins = ["house-rules"]\n', encoding="utf-8")
    done = run(folder, "-m", "wflint", "check", "--no-cache", site=site)
    assert done.returncode == 1
    assert "internal error in rule long-step-name" in done.stderr
    assert "WF101" in done.stdout


PLUGIN = ("-m", "pytest", "-p", "wflint.pytest_plugin", "-p", "no:cacheprovider", "-q", "-rf")


def test_pytest_has_a_test_for_each_workflow(folder: Path) -> None:
    (folder / "test_other.py").write_text("def test_other():\n    pass\n", encoding="utf-8")
    (folder / "fine.py").write_text(
        "from langgraph.graph import END, START, StateGraph\n"
        "fine = StateGraph(dict)\n"
        'fine.add_node("look", lambda state: {"found": 1})\n'
        'fine.add_edge(START, "look")\n'
        'fine.add_edge("look", END)\n',
        encoding="utf-8",
    )
    done = run(folder, *PLUGIN, "--wflint")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 2 passed" in done.stdout
    assert 'desk.py:17:38: WF101 [read-never-written] error: step "draft" reads "tone"' in done.stdout
    assert "FAILED desk.py::wflint::builder" in done.stdout
    without = run(folder, *PLUGIN)
    assert "1 passed" in without.stdout


def test_pytest_takes_a_path_and_a_level(folder: Path) -> None:
    (folder / "test_other.py").write_text("def test_other():\n    pass\n", encoding="utf-8")
    (folder / "desk.py").write_text(MENDED.replace(' + state["tone"]', ""), encoding="utf-8")
    assert "1 failed, 1 passed" in run(folder, *PLUGIN, "--wflint").stdout
    assert "2 passed" in run(folder, *PLUGIN, "--wflint", "--wflint-level", "error").stdout
    assert "1 passed" in run(folder, *PLUGIN, "--wflint", "--wflint-path", "test_other.py").stdout
    nowhere = run(folder, *PLUGIN, "--wflint", "--wflint-path", "nowhere")
    assert (nowhere.returncode, "no such file or folder" in nowhere.stderr) == (4, True)


def test_the_plugin_is_an_entry_point_and_imports_nothing_heavy() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert table == {"pytest11": {"wflint": "wflint.pytest_plugin"}}
    program = "import sys, wflint.pytest_plugin; print({'libcst', 'numpy', 'pydantic', 'msgspec'} & set(sys.modules))"
    assert run(ROOT, "-c", program).stdout == "set()\n"
