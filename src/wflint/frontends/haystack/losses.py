"""What pipelines drop without a word."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.frontends.haystack.pipeline import PipelineDraft
from wflint.model.loss import Loss, LossKind


def never_given(pipeline: PipelineDraft) -> Iterator[Loss]:
    """The connected outputs in whose place a component returns others: what waits for them never runs."""
    for connection in pipeline.connections:
        name, socket = connection.sender.component, connection.sender.socket
        component = pipeline.components.get(name)
        if component is None or not connection.certain or socket not in component.never_given:
            continue
        place = next((one.span for one in component.outputs if one.name == socket), None)
        returned = " and ".join(f'"{key}"' for key in component.undeclared)
        yield Loss(
            LossKind.OUTPUT,
            f'component "{name}"',
            place or pipeline.added[name][1],
            f'returns {returned}, which it does not declare, and never "{socket}": nothing gets to '
            f'"{connection.receiver.component}"',
            f'return it under the name "{socket}", or declare what is returned',
            connection.span,
            name,
        )
