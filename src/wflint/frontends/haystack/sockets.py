"""A socket: an input or output of a component."""

from __future__ import annotations

from msgspec import Struct

from wflint.assembly.contracts.literals import Plain
from wflint.model.contract import Origin, Shape
from wflint.model.span import Span


class Socket(Struct, frozen=True):
    """An input or output of a component.

    `required` where the component does not run without it, `implied` where only newer versions of the library say so;
    `many` where several senders may feed it, or that is not known; `checked` where only what passed a check comes out.
    `origins` are those of what comes out. `classes` are the classes of the source in its type, by the name that
    the type has for them, each with all that it is. `values` are all that comes out, where they are known, `shape` is
    that of dicts that are written out, `items` that of what its type says to be a list of.
    """

    name: str
    type: str | None = None
    required: bool = False
    many: bool = True
    span: Span | None = None
    implied: bool = False
    checked: bool = False
    description: str = ""
    origins: tuple[Origin, ...] = ()
    classes: tuple[tuple[str, frozenset[str]], ...] = ()
    values: tuple[Plain, ...] = ()
    shape: Shape | None = None
    items: Shape | None = None
