"""What workflows are called in the report: people call every other graph "graph"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wflint.model.span import Span
from wflint.model.workflow import Workflow


def titles(workflows: Iterable[Workflow]) -> dict[str, str]:
    """Names that tell workflows apart, by id: those that share one have their file beside it, or their line too."""
    by_name: dict[str, list[Workflow]] = {}
    for workflow in workflows:
        by_name.setdefault(workflow.name, []).append(workflow)
    found: dict[str, str] = {}
    for name, alike in by_name.items():
        found.update(zip((flow.id for flow in alike), _apart(name, alike), strict=True))
    return found


def _apart(name: str, alike: list[Workflow]) -> Sequence[str]:
    if len(alike) == 1:
        return (name,)
    for place in (_file, _path, _line):
        places = [place(flow.span) for flow in alike]
        if len(set(places)) == len(places):
            return [f"{name} ({place})" for place in places]
    return [flow.id for flow in alike]


def _file(span: Span) -> str:
    return span.path.rpartition("/")[2]


def _path(span: Span) -> str:
    return span.path


def _line(span: Span) -> str:
    return f"{span.path}:{span.line}"
