"""A field that the state overwrites may not be merged by the input schema; the other way round it may.

langgraph 1.2.24: the state's own declaration is there first.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import StateGraph


class Plain(TypedDict):
    notes: list[str]


class Merged(TypedDict):
    notes: Annotated[list[str], operator.add]


def note(state: Merged):
    return {"notes": ["one"]}


fine = StateGraph(Merged, input_schema=Plain)
fine.add_node("note", note)
try:
    builder = StateGraph(Plain, input_schema=Merged)
    builder.add_node("note", note)
    refused = ""
except ValueError as error:
    refused = str(error)
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
