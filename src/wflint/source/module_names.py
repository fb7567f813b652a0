"""What files are called in imports."""

from __future__ import annotations

from pathlib import PurePosixPath

Parts = tuple[str, ...]


def parts_of(path: str) -> Parts:
    """The dotted name a file would have if its whole path were importable: `a/b/__init__.py` is `(a, b)`.

    What does not end in `.py` has none: Python would not import it.
    """
    pure = PurePosixPath(path)
    if pure.suffix != ".py":
        return ()
    folders = pure.parts[:-1]
    return folders if pure.name == "__init__.py" else (*folders, pure.stem)
