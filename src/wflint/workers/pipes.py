"""Messages over a pipe, their length first."""

from __future__ import annotations

import struct
from typing import IO, Final

_SIZE: Final = struct.Struct("<Q")


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write a message."""
    pipe.write(_SIZE.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read a message, None at the end."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    message = pipe.read(size)
    return message if len(message) == size else None
