"""A payload is handed to its worker as it is: no object of the declared class is made of it, no default filled in.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send
from pydantic import BaseModel


class Album(BaseModel):
    songs: list[str] = []
    rated: Annotated[list[str], operator.add] = []


class Song(BaseModel):
    title: str
    stars: int = 3


def spread(album: Album):
    return [Send("rate", {"title": title}) for title in album.songs]


def rate(song: Song):
    return {"rated": [f"{song.title} {song.stars}"]}


builder = StateGraph(Album)
builder.add_node("rate", rate)
builder.add_conditional_edges(START, spread, ["rate"])
builder.add_edge("rate", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"songs": ["one"]})
        failed = ""
    except AttributeError as error:
        failed = str(error)
    print(json.dumps({"failed": failed}))
