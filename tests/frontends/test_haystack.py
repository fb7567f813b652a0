from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, audited, recovered
from tests.frontends.sources import workflows
from wflint.model.finding import Level
from wflint.model.workflow import Aspect, Exchange, FaultKind, FieldMapping, Step, StepKind, Workflow

HEAD = """
from haystack import Pipeline, component

@component
class Source:
    @component.output_types(text=str, extra=str)
    def run(self, query: str, limit: int = 3):
        return {"text": query, "extra": query}

@component
class Sink:
    @component.output_types(result=str)
    def run(self, text: str):
        return {"result": text}

p = Pipeline()
p.add_component("source", Source())
p.add_component("sink", Sink())
"""


def flow(name: str) -> Workflow:
    (found,) = (w for w in recovered(FOLDER / "haystack").workflows if w.name == name)
    return found


def one(folder: Path, source: str) -> Workflow:
    (found,) = workflows(folder, HEAD + source)
    return found


def step(workflow: Workflow, name: str) -> Step:
    found = workflow.step(name)
    assert found is not None
    return found


def carried(workflow: Workflow) -> dict[tuple[str, str], tuple[FieldMapping, ...]]:
    return {(edge.source, edge.target): edge.field_map for edge in workflow.edges}


def test_fixtures_are_free_of_findings() -> None:
    folder = FOLDER / "haystack"
    assert [finding.message for finding in audited(folder).findings if finding.level is not Level.NOTE] == []


def test_sockets_are_what_components_offer_and_need() -> None:
    checker = step(flow("pipe"), "by_meaning")
    assert [(need.name, need.required) for need in checker.needs] == [("query_embedding", True)]
    assert [(offer.name, offer.type) for offer in checker.offers] == [("documents", "list[Document]")]
    assert flow("pipe").exchange is Exchange.MESSAGES


def test_variables_of_a_template_are_inputs() -> None:
    prompt = step(flow("guide"), "prompt_builder")
    assert [(need.name, need.required) for need in prompt.needs] == [("documents", True), ("question", True)]


def test_sockets_that_are_not_named_are_picked_as_the_framework_does() -> None:
    assert carried(flow("indexing"))["joiner", "cleaner"] == (FieldMapping("documents", "documents"),)
    assert carried(flow("indexing"))["text_converter", "joiner"] == (FieldMapping("documents", "documents"),)
    assert carried(flow("pipe"))["text_embedder", "by_meaning"] == (FieldMapping("embedding", "query_embedding"),)
    assert carried(flow("guide"))["retriever", "prompt_builder"] == (FieldMapping("documents", "documents"),)


def test_kinds_and_models() -> None:
    assert (step(flow("guide"), "llm").kind, step(flow("guide"), "llm").model) == (StepKind.AGENT, "gpt-4o-mini")
    assert step(flow("indexing"), "router").kind is StepKind.ROUTER
    assert step(flow("kitchen"), "finish").workflow == flow("finishing").id
    assert flow("finishing").parents == (flow("kitchen").id,)


def test_a_component_that_leaves_outputs_out_decides() -> None:
    poems = next(w for w in recovered(FOLDER / "haystack").workflows if w.span.path == "poem_corrector.py")
    (choice,) = poems.choices
    assert (choice.source, choice.is_goto) == ("checker", True)
    assert {route.label for route in choice.routes} == {"accepted", "complaint"}


def test_a_model_is_asked_what_its_prompt_says() -> None:
    assert "You guide visitors." in step(flow("guide"), "llm").description


def test_several_connections_between_two_components_are_one_edge(tmp_path: Path) -> None:
    source = """
from haystack.components.builders import PromptBuilder
p.add_component("prompt", PromptBuilder("{{ a }} {{ b }}"))
p.connect("source.text", "prompt.a")
p.connect("source.extra", "prompt.b")
"""
    assert carried(one(tmp_path, source)) == {
        ("source", "prompt"): (FieldMapping("text", "a"), FieldMapping("extra", "b"))
    }


def faults(folder: Path, source: str) -> list[tuple[str, str]]:
    return [(fault.kind.value, fault.subject) for fault in one(folder, source).faults]


def test_an_unknown_component(tmp_path: Path) -> None:
    unresolved_names = one(tmp_path, 'p.connect("source.text", "drain.text")').unresolved_names
    assert [(item.name, item.role, item.source) for item in unresolved_names] == [
        ("drain", "connection target", "source")
    ]


@pytest.mark.parametrize(
    ("connection", "missing"),
    [
        ('"source.words", "sink.text"', "the output words of component source"),
        ('"source.text", "sink.words"', "the input words of component sink"),
    ],
)
def test_an_unknown_socket(tmp_path: Path, connection: str, missing: str) -> None:
    assert faults(tmp_path, f"p.connect({connection})") == [("missing-part", missing)]


def test_two_senders_into_one_socket(tmp_path: Path) -> None:
    source = """
p.add_component("other", Source())
p.connect("source.text", "sink.text")
p.connect("other.text", "sink.text")
"""
    assert faults(tmp_path, source) == [("second-sender", "sink.text")]


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        ('{"source": {"query": "x"}}', [("unfed-input", "sink.text")]),
        ('{"query": "x"}', [("unfed-input", "sink.text")]),
        ('{"source": {"query": "x"}, "sink": {"text": "y"}}', []),
        ("make()", []),
    ],
)
def test_an_input_that_nobody_feeds(tmp_path: Path, data: str, missing: list[tuple[str, str]]) -> None:
    assert faults(tmp_path, f"p.run({data})") == missing


