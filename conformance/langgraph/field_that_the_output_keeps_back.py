"""A field of the state that the declared output lacks is not in the result.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import START, StateGraph


class Out(TypedDict):
    accepted: bool


class Whole(Out):
    letter: str
    score: int


def mark(state: Whole):
    return {"score": len(state["letter"])}


def decide(state: Whole):
    return {"accepted": state["score"] > 3}


graph = StateGraph(Whole, output_schema=Out).add_sequence([mark, decide]).add_edge(START, "mark").compile()


def score(letter: str):
    result = graph.invoke({"letter": letter})
    return result["score"]


if __name__ == "__main__":
    try:
        score("dear")
        missing = ""
    except KeyError as error:
        missing = error.args[0]
    print(json.dumps({"missing": missing}))
