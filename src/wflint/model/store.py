"""What steps keep in a store that all of them share, beside what they hand on."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.contract import Need


class StoreUse(Struct, frozen=True):
    """What a step does with such a store: the keys that it sets, and those that it looks up and cannot do without.

    `open` is true where it, or whoever begins the run, may set others.
    """

    lookups: tuple[Need, ...] = ()
    kept: tuple[str, ...] = ()
    open: bool = False
