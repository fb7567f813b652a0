"""A payload that is an object of the worker's class is read by attributes, with its defaults.

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
    return [Send("rate", Song(title=title)) for title in album.songs]


def rate(song: Song):
    return {"rated": [f"{song.title} {song.stars}"]}


builder = StateGraph(Album)
builder.add_node("rate", rate)
builder.add_conditional_edges(START, spread, ["rate"])
builder.add_edge("rate", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"rated": graph.invoke({"songs": ["one"]})["rated"]}))
