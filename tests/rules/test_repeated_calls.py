"""What is said of calls that give again what is there already, and what is left alone."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from msgspec.structs import replace

from wflint.audit import audit
from wflint.request import CacheChoice, Request

HEAD = """
from functools import lru_cache
from typing import TypedDict

from langchain_community.vectorstores import FAISS
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o")
muse = ChatOpenAI(model="gpt-4o", temperature=0.8)
store = FAISS.load_local("manuals", OpenAIEmbeddings())


class State(TypedDict, total=False):
    topic: str
    topics: list[str]
    notes: str
    facts: str
    text: str
    rounds: int
    pages: list[str]


def look_up(topic):
    return store.similarity_search(topic, k=4)


@lru_cache
def kept(topic):
    return store.similarity_search(topic, k=4)


"""
NAMES = ("gather", "verify", "write")
CHAIN = """
builder.add_edge(START, "gather")
builder.add_edge("gather", "verify")
builder.add_edge("verify", END)
"""
FORK = """
builder.add_edge(START, "gather")
builder.add_edge(START, "verify")
builder.add_edge(["gather", "verify"], "write")
builder.add_edge("write", END)
"""
BRANCH = """
builder.add_conditional_edges(START, lambda state: "gather" if state["rounds"] else "verify", ["gather", "verify"])
builder.add_edge("gather", END)
builder.add_edge("verify", END)
"""
DECIDED = """
builder.add_edge(START, "gather")
builder.add_conditional_edges("gather", lambda state: "verify" if state["notes"] else END, ["verify", END])
builder.add_edge("verify", END)
"""
LOOP = """
builder.add_edge(START, "gather")
builder.add_edge("gather", "verify")
builder.add_conditional_edges("verify", lambda state: "gather" if state["rounds"] < 3 else END, ["gather", END])
"""

NOTES = """return {"notes": llm.invoke(f"Notes on {state['topic']}").content}"""
FACTS = NOTES.replace('"notes"', '"facts"')
SEARCH = """return {"notes": look_up(state["topic"])}"""
ELEMENT = """return {"notes": look_up(state["topics"][state["rounds"]])}"""
AGAIN = SEARCH.replace('"notes"', '"facts"')
USE = """return {"text": state["notes"] + state["facts"]}"""
WRITE = """return {"text": llm.invoke(state["notes"]).content, "rounds": state.get("rounds", 0) + 1}"""
TWICE = """
first = llm.invoke(f"Notes on {state['topic']}")
second = llm.invoke(f"Notes on {state['topic']}")
return {"notes": first.content, "facts": second.content}
"""
PLANNED = """
plan = llm.invoke(f"Plan for {state['topic']}").content
return {"notes": llm.invoke(f"{plan} {state['facts']}").content}
"""
STRIPPED = """
state["topic"] = state["topic"].strip()
return {"notes": llm.invoke(f"Notes on {state['topic']}").content}
"""
PERHAPS = """
if state["rounds"]:
    return {"notes": llm.invoke(f"Notes on {state['topic']}").content}
return {}
"""
GROWING = """
messages = ["Notes", state["topic"]]
messages.append(llm.invoke(messages))
return {"notes": llm.invoke(messages).content}
"""
CAUGHT = """
try:
    found = llm.invoke(state["topic"])
except TimeoutError:
    found = llm.invoke(state["topic"])
return {"notes": found.content}
"""
SAMPLES = """return {"notes": str([llm.invoke(state["topic"]) for _ in range(3)])}"""
ARMS = """
if state["rounds"]:
    found = llm.invoke(state["topic"])
else:
    found = llm.invoke(state["topic"])
return {"notes": found.content}
"""
PAGES = """
found = []
for page in state["pages"]:
    rules = llm.invoke(f"Three rules about {state['topic']}").content
    found.append(f"{rules}: {page}")
