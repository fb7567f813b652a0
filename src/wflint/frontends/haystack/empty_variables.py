"""Variables of a prompt that its builder does without, and that nothing gives a value: its text has a gap there."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.jinja import jinja_printed
from wflint.evaluate.values import Object
from wflint.frontends.haystack.components import class_names
from wflint.frontends.haystack.invocations import Call
from wflint.frontends.haystack.pipeline import End, PipelineDraft
from wflint.frontends.haystack.prompts import BUILDERS
from wflint.model.prompt import TemplateGap

REPLACING = ("template", "template_variables")
"""Inputs that bring another text, or any variables."""


def empty_variables(pipeline: PipelineDraft, calls: tuple[Call, ...]) -> Iterator[tuple[str, TemplateGap]]:
    """The step of each builder whose text prints what no connection and none of these runs brings.

    A text that asks whether a variable is there, or has a default for it, means to do without.
    """
    fed = {connection.receiver for connection in pipeline.connections}
    fed |= {end for call in calls for end in call.passed}
    for name, component in pipeline.components.items():
        made, span = pipeline.added[name]
        if not isinstance(made, Object) or BUILDERS.isdisjoint(class_names(made)) or component.inputs_open:
            continue
        if End(name, None) in fed or any(_brings(fed, name, other) for other in REPLACING):
            continue
        printed = jinja_printed(component.description)
        free = [s.name for s in component.inputs if s.span is not None and not s.required and s.name in printed]
        lacking = tuple(one for one in free if not _brings(fed, name, one))
        if lacking:
            yield name, TemplateGap(lacking, span, made.site.span, fails=False)


def _brings(fed: set[End], component: str, socket: str) -> bool:
    """Whether something gets to a socket; a run may pass it by its own name, to whoever has it."""
    return End(component, socket) in fed or End("", socket) in fed
