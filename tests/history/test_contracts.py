"""What a change does to each consumer, judged through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from markdown_it import MarkdownIt

from tests.meta.refresh import ROOT
from tests.revisions.repositories import Repository
from wflint import cli
from wflint.analyses.contracts.supply import ARRIVALS
from wflint.analyses.data.gaps import GapKind

PATH = "desk.py"
BASE = """\
from typing import NotRequired, TypedDict

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Notes(BaseModel):
    facts: list[str]
    sources: list[str]


class Story(TypedDict):
    topic: str
    notes: Notes
    mood: NotRequired[str]
    text: str


def research(state: Story):
    return {"notes": Notes(facts=[state["topic"]], sources=[]), "mood": "calm"}


def check(state: Story):
    return {}


def draft(state: Story):
    return {"text": f"{state['notes'].facts} {state.get('mood')}"}


builder = StateGraph(Story)
builder.add_node("research", research)
builder.add_node("check", check)
builder.add_node("draft", draft)
builder.add_edge(START, "research")
builder.add_edge("research", "check")
builder.add_edge("check", "draft")
builder.add_edge("draft", END)
graph = builder.compile()


def main(topic):
    result = graph.invoke({"topic": topic})
    print(result["text"])
"""
NOTES = '"notes": Notes(facts=[state["topic"]], sources=[]), '


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository.make(tmp_path / "work")
    made.commit({PATH: BASE})
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return made


Diff = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def diff(repository: Repository, capsys: pytest.CaptureFixture[str]) -> Diff:
    """The verdicts on a change of the sources: verdict, field, message."""

    def run(*edits: tuple[str, str]) -> list[tuple[str, str, str]]:
        text = BASE
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        repository.write({PATH: text})
        cli.run(["diff", "HEAD", "--format", "json"])
        document = json.loads(capsys.readouterr().out)
        jsonschema.validate(document, json.loads((ROOT / "docs/schemas/diff-v1.json").read_text(encoding="utf-8")))
        return [(each["verdict"], each["field"], each["message"]) for each in document["changes"]]

    return run


def test_nothing_has_changed(diff: Diff) -> None:
    assert diff() == []


def test_moved_lines_change_nothing(diff: Diff) -> None:
    assert diff(("class Story", "# A comment.\n\n\nclass Story")) == []


def test_a_field_that_somebody_needs_and_nobody_offers_breaks_them(diff: Diff) -> None:
    (found, *others) = diff((NOTES, ""))
    assert others == [("safe", "topic", 'step "research" no longer needs "topic"')]
    assert found[:2] == ("breaking", "notes")
    assert found[2].startswith('step "draft" needs "notes", which no')
    assert found[2].endswith(', and "research" no longer offers it')


def test_a_renamed_field_names_the_new_one(diff: Diff) -> None:
    found = diff(('"notes": Notes(', '"findings": Notes('), ("    mood:", "    findings: Notes\n    mood:"))
    assert [each[:2] for each in found] == [("breaking", "notes"), ("safe", "findings")]
    assert found[0][2].endswith('"research" no longer offers it; it offers "findings" now')


def test_a_field_that_is_only_asked_for_is_a_risk(diff: Diff) -> None:
    (found,) = diff((', "mood": "calm"', ""))
    assert found[:2] == ("risky", "mood")
    assert 'step "draft" uses "mood"' in found[2]


def test_a_field_that_nobody_needs_may_go(diff: Diff) -> None:
    base = diff(('"mood": "calm"', '"mood": "calm", "extra": 1'), ("    mood:", "    extra: int\n    mood:"))
    assert base == [("safe", "extra", 'step "research" also offers "extra"')]


def test_a_field_that_is_only_set_on_some_paths_is_a_risk(diff: Diff) -> None:
    found = diff(
        (
            'builder.add_edge(START, "research")',
            'builder.add_conditional_edges(START, lambda state: state["topic"], {"a": "research", "b": "check"})',
        ),
    )
    assert [each[:2] for each in found] == [("risky", "notes"), ("safe", "topic")]
    assert "is no longer set on every path" in found[0][2]


def test_another_type_is_a_risk_and_a_missing_part_breaks(diff: Diff) -> None:
    renamed = diff(("    facts: list[str]", "    claims: list[str]"), ("Notes(facts=", "Notes(claims="))
    assert [each[:2] for each in renamed] == [("breaking", "notes")]
    assert renamed[0][2] == 'step "draft" uses "facts" of "notes", which now only has "claims" and "sources"'


def test_another_declared_type_is_a_risk(diff: Diff) -> None:
    found = diff(("    mood: NotRequired[str]", "    mood: NotRequired[list[str]]"), ('"calm"', '["calm"]'))
    assert [each[:2] for each in found] == [("risky", "mood")]
    assert found[0][2].startswith('step "draft" gets "mood" as ')


def test_another_spelling_of_a_type_is_no_change(diff: Diff, repository: Repository) -> None:
    spelt = ("    topic: str", "    topic: Optional[str]")
    assert [each[:2] for each in diff(spelt)] == [("risky", "topic")]
    for one, other in (("Dict[str, Any]", "dict"), ("Optional[str]", "str | None"), ("List[Any]", "list")):
        text = BASE.replace("    topic: str", f"    topic: {one}")
        repository.commit({PATH: text})
        assert diff(("    topic: str", f"    topic: {other}")) == []


def test_a_part_that_nobody_uses_may_go(diff: Diff) -> None:
    assert [each for each in diff(("    sources: list[str]\n", ""), (", sources=[]", "")) if each[0] != "safe"] == []


def test_a_new_read_of_nothing_breaks(diff: Diff) -> None:
    (found,) = diff(
        ("def check(state: Story):\n    return {}", 'def check(state: Story):\n    return {"text": state["tone"]}')
    )[:1]
    assert found[:2] == ("breaking", "tone")


def test_a_caller_is_a_consumer(diff: Diff) -> None:
    found = diff(('"text": f"', '"answer": f"'), ("    text: str\n", "    answer: str\n"))
    assert found[0][:2] == ("breaking", "text")
    assert found[0][2].startswith('the caller in desk.py needs "text", which nobody writes any more')


def test_a_step_that_is_renamed_breaks_nobody(diff: Diff) -> None:
    found = diff(('"research"', '"search"'))
    assert {verdict for verdict, _, _ in found} == {"safe"}


def test_a_workflow_that_moves_is_the_same(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.root / PATH).unlink()
    repository.write({"app/other.py": BASE.replace(NOTES, "")})
    assert cli.run(["diff", "HEAD", "-q"]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "app/other.py::builder"
    assert "the workflow is" not in out


def test_what_is_only_partly_known_is_not_called_broken(diff: Diff) -> None:
    found = diff((NOTES, ""), ('builder.add_edge("draft", END)', 'builder.add_edge("draft", input())'))
    assert found[0][:2] == ("risky", "notes")
    assert found[0][2].endswith("(the workflow is only partly known)")


BEGUN = """\
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Story(BaseModel):
    topic: str
    mood: {declared}
    text: str = ""


