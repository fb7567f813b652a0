"""Answers in a declared form that steps hand on as dicts: what is in them, and silence where that is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

COURSE = """
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from pydantic import BaseModel, computed_field

    llm = ChatOpenAI(model="gpt-4o")


    class Teacher(BaseModel):
        name: str


    class Plan(BaseModel):
        title: str
        teacher: Teacher
        {field}: list[str]{more}


    class Course(TypedDict, total=False):
        subject: str
        title: str
        teacher: dict
        lessons: list[str]
        text: str


    def plan(state: Course):
        made = llm.with_structured_output(Plan).invoke("Plan a course on " + state["subject"])
        return {returned}


    def write(state: Course):
        {read}
        return {{"text": llm.invoke(f"{{state['title']}}: {{state['lessons']}}").content}}{mark}


    graph = StateGraph(Course)
    graph.add_sequence([plan, write])
    graph.add_edge(START, "plan")
    graph.add_edge("write", END)
    print(graph.compile().invoke({{"subject": "bees"}})["text"])
"""
DROPPED = "made.model_dump()  # <- WF102"
MISSING = "  # <- WF101"


def course(returned: str, *, field: str = "lessons", more: str = "", read: str = "pass", mark: str = "") -> str:
    return COURSE.format(returned=returned, field=field, more=more, read=read, mark=mark)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(course(DROPPED, field="chapters", mark=MISSING), id="a-field-under-another-name"),
        pytest.param(course("{**made.model_dump()}  # <- WF102", field="chapters", mark=MISSING), id="spread"),
        pytest.param(
            course("made.model_dump()", read="state['teacher']['surname']  # <- WF109"), id="a-part-of-a-part"
        ),
        pytest.param(
            course(
                "{**made.model_dump(), 'teacher': made.teacher.model_dump()}", read="state['teacher']['age']"
            ).replace("['age']", "['age']  # <- WF109"),
            id="a-part-by-itself",
        ),
    ],
)
def test_fields_that_the_state_or_the_reader_calls_otherwise(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(course("made.model_dump()"), id="all-there"),
        pytest.param(course("made.model_dump()", read="state['teacher']['name']"), id="a-part-that-is-there"),
        pytest.param(course("made.model_dump(by_alias=True)", field="chapters"), id="by-other-names"),
        pytest.param(
            course("made.model_dump()", field="chapters", more="\n        model_config = {'extra': 'allow'}"), id="more"
        ),
        pytest.param(
            course(
                "made.model_dump()",
                field="chapters",
                more="\n\n        @computed_field\n        @property\n        def lessons(self) -> list[str]:"
                "\n            return self.chapters",
            ),
            id="computed",
        ),
    ],
)
def test_silence(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == []
