"""Files packed with zstd, whole or a batch at a time, where something that unpacks them is installed."""

from __future__ import annotations

import io
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

if TYPE_CHECKING:
    from types import ModuleType

MAGIC = b"\x28\xb5\x2f\xfd"
"""How a frame begins."""
_LENGTH = 4
"""So many bytes of length may stand before each batch (the collector's file exporter)."""
_PIECE = 1 << 10
"""So many packed bytes are unpacked at once: what comes of them fits into memory, whoever has packed them."""
_MODULES = ("compression.zstd", "backports.zstd", "zstandard")


class _Decoder(Protocol):
    """What unpacks one frame."""

    eof: bool
    unused_data: bytes

    def decompress(self, data: bytes) -> bytes: ...


def is_zstd(path: Path) -> bool:
    """Whether a file is packed with zstd, whole or a batch at a time."""
    try:
        with path.open("rb") as file:
            return begins_frame(file.read(_LENGTH + len(MAGIC)))
    except OSError:
        return False


def begins_frame(head: bytes) -> bool:
    """Whether a frame begins with these bytes, a length before it or not."""
    return head.startswith(MAGIC) or head[_LENGTH:].startswith(MAGIC)


@cache
def unpacker() -> ModuleType | None:
    """What unpacks zstd: the standard library from Python 3.14 on, else a package; None where there is none."""
    for name in _MODULES:
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


class Unpacked(io.RawIOBase):
    """What is in the frames of a file; frames with a length before them are batches, a line each.

    Raises `OSError` where a frame is damaged, and `EOFError` where the last one is cut off.
    """

    def __init__(self, raw: BinaryIO, module: ModuleType) -> None:
        self._raw, self._module = raw, module
        self._packed, self._plain, self._given = b"", b"", 0
        self._decoder: _Decoder | None = None
        self._in_batches = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while self._given == len(self._plain) and self._unpack():
            self._given = 0
        size = min(len(view), len(self._plain) - self._given)
        view[:size] = memoryview(self._plain)[self._given : self._given + size]
        self._given += size
        return size

    def _unpack(self) -> bool:
        """Unpack another piece; whether there was one."""
        if len(self._packed) < _LENGTH + len(MAGIC):
            self._packed += self._raw.read(_PIECE)
        if not self._packed:
            if self._decoder is not None:
                raise EOFError
            return False
        if self._decoder is None:
            self._begin()
        decoder = cast("_Decoder", self._decoder)
        piece, self._packed = self._packed, b""
        try:
            self._plain = decoder.decompress(piece)
        except self._module.ZstdError as error:
            raise OSError(str(error)) from error
        if decoder.eof:
            self._packed, self._decoder = decoder.unused_data, None
            self._plain += b"\n" if self._in_batches else b""
        return True

    def _begin(self) -> None:
        if not begins_frame(self._packed):
            raise OSError("no frame of zstd")
        self._in_batches = not self._packed.startswith(MAGIC)
        self._packed = self._packed[_LENGTH if self._in_batches else 0 :]
        made = getattr(self._module, "ZstdDecompressor")()  # noqa: B009 (a module that may not be there)
        self._decoder = made.decompressobj() if hasattr(made, "decompressobj") else made
