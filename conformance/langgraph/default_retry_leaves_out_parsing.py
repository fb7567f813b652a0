"""The default retry policy makes no second attempt after a failed parse or a time-out of the system, only after other failures.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langchain_core.exceptions import OutputParserException
from langgraph.graph import END, START, StateGraph
from langgraph.types import RetryPolicy


class Letter(TypedDict, total=False):
    text: str


def attempts(problem):
    made = []

    def write(letter: Letter):
        made.append(1)
        raise problem

    builder = StateGraph(Letter)
    builder.add_node("write", write, retry_policy=RetryPolicy(max_attempts=3, initial_interval=0.001))
    builder.add_edge(START, "write")
    builder.add_edge("write", END)
    try:
        builder.compile().invoke({"text": "x"})
    except type(problem):
        return len(made)


if __name__ == "__main__":
    problems = (OutputParserException("no form"), TimeoutError(), RuntimeError(), ConnectionError(), Exception())
    print(json.dumps({type(problem).__name__: attempts(problem) for problem in problems}))
