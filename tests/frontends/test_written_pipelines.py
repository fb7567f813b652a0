"""Haystack pipelines that are written down: in documents, in texts, in dicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import Audit, audit
from wflint.model.finding import Level
from wflint.model.workflow import EdgeKind, StepKind, Workflow
from wflint.request import CacheChoice, Request

PIPELINE = """\
components:
  prompt:
    init_parameters:
      template: "Name the birds in {{ place }}."
      required_variables: "*"
    type: haystack.components.builders.prompt_builder.PromptBuilder
  llm:
    init_parameters: {model: gpt-4o-mini}
    type: haystack.components.generators.openai.OpenAIGenerator
connections:
  - sender: prompt.prompt
    receiver: llm.prompt
"""
GRAPH = {("prompt", "llm", EdgeKind.DIRECT)}


def done(folder: Path, **files: str) -> Audit:
    """An audit of some files, whose names have two underscores for a slash and one for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))


def only(made: Audit) -> Workflow:
    (found,) = made.survey.program.workflows
    return found


def ways(workflow: Workflow) -> set[tuple[str, str, EdgeKind]]:
    return {(edge.source, edge.target, edge.kind) for edge in workflow.edges}


def loud(made: Audit) -> list[tuple[str, int, str]]:
    """What is found beyond notes: file, line, rule; notices too."""
    notices = [(notice.span.path, notice.span.line, "notice") for notice in made.survey.program.notices]
    findings = [finding for finding in made.findings if finding.level is not Level.NOTE]
    return sorted(notices + [(finding.span.path, finding.span.line, finding.code) for finding in findings])


def test_a_document_that_no_code_loads_is_a_workflow(tmp_path: Path) -> None:
    made = done(tmp_path, birds_yml=PIPELINE)
    workflow = only(made)
    assert (workflow.name, workflow.span.path, workflow.externally_callable) == ("birds", "birds.yml", True)
    assert ways(workflow) == GRAPH
    assert [(step.id, step.kind, step.span.line) for step in workflow.steps] == [
        ("prompt", StepKind.FUNCTION, 3),
        ("llm", StepKind.AGENT, 8),
    ]
    assert [edge.span.line for edge in workflow.edges] == [11]
    assert loud(made) == []


@pytest.mark.parametrize(
    "loading",
    [
        "Pipeline.loads((Path(__file__).parent / 'birds.yml').read_text())",
        "Pipeline.load(open('birds.yml'))",
        "Pipeline.load(fp=open('birds.yml'))",
        "Pipeline.loads(open('birds.yml').read())",
        "Pipeline.from_dict(yaml.safe_load(open('birds.yml')))",
        "AsyncPipeline.loads(Path('birds.yml').read_text())",
    ],
)
def test_code_that_loads_a_document_runs_what_is_in_it(tmp_path: Path, loading: str) -> None:
    code = f"""\
from pathlib import Path
import yaml
from haystack import AsyncPipeline, Pipeline

def ask(place):
    flow = {loading}
    return flow.run({{"prompt": {{"place": place}}}})
"""
    made = done(tmp_path, birds_yml=PIPELINE, main_py=code)
    workflow = only(made)
    assert (workflow.name, workflow.span.path, ways(workflow)) == ("birds", "birds.yml", GRAPH)
    assert [(span.path, span.line) for span in workflow.constructed_at] == [("main.py", 6)]
    assert made.survey.program.unresolved == ()
    assert [(run.span.path, run.span.line, run.keys) for run in workflow.invocations] == [("main.py", 7, ("place",))]
    assert not workflow.externally_callable


def test_a_text_in_the_code_is_a_pipeline_at_the_call(tmp_path: Path) -> None:
    code = f'from haystack import Pipeline\n\nflow = Pipeline.loads("""\n{PIPELINE}""")\n'
    workflow = only(done(tmp_path, main_py=code))
    assert (workflow.name, workflow.span.line, ways(workflow)) == ("flow", 3, GRAPH)


def test_code_adds_to_what_it_has_loaded(tmp_path: Path) -> None:
    code = """\
from haystack import Pipeline
from haystack.components.builders import AnswerBuilder

with open("birds.yml") as file:
    flow = Pipeline.load(file)
flow.add_component("answers", AnswerBuilder())
flow.connect("llm.replies", "answers.replies")
"""
    workflow = only(done(tmp_path, birds_yml=PIPELINE, main_py=code))
    assert ways(workflow) == {*GRAPH, ("llm", "answers", EdgeKind.DIRECT)}


def test_components_of_the_source_have_the_sockets_of_their_code(tmp_path: Path) -> None:
    parts = """\
from haystack import component

@component
class Counter:
    def __init__(self, most: int = 3):
        component.set_output_types(self, count=int)

    def run(self, replies: list[str]):
        return {"count": len(replies)}
"""
    pipeline = (
        PIPELINE.replace("connections:\n", "  counter:\n    type: app.parts.Counter\nconnections:\n")
        + "  - {sender: llm.replies, receiver: counter.replys}\n"
    )
    made = done(tmp_path, birds_yml=pipeline, app__parts_py=parts)
    counter = only(made).step("counter")
    assert counter is not None
    assert [offer.name for offer in counter.offers] == ["count"]
    assert counter.definition is not None
    assert counter.definition.path == "app/parts.py"
    assert loud(made) == [("birds.yml", 15, "WF304")]


