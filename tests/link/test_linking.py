from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from tests.link.programs import CONDENSE, CONDENSE_AGAIN, PRICE, REPLY, agents, link_of, linked, summary, written
from wflint.link import sketch
from wflint.link.corpus import ToldTexts
from wflint.link.judging import ToldLikeness
from wflint.link.records import Cost, RepositorySummary
from wflint.link.report import DuplicateCluster, LinkReport, Saving
from wflint.link.tables import TABLES, Pairs, compare, pairs_in

FRENCH = (
    "You are an experienced translator of hotel leaflets. Translate the leaflet of the guest into French, politely."
)
SPANISH = FRENCH.replace("French", "Spanish")
TRIAGE = """
from agents import Agent, Runner

look_up = Agent(name="look up", instructions={look_up!r})
answer = Agent(name="answer", instructions={answer!r}, handoffs=[look_up])
{more}
front = Agent(name="front", instructions={front!r}, handoffs=[answer, look_up{added}])


def main(question):
    return Runner.run_sync(front, question)
"""
LOOK_UP = "Look up the opening hours of the swimming pool, the sauna and the breakfast room in the house rules."
ANSWER = "Answer the guest in two sentences, in the language of the letter, and sign with the name of the house."
FRONT = "Read the letter of the guest, decide whether it is about opening hours, and hand it to who can help with it."


def triage(*, answer: str = ANSWER, more: str = "", added: str = "") -> str:
    return TRIAGE.format(look_up=LOOK_UP, answer=answer, front=FRONT, more=more, added=added)


def named(cluster: DuplicateCluster) -> list[tuple[str, str, ToldLikeness]]:
    return [(step.repository, step.step, step.likeness) for step in cluster.steps]


def names(report: LinkReport) -> list[list[tuple[str, str, ToldLikeness]]]:
    return [named(cluster) for cluster in report.clusters]


def test_the_same_text_in_two_repositories_is_a_copy(tmp_path: Path) -> None:
    hotel, inn = agents("complaints", CONDENSE), agents("grumbles", CONDENSE.upper(), "apologies", REPLY)
    found = link_of(tmp_path, {"hotel": {"a.py": hotel}, "inn": {"b.py": inn}})
    assert names(found) == [[("hotel", "complaints", ToldLikeness.COPY), ("inn", "grumbles", ToldLikeness.COPY)]]
    [step, _] = found.clusters[0].steps
    assert (step.location.path, step.location.line, step.similarity) == ("a.py", 4, 1.0)


def test_the_same_work_in_other_words_is_reworded(tmp_path: Path) -> None:
    hotel, inn = agents("complaints", CONDENSE), agents("complaints", CONDENSE_AGAIN, "apologies", REPLY)
    found = link_of(tmp_path, {"hotel": {"a.py": hotel}, "inn": {"b.py": inn}})
    assert names(found) == [[("hotel", "complaints", ToldLikeness.COPY), ("inn", "complaints", ToldLikeness.REWORDED)]]
    assert 0.6 < found.clusters[0].steps[1].similarity < 1


def test_what_merging_saves_is_estimated_where_nothing_is_recorded(tmp_path: Path) -> None:
    sources = {name: {"a.py": agents("complaints", CONDENSE)} for name in ("a", "b", "c")}
    sources["b"] = {"a.py": agents("complaints", CONDENSE, "apologies", REPLY)}
    sources["c"] = {"a.py": agents("complaints", CONDENSE, "parking", ANSWER)}
    [cluster] = [each for each in link_of(tmp_path, sources).clusters if each.steps[0].step == "complaints"]
    saving = cluster.saving
    assert saving.definitions == 2
    assert 0 < saving.low < saving.et < saving.high
    assert (saving.recorded, saving.recorded_et) == (False, None)


def test_what_recorded_runs_have_cost_goes_before_an_estimate(tmp_path: Path) -> None:
    hotel = summary(tmp_path, "hotel", {"a.py": agents("complaints", CONDENSE)})
    inn = summary(tmp_path, "inn", {"a.py": agents("complaints", CONDENSE, "apologies", REPLY)})
    files = written(tmp_path / "summaries", recorded(hotel, 900.0, 10), recorded(inn, 500.0, 20))
    [cluster] = linked(files).clusters
    assert cluster.saving == Saving(1, 500.0, 500.0, 500.0, recorded=True, recorded_et=10_000.0)


def recorded(found: RepositorySummary, et: float, executions: int) -> RepositorySummary:
    """The same, every model step with a recorded cost."""
    cost = Cost(et, et, et, recorded=True, executions=executions)
    flows = (replace(flow, steps=tuple(replace(step, cost=cost) for step in flow.steps)) for flow in found.workflows)
    return replace(found, workflows=tuple(flows))