return {"notes": str(found)}
"""
OWN_PAGES = PAGES.replace("state['topic']", "page")
VOTES = PAGES.replace("found.append", "print").replace("rules = llm", "found.append(llm").replace(".content", ")")
ATTEMPTS = PAGES.replace("found.append(f", "if page in rules:\n        break\n    found.append(f")
LINES = PAGES.replace("    rules = llm", "    seen = str(found)\n    rules = llm").replace("state['topic']", "seen")


def said(folder: Path, edges: str, *bodies: str) -> list[str]:
    """What the rule says about steps with these bodies."""
    steps = dict(zip(NAMES, bodies, strict=False))
    codes = (f"def {name}(state: State):\n{textwrap.indent(body.strip(), '    ')}\n" for name, body in steps.items())
    adds = (f'builder.add_node("{name}", {name})\n' for name in steps)
    parts = (HEAD, *codes, "builder = StateGraph(State)\n", *adds, edges, "graph = builder.compile()\n")
    (folder / "flow.py").write_text("".join(parts), encoding="utf-8")
    findings = audit(replace(Request.of(folder), cache=CacheChoice(is_off=True))).findings
    return [finding.message for finding in findings if finding.code == "WF202"]


def test_a_model_is_asked_twice_one_after_the_other(tmp_path: Path) -> None:
    (message,) = said(tmp_path, CHAIN, NOTES, FACTS)
    assert message == (
        'step "verify" calls `llm.invoke` with the same "topic" as step "gather" before it; '
        "store one result in the state and reuse it (saves 1 model call a run)"
    )


def test_a_helper_looks_up_twice_side_by_side(tmp_path: Path) -> None:
    (message,) = said(tmp_path, FORK, SEARCH, AGAIN, USE)
    assert message == (
        'step "verify" calls `look_up` with the same "topic" as step "gather" at the same time '
        '("write" depends on it, 2 of 3 steps); '
        "store one result in the state and reuse it (saves 1 search a run)"
    )


def test_a_call_twice_in_one_step(tmp_path: Path) -> None:
    (message,) = said(tmp_path, CHAIN, TWICE, WRITE)
    assert message.startswith('step "gather" calls `llm.invoke` again with the same arguments; reuse the first result')


def test_a_search_in_each_round(tmp_path: Path) -> None:
    (message,) = said(tmp_path, LOOP, SEARCH, WRITE)
    assert message.startswith('step "gather" calls `look_up` with the same "topic" in each round of the loop')


def test_a_model_asked_for_the_same_beside_something_new(tmp_path: Path) -> None:
    (message,) = said(tmp_path, LOOP, PLANNED, WRITE.replace('"text"', '"facts"'))
    assert message.startswith('step "gather" calls `llm.invoke` with the same "topic" in each round of the loop')


def test_a_model_asked_for_the_same_about_each_page(tmp_path: Path) -> None:
    (message,) = said(tmp_path, CHAIN, PAGES, WRITE)
    assert message.startswith('step "gather" calls `llm.invoke` with the same arguments in each round of a loop over')


@pytest.mark.parametrize(
    ("edges", "bodies"),
    [
        pytest.param(CHAIN, (NOTES, FACTS.replace("Notes on", "Facts about")), id="another prompt"),
        pytest.param(CHAIN, (NOTES, FACTS.replace("topic", "notes")), id="another field"),
        pytest.param(CHAIN, (NOTES.replace("llm", "muse"), FACTS.replace("llm", "muse")), id="a temperature"),
        pytest.param(CHAIN, (NOTES, FACTS.replace("llm", "muse")), id="another model"),
        pytest.param(CHAIN, (NOTES.replace('"notes"', '"topic"'), FACTS), id="the first changes what it has read"),
        pytest.param(CHAIN, (STRIPPED, FACTS), id="the input is changed before the call"),
        pytest.param(CHAIN, (SEARCH.replace("look_up", "kept"), AGAIN.replace("look_up", "kept")), id="a kept result"),
        pytest.param(BRANCH, (NOTES, FACTS), id="branches that exclude each other"),
        pytest.param(DECIDED, (NOTES, FACTS), id="a decision in between"),
        pytest.param(
            CHAIN, (f"store.add_documents(state['facts'])\n{SEARCH}", AGAIN), id="what is searched is changed"
        ),
        pytest.param(CHAIN, (PERHAPS, FACTS), id="perhaps not called at all"),
        pytest.param(LOOP, (NOTES, WRITE), id="a loop that tries again"),
        pytest.param(LOOP, (SEARCH, WRITE.replace('"text"', '"topic"')), id="a loop that changes the question"),
        pytest.param(LOOP, (ELEMENT, WRITE), id="a loop that takes the elements of a list one by one"),
        pytest.param(CHAIN, (GROWING, WRITE), id="a conversation that grows"),
        pytest.param(CHAIN, (CAUGHT, WRITE), id="another try after an error"),
        pytest.param(CHAIN, (SAMPLES, WRITE), id="samples in a loop"),
        pytest.param(CHAIN, (OWN_PAGES, WRITE), id="a loop that asks about each page"),
        pytest.param(CHAIN, (VOTES, WRITE), id="a loop that keeps each answer"),
        pytest.param(CHAIN, (ATTEMPTS, WRITE), id="a loop that may end early"),
        pytest.param(CHAIN, (LINES, WRITE), id="a loop that asks about what it has found"),
        pytest.param(CHAIN, (PAGES.replace("llm", "muse"), WRITE), id="a loop of samples"),
        pytest.param(CHAIN, (ARMS, WRITE), id="the arms of a condition"),
    ],
)
def test_calls_that_are_left_alone(tmp_path: Path, edges: str, bodies: tuple[str, ...]) -> None:
    assert said(tmp_path, edges, *bodies) == []


def test_another_element_in_each_round(tmp_path: Path) -> None:
    search = SEARCH.replace('state["topic"]', 'state["pages"][state["rounds"]]')
    assert said(tmp_path, LOOP, search, WRITE) == []


def test_a_vote_asks_several_on_purpose(tmp_path: Path) -> None:
    vote = '"""Takes the majority vote of both."""\n' + USE
    assert said(tmp_path, FORK, NOTES, FACTS, vote) == []
