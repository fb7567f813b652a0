"""Files that are either as they were or as they should be, never half of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write to a file beside it, then rename: a reader sees the old one or the new one, also when the disk is full.

    What is no regular file, such as a pipe or a terminal, is written to as it is. Raises `OSError`.
    """
    import tempfile

    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        path.write_bytes(data)
        return
    place = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{place.name}"[:100], dir=place.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        beside.chmod(_permissions() if mode is None else stat.S_IMODE(mode))
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _permissions() -> int:
    """What a new file gets; the mask can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
