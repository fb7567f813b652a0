"""Keys that code reads of an answer in JSON, and that the prompt calls something else (WF112)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

JUDGE = """
    import json
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from openai import OpenAI

    llm = ChatOpenAI(model="gpt-4o")
    client = OpenAI()


    class Post(TypedDict):
        letter: str
        stars: int


    def judge(state: Post):
        ask = f'Judge {{state["letter"]}}. {told}'
        {body}


    builder = StateGraph(Post)
    builder.add_node("judge", judge)
    builder.add_edge(START, "judge")
    builder.add_edge("judge", END)
    graph = builder.compile()
    print(graph.invoke({{"letter": input()}})["stars"])
"""
KEYS = 'Answer with JSON: {{"rating": 1, "reason": "..."}}'
SAID = "said = json.loads(llm.invoke(ask).content)"


def judge(*lines: str, told: str = KEYS) -> str:
    return JUDGE.format(told=told, body="\n        ".join(lines))


ASKED = """raw = client.chat.completions.create(
            model="gpt-4o", response_format={"type": "json_object"}, messages=[{"role": "user", "content": ask}]
        )"""
LOUD = [
    judge(SAID, 'return {"stars": said["stars"]}  # <- WF112'),
    judge(SAID, 'return {"stars": said.get("stars", 0)}  # <- WF112'),
    judge(SAID, 'why = said["reason"]', 'return {"stars": said["stars"]}  # <- WF112'),
    judge(
        "try:",
        f"    {SAID}",
        '    stars = said["stars"]  # <- WF112',
        "except ValueError:",
        "    stars = 0",
        'return {"stars": stars}',
    ),
    judge(ASKED, "said = json.loads(raw.choices[0].message.content)", 'return {"stars": said["stars"]}  # <- WF112'),
]
QUIET = [
    judge(SAID, 'return {"stars": said["rating"]}'),
    judge(SAID, 'return {"stars": said.get("stars") or said["rating"]}'),
    judge(SAID, 'return {"stars": said["stars"] if "stars" in said else said["rating"]}'),
    judge(SAID, 'return {"stars": said["finalRating"]}', told=f"{KEYS} with the final rating."),
    judge(SAID, 'return {"stars": said["stars"]}', told="Answer with JSON."),
    judge(SAID, 'return {"stars": said["stars"]}', told=f"{KEYS} {{input()}}"),
    judge(
        "said = json.loads(input())",
        "llm.invoke(ask)",
        'return {"stars": said["stars"]}',
    ),
]


@pytest.mark.parametrize("source", LOUD)
def test_a_key_that_the_prompt_calls_something_else_is_told(tmp_path: Path, source: str) -> None:
    assert [found for found in loud(tmp_path, source) if found[1] == "WF112"] == marked(source)
    assert marked(source)


@pytest.mark.parametrize("source", QUIET)
def test_a_key_that_the_model_may_write_is_not(tmp_path: Path, source: str) -> None:
    assert not [found for found in loud(tmp_path, source) if found[1] == "WF112"]
