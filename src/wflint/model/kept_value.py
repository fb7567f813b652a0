"""Values that steps keep for the run, beside what they hand on."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.span import Span


class KeptValue(Struct, frozen=True):
    """A place where a step's code sets a value for the whole run (`is_set`), or asks for one.

    `key` is None where it is not known. `copes` is true where the code asks with a default, `fails` where it fails
    without one. `compared` is where it compares what it asked for with a bound, `fixed` the number that it sets each
    time, whatever was there.
    """

    key: str | None
    span: Span
    is_set: bool
    certain: bool = True
    copes: bool = False
    fails: bool = False
    compared: Span | None = None
    fixed: int | None = None
