"""What CrewAI asks of the arguments of its parts (crewai 1.15)."""

from __future__ import annotations

from wflint.assembly.demands import AtLeast, Demand, Demands, Never, NoPlainType, NoTexts, OneOf, Some
from wflint.assembly.own_classes import Inherited
from wflint.assembly.results import Results, Waited, Whole
from wflint.frontends.crewai.releases import ROUNDS, STREAMS

IDS = Never(name="id", says="the framework sets it itself")
OWN: tuple[Demand, ...] = (IDS,)

DEMANDS: Demands = {
    "crewai.Agent": (*OWN, AtLeast(name="max_iter", held=ROUNDS)),
    "crewai.Task": (IDS, NoPlainType(name="output_pydantic"), NoPlainType(name="output_json")),
    "crewai.Crew": (
        Some(name="tasks", others=("agents", "config")),
        OneOf(name="process", words=("sequential", "hierarchical")),
    ),
    **dict.fromkeys(
        (f"crewai.Crew.{method}" for method in ("kickoff", "kickoff_async", "akickoff")),
        (NoTexts(name="inputs", alone=True, says="it is a dict"),),
    ),
}
STREAMED = frozenset(
    {"aclose", "chunks", "close", "get_full_text", "is_cancelled", "is_completed", "result", "results"}
)
"""Attributes of what a crew gives that streams."""
RESULTS: Results = {
    "crewai.Crew.kickoff": (
        Whole(
            name="stream",
            parts=STREAMED,
            instead="go through it, then ask its `result`",
            setting="stream",
            held=STREAMS,
        ),
    ),
    **{f"crewai.{kind}.{method}": (Waited(),) for kind in ("Crew", "Flow") for method in ("kickoff_async", "akickoff")},
    **{f"crewai.Crew.{method}": (Waited(),) for method in ("kickoff_for_each_async", "akickoff_for_each")},
    "crewai.Crew.kickoff_for_each": (
        Whole(name="list of results", parts=frozenset(dir(list)), instead="go through it"),
    ),
}
"""What runs give back."""
INHERITED = (Inherited(base=("crewai.Flow",), kind="flow", prepares="state"),)
