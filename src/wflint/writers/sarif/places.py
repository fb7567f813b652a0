"""Spans as SARIF locations: in lines of the file, also where the file is a notebook, because GitHub shows files."""

from __future__ import annotations

from urllib.parse import quote

import sarif_om as om

from wflint.model.finding import Related
from wflint.model.span import Span
from wflint.model.text import Texts

ROOT = "%SRCROOT%"
"""What all URIs are relative to: the repository's root, wherever it is checked out."""


def in_file(span: Span, texts: Texts) -> Span:
    """The stretch of the file that a span stands for."""
    return texts(span.path).in_file(span)


def physical(span: Span, texts: Texts) -> om.PhysicalLocation:
    """The place, with its region complete: GitHub guesses what is left out."""
    found = in_file(span, texts)
    return om.PhysicalLocation(
        artifact_location=om.ArtifactLocation(uri=quote(span.path), uri_base_id=ROOT),
        region=om.Region(
            start_line=found.line,
            start_column=found.column,
            end_line=found.end_line,
            end_column=found.end_column,
        ),
    )


def location(span: Span, texts: Texts) -> om.Location:
    """A place without a word."""
    return om.Location(physical_location=physical(span, texts))


def related(item: Related, number: int, texts: Texts) -> om.Location:
    """Another place, with the number that a link in the message refers to."""
    place = physical(item.span, texts)
    return om.Location(id=number, physical_location=place, message=om.Message(text=item.phrase))


def code_flow(path: tuple[Related, ...], texts: Texts) -> om.CodeFlow:
    """A way through the workflow, place by place."""
    steps = [
        om.ThreadFlowLocation(
            location=om.Location(physical_location=physical(item.span, texts), message=om.Message(text=item.phrase))
        )
        for item in path
    ]
    return om.CodeFlow(thread_flows=[om.ThreadFlow(locations=steps)])
