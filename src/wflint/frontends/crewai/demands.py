"""What CrewAI asks of the arguments of its parts (crewai 1.15)."""

from __future__ import annotations

from wflint.assembly.demands import Demand, Demands, Never, OneOf, Some

IDS = Never(name="id", says="the framework sets it itself")
OWN: tuple[Demand, ...] = (IDS,)

DEMANDS: Demands = {
    "crewai.Agent": OWN,
    "crewai.Task": OWN,
    "crewai.Crew": (
        Some(name="tasks", others=("agents", "config")),
        OneOf(name="process", words=("sequential", "hierarchical")),
    ),
}
