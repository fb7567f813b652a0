"""The packages of the frameworks, by the names that a configuration may pin them under."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from wflint.assembly.frontend import FrontEnd
from wflint.errors import ConfigError
from wflint.model.releases import Releases


def pins(pinned: Mapping[str, Releases], ends: Iterable[FrontEnd], source: str | None) -> dict[str, Releases]:
    """Pins by package: a framework's own name stands for its package; an unknown name is an error in `source`."""
    packages = [(end.name, end.package.names) for end in ends if end.package is not None]
    known = {framework: names[0] for framework, names in packages}
    known |= {name: name for _, names in packages for name in names}
    for name in pinned:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise ConfigError(f"unknown key 'versions.{name}'; the nearest one is 'versions.{nearest}'", source)
    return {known[name]: releases for name, releases in pinned.items()}
