"""A folder that keeps what was worked out, so that a run that was cut short goes on where it was.

It is never needed: what cannot be written, or is not there, or not whole, is worked out again.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from wflint import __version__, atomic
from wflint.source.cache import decoded

T = TypeVar("T")
_DIGEST: Final = 16


class Keeper:
    """Results by key in a folder; nowhere where there is none. `fault` is what first kept it from writing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.fault: str | None = None
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                self._give_up(error)

    @property
    def folder(self) -> Path | None:
        """The folder, where it can be written to."""
        return self._folder if self.fault is None else None

    def read(self, kind: str, key: str, decoder: msgspec.json.Decoder[T]) -> T | None:
        """What was kept, None where there is nothing that is whole."""
        if self._folder is None:
            return None
        try:
            data = self._place(kind, key).read_bytes()
        except OSError:
            return None
        body = data[_DIGEST:]
        return decoded(body, decoder) if _seal(body) == data[:_DIGEST] else None

    def write(self, kind: str, key: str, value: object) -> None:
        """Keep it; a full disk is told once and costs nothing but time."""
        if self._folder is None or self.fault is not None:
            return
        body = msgspec.json.encode(value)
        try:
            atomic.write(self._place(kind, key), _seal(body) + body)
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self.fault = f"{self._folder}: intermediate results are not kept: {error.strerror or error}"

    def _place(self, kind: str, key: str) -> Path:
        assert self._folder is not None
        name = blake2b(f"{kind}\0{__version__}\0{key}".encode(), digest_size=16).hexdigest()
        return self._folder / f"{kind}-{name}.kept"


def _seal(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST).digest()
