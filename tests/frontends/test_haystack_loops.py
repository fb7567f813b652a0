"""Loops of pipelines: where a run gets into them, and what a wait in them comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows
from tests.rules.twins import found
from wflint.model.workflow import Workflow

LOOP = """
from haystack import Pipeline, component
from haystack.components.joiners import BranchJoiner
from haystack.components.routers import ConditionalRouter


@component
class Bake:
    @component.output_types(cake=str)
    def run(self, recipe: str, complaint: str = ""):
        return {"cake": recipe + complaint}


@component
class Taste:
    @component.output_types(verdict=str, tries=int)
    def run(self, cake: str, tries: int):
        return {"verdict": cake.upper(), "tries": tries + 1}


ROUTES = [
    {"condition": "{{ 'DRY' not in verdict or tries > 3 }}", "output": "{{ verdict }}",
     "output_name": "served", "output_type": str},
    {"condition": "{{ 'DRY' in verdict and tries <= 3 }}", "output": ["{{ verdict }}", "{{ tries }}"],
     "output_name": ["complaint", "tries"], "output_type": [str, int]},
]
p = Pipeline()
p.add_component("tries", BranchJoiner(int))
p.add_component("bake", Bake())
p.add_component("taste", Taste())
p.add_component("router", ConditionalRouter(ROUTES))
p.connect("bake.cake", "taste.cake")
p.connect("tries.value", "taste.tries")
p.connect("taste.verdict", "router.verdict")
p.connect("taste.tries", "router.tries")
p.connect("router.complaint", "bake.complaint")
p.connect("router.tries", "tries.value")
"""
BOTH = 'p.run({"bake": {"recipe": "flour"}, "tries": {"value": 0}})'
ONE = 'p.run({"bake": {"recipe": "flour"}})'


def one(folder: Path, source: str) -> Workflow:
    (found,) = workflows(folder, LOOP + source)
    return found


@pytest.mark.parametrize(
    ("run", "begins"),
    [(BOTH, ("tries", "bake")), ("", ("tries", "bake")), (ONE, ("bake",))],
    ids=["the run passes the joiner a value", "nobody is seen to run it", "no value for the joiner"],
)
def test_a_loop_is_entered_where_the_run_passes_enough(tmp_path: Path, run: str, begins: tuple[str, ...]) -> None:
    assert one(tmp_path, run).entries == begins


def test_a_wait_for_two_ways_into_a_loop_is_correct(tmp_path: Path) -> None:
    assert found(LOOP + BOTH, tmp_path, "join-never-fires") == []
