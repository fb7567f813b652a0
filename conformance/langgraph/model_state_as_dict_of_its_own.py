"""A dict that code makes of a model has keys, and a model may say itself how it is read.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Room(BaseModel):
    beds: int = 1
    note: str = ""


class Indexed(BaseModel):
    beds: int = 1
    note: str = ""

    def __getitem__(self, name):
        return getattr(self, name)


def count(room: Room):
    known = room.model_dump()
    return {"note": f"{known['beds']} {known.get('note')}"}


def look(room: Indexed):
    return {"note": f"{room['beds']} beds"}


def made(state, step):
    builder = StateGraph(state)
    builder.add_node("step", step)
    builder.add_edge(START, "step")
    builder.add_edge("step", END)
    return builder.compile()


plain = made(Room, count)
indexed = made(Indexed, look)
if __name__ == "__main__":
    print(json.dumps({"notes": [plain.invoke({"beds": 2})["note"], indexed.invoke({"beds": 2})["note"]]}))
