"""Small repositories with a history."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import PATIENCE

CALM = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.test",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.test",
}
"""An environment in which git does the same everywhere."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at `root`."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> Repository:
        """An empty one."""
        root.mkdir(parents=True, exist_ok=True)
        made = cls(root)
        made.git("init", "-q", "-b", "main")
        return made

    def git(self, *arguments: str) -> str:
        """Run git in it."""
        done = subprocess.run(  # noqa: S603 (git, with our own arguments)
            ["git", *arguments],  # noqa: S607 (whichever there is)
            cwd=self.root,
            env={**os.environ, **CALM},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str]) -> None:
        """Write files into the working tree."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str], *, remove: tuple[str, ...] = ()) -> str:
        """Commit files; the hash of the commit."""
        self.write(files)
        for name in remove:
            (self.root / name).unlink()
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "A change")
        return self.git("rev-parse", "HEAD")
