"""WF109: parts that the key of an order takes of a list's elements."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found

GRAPH = """
    from operator import attrgetter, itemgetter
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import START, StateGraph
    from pydantic import BaseModel

    class Firm(BaseModel):
        name: str
        staff: int

    class Firms(BaseModel):
        firms: list[Firm]

    class State(TypedDict):
        market: str
        firms: list[Firm]
        best: str

    model = ChatOpenAI(model="gpt-4o").with_structured_output(Firms)

    def search(state: State):
        return {"firms": model.invoke(f"Firms in {state['market']}").firms}

    def pick(state: State):
        firms = state["firms"]
        <>

    graph = StateGraph(State).add_sequence([search, pick]).add_edge(START, "search").compile()
"""
SORTED = "return {'best': sorted(firms, key=<>)[0].name}"
LARGEST = "return {'best': max(firms, key=<>).name}"
IN_PLACE = "firms.sort(key=<>, reverse=True)\n    return {'best': firms[0].name}"


def _said(code: str, key: str, folder: Path) -> list[str]:
    program = "\n".join(line.removeprefix("    ") for line in GRAPH.splitlines()).replace("<>", code)
    return [line for line, _ in found(program.replace("<>", key), folder, "type-mismatch")]


WRONG = ("lambda firm: firm['staff']", "lambda firm: firm.size", "itemgetter('staff')", "attrgetter('size')")
CASES = [*((code, key) for code in (SORTED, LARGEST) for key in WRONG), (IN_PLACE, "lambda firm: firm.size")]


@pytest.mark.parametrize(("code", "key"), CASES)
def test_a_key_takes_what_elements_do_not_have(code: str, key: str, tmp_path: Path) -> None:
    assert _said(code, key, tmp_path) == [code.splitlines()[0].replace("<>", key)]


@pytest.mark.parametrize("code", [SORTED, LARGEST, IN_PLACE])
@pytest.mark.parametrize(
    "key", ["lambda firm: firm.staff", "attrgetter('staff')", "len", "None", "lambda firm: getattr(firm, 'size', 0)"]
)
def test_a_key_takes_what_they_have(code: str, key: str, tmp_path: Path) -> None:
    assert _said(code, key, tmp_path) == []
