"""The packages of the frameworks, by the names that a configuration may pin them under."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from wflint.errors import ConfigError
from wflint.frontends import FRONT_ENDS
from wflint.model.releases import Releases


def pins(pinned: Mapping[str, Releases], source: str | None) -> dict[str, Releases]:
    """Pins by package: a framework's own name stands for its package; an unknown name is an error in `source`."""
    known = {end.name: end.package.names[0] for end in FRONT_ENDS if end.package is not None}
    known |= {name: name for end in FRONT_ENDS if end.package is not None for name in end.package.names}
    for name in pinned:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise ConfigError(f"unknown key 'versions.{name}'; the nearest one is 'versions.{nearest}'", source)
    return {known[name]: releases for name, releases in pinned.items()}
