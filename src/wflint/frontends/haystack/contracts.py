"""What components need and offer: their sockets, as steps of a workflow have them."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.frontends.haystack.components import Component
from wflint.frontends.haystack.sockets import Socket
from wflint.model.contract import Certainty, Check, CheckKind, Need, Offer
from wflint.model.span import Span


def needs_of(component: Component, fed: set[str | None], span: Span) -> Iterator[Need]:
    """The inputs that are worth a word: the library's own optional ones only where something feeds them."""
    for one in component.inputs:
        if one.required or component.definition is not None or one.name in fed:
            yield Need(
                one.name,
                one.span or span,
                one.required,
                type=one.type,
                description=one.description,
                parts=component.parts.get(one.name, ()),
                expectations=component.expectations.get(one.name, ()),
            )


def offer_of(socket: Socket, component: Component, span: Span) -> Offer:
    """An output."""
    sure = Certainty.POSSIBLE if component.choosing else Certainty.CERTAIN
    check = Check(CheckKind.MESSAGE, "a JSON schema", span) if socket.checked else None
    origins = socket.origins or component.origins
    return Offer(socket.name, socket.span or span, sure, socket.type, check=check, origins=origins, shape=socket.shape)
