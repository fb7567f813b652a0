"""What files are called that say which releases of packages a project takes."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

NAMES: Final = frozenset(
    {
        "pyproject.toml", "uv.lock", "poetry.lock", "Pipfile", "Pipfile.lock", "environment.yml", "environment.yaml",
        "setup.cfg",
    }
)  # fmt: skip
LOCKS: Final = frozenset({"uv.lock", "poetry.lock", "Pipfile.lock"})
"""Those that name one release of each package."""
_PREFIXES: Final = ("requirements", "constraints")
_SUFFIXES: Final = frozenset({".txt", ".in"})


def says_releases(place: PurePath) -> bool:
    """Whether a file is one of those, by its name."""
    named = place.name.startswith(_PREFIXES) or place.parent.name in _PREFIXES
    return place.name in NAMES or (place.suffix in _SUFFIXES and named)
