"""What pipelines drop without a word."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.jinja import jinja_variables
from wflint.evaluate.values import Object
from wflint.frontends.haystack.components import class_names, is_own
from wflint.frontends.haystack.empty_variables import REPLACING
from wflint.frontends.haystack.pipeline import End, PipelineDraft
from wflint.frontends.haystack.prompts import BUILDERS
from wflint.model.loss import Loss, LossKind


def unrendered(pipeline: PipelineDraft) -> Iterator[Loss]:
    """The connections that bring a builder what its template never mentions: the prompt goes without it."""
    fed = {connection.receiver for connection in pipeline.connections}
    for connection in pipeline.connections:
        name, socket = connection.receiver.component, connection.receiver.socket
        component = pipeline.components.get(name)
        made, span = pipeline.added.get(name, (None, connection.span))
        if component is None or socket is None or component.inputs_open or not connection.certain:
            continue
        if not isinstance(made, Object) or is_own(made) or BUILDERS.isdisjoint(class_names(made)):
            continue
        text, declared = component.description, {one.name for one in component.inputs if one.span is not None}
        brought = any(End(name, other) in fed for other in REPLACING)
        if text and not brought and socket in declared and socket not in jinja_variables(text):
            yield Loss(
                LossKind.UNREAD,
                f'the template of component "{name}"',
                connection.span,
                f'never uses "{socket}", which "{connection.sender.component}" makes: the prompt goes without it',
                "use it in the template, or take the variable and the connection out",
                span,
                name,
            )


def never_given(pipeline: PipelineDraft) -> Iterator[Loss]:
    """The connected outputs that a component never returns: what waits for them never runs."""
    for connection in pipeline.connections:
        name, socket = connection.sender.component, connection.sender.socket
        component = pipeline.components.get(name)
        if component is None or not connection.certain or socket not in component.never_given:
            continue
        place = next((one.span for one in component.outputs if one.name == socket), None)
        returned = " and ".join(f'"{key}"' for key in component.undeclared)
        stray = f"returns {returned}, which it does not declare, and never" if returned else "never returns"
        advice = "return it" if not returned else f'return it under the name "{socket}", or declare what is returned'
        yield Loss(
            LossKind.OUTPUT,
            f'component "{name}"',
            place or pipeline.added[name][1],
            f'{stray} "{socket}": nothing gets to "{connection.receiver.component}"',
            advice,
            connection.span,
            name,
            in_some=not returned,
        )