def test_two_components_of_one_name(tmp_path: Path) -> None:
    found = one(tmp_path, 'p.add_component("sink", Sink())').faults
    assert [(fault.kind, fault.subject) for fault in found] == [(FaultKind.DUPLICATE_STEP, "sink")]


def test_a_name_that_cannot_be_told(tmp_path: Path) -> None:
    workflow = one(tmp_path, "p.add_component(input(), Sink())\np.connect(input(), 'sink.text')")
    assert workflow.open_to(Aspect.STEPS)
    assert workflow.open_to(Aspect.EDGES)


def test_a_component_waits_for_all_it_cannot_do_without(tmp_path: Path) -> None:
    source = """
@component
class Pair:
    @component.output_types(both=str)
    def run(self, left: str, right: str, note: str = ""):
        return {"both": left + right}

p.add_component("pair", Pair())
p.connect("source.text", "pair.left")
p.connect("sink.result", "pair.right")
p.connect("source.extra", "sink.text")
"""
    workflow = one(tmp_path, source)
    assert [(join.sources, join.target) for join in workflow.joins] == [(("source", "sink"), "pair")]


def test_components_can_be_added_all_at_once(tmp_path: Path) -> None:
    source = f"""{HEAD}
many = Pipeline()
many.add_components({{"first": Source(), "last": Sink()}})
many.connect("first.text", "last.text")
"""
    flow = next(flow for flow in workflows(tmp_path, source) if flow.name == "many")
    assert [step.id for step in flow.steps] == ["first", "last"]
    assert [(edge.source, edge.target) for edge in flow.edges] == [("first", "last")]
    assert flow.unresolved == ()


def test_components_that_come_from_elsewhere_leave_the_steps_open(tmp_path: Path) -> None:
    source = f"""{HEAD}
def assemble(parts):
    many = Pipeline()
    many.add_component("source", Source())
    many.add_components(parts)
    return many
"""
    flow = next(flow for flow in workflows(tmp_path, source) if flow.name == "many")
    assert [item.aspect for item in flow.unresolved] == [Aspect.STEPS]


def test_one_function_makes_a_pipeline_for_each_template() -> None:
    made = [w for w in recovered(FOLDER / "haystack").workflows if w.span.path == "two_templates.py"]
    assert [{need.name for need in step(w, "question").needs} for w in made] == [{"harbour"}, {"town", "hour"}]
    assert [w.faults for w in made] == [(), ()]


def test_an_agent_that_runs_by_itself(tmp_path: Path) -> None:
    (found,) = workflows(
        tmp_path,
        """
        from haystack.components.agents import Agent
        from haystack.components.generators.chat import OpenAIChatGenerator
        from haystack.tools import tool

        @tool
        def tides(port: str) -> str:
            return port

        class Harbour:
            def __init__(self):
                self.pilot = Agent(
                    chat_generator=OpenAIChatGenerator(model="gpt-4o"), system_prompt="Name the tide.", tools=[tides]
                )

            def ask(self, messages):
                return self.pilot.run(messages=messages)["last_message"].text
        """,
    )
    (step,) = found.steps
    assert (found.name, step.id, step.kind, step.tools, step.model) == (
        "pilot",
        "pilot",
        StepKind.AGENT,
        ("tides",),
        "gpt-4o",
    )


def test_an_agent_inside_a_pipeline_is_no_workflow_of_its_own(tmp_path: Path) -> None:
    (found,) = workflows(
        tmp_path,
        """
        from haystack import Pipeline
        from haystack.components.agents import Agent
        from haystack.components.builders import ChatPromptBuilder
        from haystack.components.generators.chat import OpenAIChatGenerator

        pipe = Pipeline()
        pipe.add_component("prompt", ChatPromptBuilder(template=[]))
        pipe.add_component("pilot", Agent(chat_generator=OpenAIChatGenerator(), tools=[print]))
        pipe.connect("prompt.prompt", "pilot.messages")
        """,
    )
    assert {step.id for step in found.steps} == {"prompt", "pilot"}


def test_inputs_for_a_component_that_some_pipelines_of_one_place_have(tmp_path: Path) -> None:
    source = """
from haystack import Pipeline, component

@component
class Find:
    @component.output_types(found=str)
    def run(self, query: str):
        return {"found": query}

@component
class Tell:
    @component.output_types(text=str)
    def run(self, found: str, question: str):
        return {"text": found}

class Answers:
    def __init__(self, tells: bool = True):
        self.pipeline = Pipeline()
        self.pipeline.add_component("find", Find())
        if tells:
            self.pipeline.add_component("tell", Tell())
            self.pipeline.connect("find.found", "tell.found")

    def run(self, query):
        return self.pipeline.run({"find": {"query": query}, "tell": {"question": query}})

class Finds(Answers):
    def __init__(self):
        super().__init__(tells=False)

    def run(self, query):
        return self.pipeline.run({"find": {"query": query}})

kept = Finds()
plain = Answers(tells=False)
"""
    assert [fault.subject for each in workflows(tmp_path, source) for fault in each.faults] == []
