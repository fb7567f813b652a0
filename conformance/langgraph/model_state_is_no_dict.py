"""A state that is a model has no keys, one that is a `TypedDict` no attributes.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Room(BaseModel):
    beds: int = 1
    note: str = ""


class Floor(TypedDict):
    rooms: int
    note: str


def count(room: Room):
    return {"note": f"{room['beds']} beds"}


def walk(floor: Floor):
    return {"note": f"{floor.rooms} rooms"}


def made(state, step):
    builder = StateGraph(state)
    builder.add_node("step", step)
    builder.add_edge(START, "step")
    builder.add_edge("step", END)
    return builder.compile()


rooms = made(Room, count)
floors = made(Floor, walk)


def failure(graph, given):
    try:
        graph.invoke(given)
    except (TypeError, AttributeError) as error:
        return type(error).__name__
    return ""


if __name__ == "__main__":
    print(json.dumps({"model": failure(rooms, {"beds": 2}), "dict": failure(floors, {"rooms": 2})}))