def test_tables_find_what_a_comparison_of_all_pairs_does() -> None:
    """Texts of random slots, and for each third of them one that shares six slots in ten."""
    draw = np.random.default_rng(5)
    singles = draw.integers(256, size=(600, sketch.SLOTS)).astype(np.uint8)
    doubles = draw.integers(65_536, size=(600, sketch.SLOTS)).astype(np.uint16)
    vectors = draw.integers(-20, 20, size=(600, sketch.DIMENSIONS)).astype(np.int8)
    for place in range(200):
        kept = draw.random(sketch.SLOTS) < 0.6
        singles[400 + place] = np.where(kept, singles[place], singles[400 + place])
        vectors[[place, 400 + place]] = 11  # of one meaning
    texts = ToldTexts(np.arange(600), singles, doubles, vectors)
    ones, others = np.triu_indices(600, 1)
    every = pairs_of(compare(texts, ones.astype(np.int64), others.astype(np.int64)))
    found = {pair for table in range(TABLES) for pair in pairs_of(pairs_in(texts, table))}
    assert len(every) > 190
    assert found <= every
    assert len(found) >= 0.98 * len(every)


def pairs_of(pairs: Pairs) -> set[tuple[int, int]]:
    return set(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))


def test_a_repository_that_repeats_itself_is_its_own_affair(tmp_path: Path) -> None:
    hotel = {"a.py": agents("complaints", CONDENSE), "b.py": agents("grumbles", CONDENSE)}
    assert names(link_of(tmp_path, {"hotel": hotel, "inn": {"b.py": agents("parking", ANSWER, "rooms", REPLY)}})) == []


def test_jobs_that_names_tell_apart_are_two_jobs(tmp_path: Path) -> None:
    hotel = agents("one", FRENCH).replace('name="one"', 'name="French translator"')
    inn = agents("one", SPANISH, "two", REPLY).replace('name="one"', 'name="Spanish translator"')
    assert names(link_of(tmp_path, {"hotel": {"a.py": hotel}, "inn": {"b.py": inn}})) == []


TOOLED = """
from agents import Agent, Runner, function_tool


@function_tool
def {tool}(house: str) -> str:
    "Looks it up."
    return house


lookout = Agent(name="lookout", instructions={told!r}, tools=[{tool}])


def main(question):
    return Runner.run_sync(lookout, question)
"""


def test_tools_of_other_names_tell_jobs_apart_unless_hardly_a_word_differs(tmp_path: Path) -> None:
    hotel = TOOLED.format(tool="read_bookings", told=CONDENSE)
    nearly = TOOLED.format(tool="getOrders", told=CONDENSE.replace("below ", ""))
    other = TOOLED.format(tool="getOrders", told=CONDENSE_AGAIN)
    found = link_of(tmp_path / "nearly", {"hotel": {"a.py": hotel}, "inn": {"b.py": nearly}})
    assert names(found) == [[("hotel", "lookout", ToldLikeness.COPY), ("inn", "lookout", ToldLikeness.REWORDED)]]
    assert names(link_of(tmp_path / "other", {"hotel": {"a.py": hotel}, "inn": {"b.py": other}})) == []


def test_one_trade_is_not_one_job(tmp_path: Path) -> None:
    """Both research; what they look into and for whom is not the same."""
    hotel = agents(
        "research_topic",
        "Research the topic below. Provide: 1. Key trends and insights 2. Important figures 3. Views of experts "
        "4. The current market 5. Interests of the audience. Keep it concise but complete.",
    )
    inn = agents(
        "research_task",
        "Analyse the page below and extract key insights for a blog post. Identify: 1. Main themes 2. Interesting "
        "figures 3. Angles for the post 4. The audience 5. Words people search for. Write a summary of your research.",
        "apologies",
        REPLY,
    )
    assert names(link_of(tmp_path, {"hotel": {"a.py": hotel}, "inn": {"b.py": inn}})) == []


def test_steps_of_tests_are_nobodys_double(tmp_path: Path) -> None:
    hotel, inn = {"tests/a.py": agents("complaints", CONDENSE)}, {"b.py": agents("complaints", CONDENSE)}
    assert names(link_of(tmp_path, {"hotel": hotel, "inn": inn})) == []


def test_a_few_words_are_too_little_to_go_by(tmp_path: Path) -> None:
    short = agents("helper", "You are a helpful assistant.", "other", "Answer the question.")
    found = link_of(tmp_path, {"hotel": {"a.py": short}, "inn": {"b.py": short}})
    assert names(found) == []


