"""Spans as SARIF locations."""

from __future__ import annotations

from urllib.parse import quote

import sarif_om as om

from wflint.model.finding import Related
from wflint.model.span import Span

ROOT = "%SRCROOT%"
"""What all URIs are relative to: the repository's root, wherever it is checked out."""


def physical(span: Span) -> om.PhysicalLocation:
    """The place, with its region complete: GitHub guesses what is left out."""
    return om.PhysicalLocation(
        artifact_location=om.ArtifactLocation(uri=quote(span.path), uri_base_id=ROOT),
        region=om.Region(
            start_line=span.line,
            start_column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
        ),
    )


def location(span: Span) -> om.Location:
    """A place without a word."""
    return om.Location(physical_location=physical(span))


def related(item: Related, number: int) -> om.Location:
    """Another place, with the number that a link in the message refers to."""
    return om.Location(id=number, physical_location=physical(item.span), message=om.Message(text=item.phrase))


def code_flow(path: tuple[Related, ...]) -> om.CodeFlow:
    """A way through the workflow, place by place."""
    steps = [
        om.ThreadFlowLocation(
            location=om.Location(physical_location=physical(item.span), message=om.Message(text=item.phrase))
        )
        for item in path
    ]
    return om.CodeFlow(thread_flows=[om.ThreadFlow(locations=steps)])