def test_messages_types_and_pipelines_within(tmp_path: Path) -> None:
    pipeline = """\
components:
  prompt:
    init_parameters:
      template:
        - {role: system, content: [{text: "You know {{ region }}."}]}
        - {_role: user, _content: [{text: "Name the birds in {{ place }}."}]}
    type: haystack.components.builders.chat_prompt_builder.ChatPromptBuilder
  joiner:
    init_parameters: {type_: "typing.List[haystack.dataclasses.chat_message.ChatMessage]"}
    type: haystack.components.joiners.branch.BranchJoiner
  inner:
    init_parameters:
      pipeline:
        components:
          only: {type: haystack.components.builders.answer_builder.AnswerBuilder, init_parameters: {}}
        connections: []
    type: haystack.core.super_component.super_component.SuperComponent
connections:
  - {sender: prompt.prompt, receiver: joiner.value}
  - {sender: joiner.value, receiver: inner.messages}
"""
    outer, inner = done(tmp_path, birds_yml=pipeline).survey.program.workflows
    prompt, joiner = outer.step("prompt"), outer.step("joiner")
    assert prompt is not None
    assert [need.name for need in prompt.needs] == ["region", "place"]
    assert joiner is not None
    assert [offer.type for offer in joiner.offers] == ["List[ChatMessage]"]
    assert [(step.id, step.workflow) for step in outer.steps if step.workflow] == [("inner", inner.id)]


@pytest.mark.parametrize(
    ("pipeline", "expected"),
    [
        pytest.param(PIPELINE + "  - {sender: llm.replies", [("birds.yml", 13, "notice")], id="a bracket is open"),
        pytest.param(
            PIPELINE.replace("receiver: llm.", "receiver: lm."), [("birds.yml", 11, "WF303")], id="no such component"
        ),
        pytest.param(
            PIPELINE.replace("prompt.prompt", "prompt.text"), [("birds.yml", 11, "WF304")], id="no such socket"
        ),
        pytest.param(
            PIPELINE.replace("  llm:", "  prompt:"),
            [("birds.yml", 7, "notice"), ("birds.yml", 11, "WF303"), ("birds.yml", 11, "WF304")],
            id="twice",
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_is_written(
    tmp_path: Path, pipeline: str, expected: list[tuple[str, int, str]]
) -> None:
    assert loud(done(tmp_path, birds_yml=pipeline)) == expected


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            "components:\n  schemas: {Bird: {type: object}}\nconnections:\n  - {from: a, to: b}\n", id="others"
        ),
        pytest.param("components:\n  - a\nconnections:\n  - b\n", id="lists"),
        pytest.param("components:\n  a: {type: resistor}\nconnections: []\n", id="parts of a circuit"),
        pytest.param("components:\nconnections:\n", id="nothing in it"),
        pytest.param("components: {}\n", id="half of it"),
    ],
)
def test_other_documents_are_left_alone(tmp_path: Path, document: str) -> None:
    made = done(tmp_path, a_yaml=document)
    assert made.survey.program.workflows == ()
    assert loud(made) == []


def test_what_callers_may_leave_out_is_no_gap(tmp_path: Path) -> None:
    code = """\
from haystack import Pipeline

class Wrapper:
    def setup(self):
        self.flow = Pipeline.load(open("birds.yml"))

    def run_api(self, place: str | None = None):
        given = {}
        if place:
            given["prompt"] = {"place": place}
        return self.flow.run(given)
"""
    assert loud(done(tmp_path, birds_yml=PIPELINE, main_py=code)) == []
    told = code.replace("place: str | None = None", "limit: int = 5").replace("if place:", "if limit > 9:")
    assert ("birds.yml", 3, "WF304") in loud(done(tmp_path, birds_yml=PIPELINE, main_py=told))


def test_a_cached_run_is_made_again_when_a_document_changes(tmp_path: Path) -> None:
    document, cache = tmp_path / "flows" / "birds.yml", CacheChoice(tmp_path / "cache")
    document.parent.mkdir()
    seen = []
    for text in (PIPELINE, PIPELINE, PIPELINE.replace("llm", "model"), "components: {}\n", PIPELINE):
        document.write_text(text, encoding="utf-8")
        made = audit(Request(document.parent, (document.parent,), cache=cache))
        seen.append([step.id for workflow in made.survey.program.workflows for step in workflow.steps])
    assert seen == [["prompt", "llm"], ["prompt", "llm"], ["prompt", "model"], [], ["prompt", "llm"]]


def test_a_document_that_no_framework_runs_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "big.yml").write_bytes(b"components:\nconnections:\n" + b"#" * 3_000_000)
    (tmp_path / "odd.yml").write_bytes(b"name: \xff\xfe\n")
    assert loud(done(tmp_path)) == []