def test_copies_of_one_workflow_are_told_once_with_what_has_changed(tmp_path: Path) -> None:
    changed = triage(
        answer=ANSWER.replace("two sentences", "three sentences"),
        more=f'apologies = Agent(name="apologies", instructions={REPLY!r})',
        added=", apologies",
    )
    found = link_of(tmp_path, {"hotel": {"a.py": triage()}, "inn": {"b.py": changed}})
    assert names(found) == []
    [copies] = found.copies
    assert [(each.repository, each.steps) for each in copies.workflows] == [("hotel", 3), ("inn", 4)]
    assert [(each.kind, each.step, each.location.path) for each in copies.differences] == [
        ("text", "answer", "b.py"),
        ("step-added", "apologies", "b.py"),
    ]


UNTOLD = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Stay(TypedDict):
    guest: str
    euros: int


def {0}(state: Stay):
    return {{"guest": state["guest"].title()}}


def {1}(state: Stay):
    return {{"euros": len(state["guest"])}}


def {2}(state: Stay):
    return {{"euros": state["euros"] + 1}}


graph = StateGraph(Stay)
graph.add_node("{0}", {0})
graph.add_node("{1}", {1})
graph.add_node("{2}", {2})
graph.add_edge(START, "{0}")
graph.add_edge("{0}", "{1}")
graph.add_edge("{1}", "{2}")
graph.add_edge("{2}", END)
app = graph.compile()
"""
READY_MADE = """
from langchain.agents import create_agent
from langchain.agents.middleware import TodoListMiddleware

from elsewhere import prompt, tools

{0} = create_agent("openai:gpt-4o", tools=tools, middleware=[TodoListMiddleware()], system_prompt=prompt)
"""


def test_graphs_of_one_shape_whose_steps_have_names_that_say_something_are_copies(tmp_path: Path) -> None:
    names = ("greet_guest", "count_nights", "addBreakfast"), ("greet_guest", "count_nights", "add_breakfast")
    hotel, inn = ({"a.py": UNTOLD.format(*each)} for each in names)
    [copies] = link_of(tmp_path, {"hotel": hotel, "inn": inn}).copies
    assert [each.kind for each in copies.differences] == []


@pytest.mark.parametrize("source", [UNTOLD.format("step_1", "step_2", "step_3"), READY_MADE.format("agent")])
def test_graphs_whose_steps_have_everybodys_names_or_a_librarys_are_not(tmp_path: Path, source: str) -> None:
    assert link_of(tmp_path, {"hotel": {"a.py": source}, "inn": {"b.py": source}}).copies == ()


def test_of_many_copies_in_one_repository_the_nearest_is_compared(tmp_path: Path) -> None:
    changed = [triage(answer=f"{ANSWER} {more}") for more in ("Be brief.", "Mention the weather, too.")]
    inn = {"a.py": changed[0], "b.py": triage(), "c.py": changed[1]}
    found = link_of(tmp_path, {"hotel": {"a.py": triage()}, "inn": inn, "lodge": {"d.py": changed[0]}})
    [copies] = found.copies
    assert copies.workflows[0].repository == "hotel"
    assert len(copies.workflows) == 5
    assert [(each.repository, each.kind, each.location.path) for each in copies.differences] == [
        ("lodge", "text", "d.py"),
    ]


def test_copies_that_are_still_the_same_have_no_differences(tmp_path: Path) -> None:
    found = link_of(tmp_path, {"hotel": {"a.py": triage()}, "inn": {"b.py": triage()}})
    assert [(len(copies.workflows), copies.differences) for copies in found.copies] == [(2, ())]
    assert names(found) == []


PIPELINE = """
from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.components.generators import OpenAIGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

pipe = Pipeline()
pipe.add_component("retriever", InMemoryBM25Retriever(document_store=InMemoryDocumentStore()))
pipe.add_component("prompt_builder", PromptBuilder(template={told!r}))
pipe.add_component("llm", OpenAIGenerator())
pipe.connect("retriever", "prompt_builder.documents")
pipe.connect("prompt_builder", "llm")
"""


def test_pipelines_that_are_put_together_of_one_librarys_parts_are_no_copies(tmp_path: Path) -> None:
    told = (
        "Write a menu of five courses from these recipes. {% for one in documents %}{{ one }}{% endfor %}",
        "List every guest who complained about noise, with the room. {% for one in documents %}{{ one }}{% endfor %}",
    )
    hotel, inn = ({"a.py": PIPELINE.format(told=text)} for text in told)
    found = link_of(tmp_path, {"hotel": hotel, "inn": inn})
    assert [each.steps for each in found.repositories] == [3, 3]
    assert (found.copies, names(found)) == ((), [])


def test_workflows_of_the_same_names_and_other_work_are_no_copies(tmp_path: Path) -> None:
    other = TRIAGE.format(look_up=PRICE, answer=REPLY, front=CONDENSE, more="", added="")
    found = link_of(tmp_path, {"hotel": {"a.py": triage()}, "inn": {"b.py": other}})
    assert (found.copies, names(found)) == ((), [])
