"""Rows: `house.graph(State)` gives a `StateGraph` of LangGraph, to which code adds nodes as to any other."""

from __future__ import annotations

from wflint.assembly.census.constructors import calls
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.making import Making
from wflint.evaluate.library import LibraryModel

MADE_AS = "langgraph.StateGraph"


def table() -> LibraryModel:
    """What the name of the house means."""
    rows = {"house.graph": Making(path=MADE_AS)}
    return LibraryModel(frozenset({"house"}), rows, constructors=frozenset({"house.graph"}))


GRAPHS = FrontEnd("house-graphs", table, modules=("house",), constructors=calls("house", "graph"))
