"""A fixed file parses, the finding is gone, no other one comes up, and all else stays as it was."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.rules.examples import examples
from tests.rules.fixing import Folder, said
from wflint import rulebook

HEAD = """\
# A desk that answers letters.
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Desk(TypedDict):
    letter: str  # as it came
    topics: list[str]
    answer: str


"""

PAGES = {
    "read-never-written": ('state.get("revisions_count", 0)', 'state.get("revision_count", 0)'),
    "undeclared-output": ('{"sumary": ', '{"summary": '),
    "path-dependent-read": ('= state["documents"]  #', '= state.get("documents", [])  #'),
    "route-not-mapped": ('{"write": "write"})  #', '{"write": "write", END: END})  #'),
    "concurrent-write": ("    notes: list[str]\n", "    notes: Annotated[list[str], operator.add]\n"),
    "join-runs-twice": ('("draft", draft)', '("draft", draft, defer=True)'),
}
"""What is written in a rule's bad example, and what stands there afterwards."""

PROGRAMS = {
    "WF101": (
        """
def sort(state: Desk):
    # the letter decides
    return {"topics": [state["leter"]]}  # one


def answer(state: Desk):
    return {"answer": ", ".join(state["topics"])}


builder = StateGraph(Desk)
builder.add_node("sort", sort)
builder.add_node("answer", answer)
builder.add_edge(START, "sort")
builder.add_edge("sort", "answer")
builder.add_edge("answer", END)
print(builder.compile().invoke({"letter": "help"}))
""",
        'state["leter"]]}  # one',
        'state["letter"]]}  # one',
    ),
    "WF102": (
        """
def sort(state: Desk):
    return {"topics": [state["letter"]], "urgency": "high"}


def answer(state: Desk):
    return {"answer": f"{state['topics']} {state.get('urgency')}"}


builder = StateGraph(Desk)
builder.add_node("sort", sort)
builder.add_node("answer", answer)
builder.add_edge(START, "sort")
builder.add_edge("sort", "answer")
builder.add_edge("answer", END)
print(builder.compile().invoke({"letter": "help"}))
""",
        "    answer: str\n",
        "    answer: str\n    urgency: str\n",
    ),
    "WF303": (
        """
def sort(state: Desk):
    return {"topics": [state["letter"]]}


def answer(state: Desk):
    return {"answer": ", ".join(state["topics"])}


builder = StateGraph(Desk)
builder.add_node("sort_letters", sort)
builder.add_node("answer", answer)
builder.add_edge(START, "sort_letters")
builder.add_edge("sort_leters", "answer")  # then answer
builder.add_edge("answer", END)
print(builder.compile().invoke({"letter": "help"}))
""",
        '("sort_leters", "answer")  # then answer',
        '("sort_letters", "answer")  # then answer',
    ),
    "WF401": (
        """
def sort(state: Desk):
    return {"topics": [state["letter"]]}


def answer(state: Desk):
    return {"answer": ", ".join(state["topics"])}


def way(state: Desk):
    return "answer" if state["topics"] else "__end__"


builder = StateGraph(Desk)
builder.add_node("sort", sort)
builder.add_node("answer", answer)
builder.add_edge(START, "sort")
builder.add_conditional_edges(
    "sort",
    way,
    {
        "answer": "answer",  # as a rule
    },
)
builder.add_edge("answer", END)
print(builder.compile().invoke({"letter": "help"}))
""",
        '        "answer": "answer",  # as a rule\n',
        '        "answer": "answer",  # as a rule\n        "__end__": "__end__",\n',
    ),
    "WF404": (
        """
def sort(state: Desk):
    return {"topics": [state["letter"]]}


def answer(state: Desk):
    return {"answer": ", ".join(state["topics"])}


def way(state: Desk):
    return "go" if state["topics"] else "leave"


builder = StateGraph(Desk)
builder.add_node("sort", sort)
builder.add_node("answer", answer)
builder.add_edge(START, "sort")
builder.add_conditional_edges("sort", way, {"go": "answer", "wait": END, "leave": END})  # one way
builder.add_edge("answer", END)
print(builder.compile().invoke({"letter": "help"}))
""",
        '{"go": "answer", "wait": END, "leave": END})  # one way',
        '{"go": "answer", "leave": END})  # one way',
    ),
}


