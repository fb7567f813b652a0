"""The folder that belongs to wflint on this machine."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_TAG: Final = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder holds what wflint can make again at any time.\n"
    "# For what the first line means see https://bford.info/cachedir/\n"
)


def user_cache_folder() -> Path:
    """Where the platform keeps what may be deleted at any time."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "wflint" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "wflint"
    configured = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(configured) if configured.startswith("/") else home / ".cache") / "wflint"


def prepare(folder: Path) -> None:
    """Makes the folder and tells backup programs and git to leave it alone; raises `OSError` where that fails."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
        with suppress(FileExistsError), (folder / name).open("x", encoding="utf-8") as file:
            file.write(text)
