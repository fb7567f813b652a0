"""Workflows recovered from a source written in a test."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from wflint.model.workflow import Workflow
from wflint.request import CacheChoice, Request
from wflint.survey import survey


def workflows(folder: Path, source: str) -> tuple[Workflow, ...]:
    """What wflint recovers of one file; `folder` is a place to write it to."""
    (folder / "flow.py").write_text(dedent(source), encoding="utf-8")
    return survey(Request(folder, (folder,), cache=CacheChoice(is_off=True))).program.workflows


def connected(folder: Path, source: str) -> tuple[Workflow, ...]:
    """Those of one file that are more than an agent by itself."""
    return tuple(workflow for workflow in workflows(folder, source) if len(workflow.steps) > 1)


def ways(workflow: Workflow) -> set[tuple[str, str, str]]:
    """The edges, each as source, target and kind."""
    return {(edge.source, edge.target, edge.kind.value) for edge in workflow.edges}