def _check(folder: Path, code: str, before: str, after: str) -> None:
    place, sources = Folder(folder), {path: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    first = place.review()
    review, made = place.fix()
    assert made == 1
    assert not [finding for finding in review.fresh if finding.code == code]
    assert said(review) <= said(first)
    changed = {path: path.read_text(encoding="utf-8") for path in sources}
    for text in changed.values():
        ast.parse(text)
    (path,) = [path for path, text in changed.items() if text != sources[path]]
    assert sources[path].count(before) == 1
    expected = sources[path].replace(before, after)
    if "Annotated[" in after:
        expected = "import operator\n" + expected.replace("from typing import ", "from typing import Annotated, ")
    assert changed[path] == expected


@pytest.mark.parametrize("name", PAGES)
def test_the_bad_example_of_its_page(name: str, tmp_path: Path) -> None:
    page = rulebook.load().page(name)
    example = next(example for example in examples(name, page.body) if example.section == "Bad")
    example.write(tmp_path)
    _check(tmp_path, page.code, *PAGES[name])


@pytest.mark.parametrize("code", PROGRAMS)
def test_a_program(code: str, tmp_path: Path) -> None:
    program, before, after = PROGRAMS[code]
    (tmp_path / "desk.py").write_text(f"{HEAD}{program}", encoding="utf-8")
    _check(tmp_path, code, before, after)


def test_a_route_whose_step_would_be_out_of_reach_stays(tmp_path: Path) -> None:
    page = rulebook.load().page("dead-route")
    next(example for example in examples("dead-route", page.body) if example.section == "Bad").write(tmp_path)
    place = Folder(tmp_path)
    assert len(place.of("WF404")) == 1
    assert place.changes().files == ()


def test_a_name_that_may_mean_two_fields_is_not_fixed(tmp_path: Path) -> None:
    program = PROGRAMS["WF101"][0].replace("leter", "topic").replace("[state", "[*state")
    head = HEAD.replace("    answer", "    topica: str\n    answer")
    (tmp_path / "desk.py").write_text(f"{head}{program}", encoding="utf-8")
    place = Folder(tmp_path)
    assert [finding.code for finding in place.of("WF101")] == ["WF101"]
    assert place.changes().files == ()


def test_a_default_that_would_swallow_a_change_is_not_put_in(tmp_path: Path) -> None:
    page = rulebook.load().page("path-dependent-read")
    next(each for each in examples(page.name, page.body) if each.section == "Bad").write(tmp_path)
    path = tmp_path / "example.py"
    kept = path.read_text(encoding="utf-8").replace(
        'documents = state["documents"]', 'documents = state["documents"].copy()'
    )
    path.write_text(kept, encoding="utf-8")
    place = Folder(tmp_path)
    assert len(place.of("WF103")) == 1
    assert place.changes().files == ()


def test_a_run_gets_a_limit(tmp_path: Path) -> None:
    page = rulebook.load().page("loop-without-budget")
    next(each for each in examples(page.name, page.body) if each.section == "Bad").write(tmp_path)
    path = tmp_path / "example.py"
    call = 'print(graph.invoke({"topic": "bees"}))  # once\n'
    path.write_text(path.read_text(encoding="utf-8") + call, encoding="utf-8")
    place = Folder(tmp_path)
    before = place.review()
    review, made = place.fix()
    assert made == 1
    assert path.read_text(encoding="utf-8").endswith(
        'print(graph.invoke({"topic": "bees"}, config={"recursion_limit": 25}))  # once\n'
    )
    assert said(review) < said(before)
    assert not [finding for finding in review.fresh if finding.code == "WF702"]
