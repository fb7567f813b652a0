"""A sign of life on long work: on standard error, at a terminal, and gone when the work is done."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds before anything is shown: most runs are over by then."""
BEAT = 0.2
_CLEAR = "\r\x1b[2K"


@contextmanager
def shown(work: str, *, quiet: bool) -> Iterator[None]:
    """Show what is being done, and for how long, until it is done."""
    stream = sys.stderr
    if quiet or stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(work, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(work: str, done: threading.Event) -> None:
    start = time.monotonic()
    if done.wait(PATIENCE):
        return
    while True:
        sys.stderr.write(f"{_CLEAR}wflint: {work} ({time.monotonic() - start:.0f} s)")
        sys.stderr.flush()
        if done.wait(BEAT):
            break
    sys.stderr.write(_CLEAR)
    sys.stderr.flush()