def research(state: Story):
    return {{"mood": "calm"}}


def draft(state: Story):
    return {{"text": f"{{state.topic}} {{state.mood.upper()}}"}}


builder = StateGraph(Story)
builder.add_node("research", research)
builder.add_node("draft", draft)
builder.add_edge(START, "research")
builder.add_edge("research", "draft")
builder.add_edge("draft", END)
graph = builder.compile()


def main(topic):
    print(graph.invoke({{"topic": topic}})["text"])
"""


@pytest.mark.parametrize("declared", ['str = ""', "str | None = None"])
def test_a_field_that_stays_as_it_began_breaks_who_needs_it(
    repository: Repository, capsys: pytest.CaptureFixture[str], declared: str
) -> None:
    text = BEGUN.format(declared=declared)
    repository.commit({PATH: text})
    repository.write({PATH: text.replace('{"mood": "calm"}', "{}")})
    assert cli.run(["diff", "HEAD", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["changes"]
    assert [(each["verdict"], each["field"]) for each in found if each["verdict"] != "safe"] == [("breaking", "mood")]


def test_every_gap_says_whether_the_field_arrives() -> None:
    assert set(ARRIVALS) == set(GapKind) - {GapKind.SERVED}


def test_workflows_come_and_go(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write({"second.py": BASE.replace("builder", "other").replace("graph = ", "second = ")})
    assert cli.run(["diff", "HEAD", "--fail-on", "risky"]) == 0
    assert "safe      second.py:" in capsys.readouterr().out
    repository.commit({})
    (repository.root / "second.py").unlink()
    assert cli.run(["diff", "HEAD", "--fail-on", "risky"]) == 1
    assert "risky     the workflow is gone" in capsys.readouterr().out


@pytest.mark.parametrize(("fail_on", "broken", "risky"), [("breaking", 1, 0), ("risky", 1, 1), ("never", 0, 0)])
def test_exit_codes(repository: Repository, fail_on: str, broken: int, risky: int) -> None:
    repository.write({PATH: BASE.replace(NOTES, "")})
    assert cli.run(["diff", "HEAD", "--fail-on", fail_on]) == broken
    repository.write({PATH: BASE.replace(', "mood": "calm"', "")})
    assert cli.run(["diff", "HEAD", "--fail-on", fail_on]) == risky


def test_two_revisions(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    second = repository.commit({PATH: BASE.replace(NOTES, "")})
    repository.write({PATH: "x = 1\n"})
    assert cli.run(["diff", "HEAD~1", second]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith(f"to {second}: 1 breaking, 0 risky, 1 safe.")


def test_only_a_part(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit({"app/desk.py": BASE})
    repository.write({PATH: BASE.replace(NOTES, "")})
    assert cli.run(["diff", "HEAD", "--path", "app"]) == 0
    assert (
        capsys.readouterr().out
        == "Contracts from HEAD ({}) to the working tree: 0 breaking, 0 risky, 0 safe.\n".format(
            repository.git("rev-parse", "HEAD")[:12]
        )
    )


def test_markdown_for_a_pull_request(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write({PATH: BASE.replace(NOTES, "").replace('"draft"', '"dr|aft <b>@x</b>"')})
    assert cli.run(["diff", "HEAD", "--format", "markdown"]) == 1
    text = capsys.readouterr().out
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    blocks = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert blocks == ["<details><summary>3 safe changes</summary>", "</details>"] or blocks[1:] == ["</details>"]
    assert {child.type for token in tokens for child in token.children or ()} <= {
        *("text", "text_special", "softbreak", "code_inline"),
    }
    assert "@x" not in text


@pytest.mark.parametrize("arguments", [("nowhere",), ("HEAD", "nowhere"), ("--", "-x")])
def test_a_revision_that_there_is_not(
    repository: Repository, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    del repository
    assert cli.run(["diff", *arguments]) == 2
    assert "git knows no revision" in capsys.readouterr().err
