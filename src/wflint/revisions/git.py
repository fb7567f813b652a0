"""Files of an earlier version, taken out of git's store.

Only commands that read objects are run: no hook, filter, pager, monitor or transport that a repository configures has
a part in them, and nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Final

from msgspec import Struct

from wflint.errors import UsageError
from wflint.model.patterns import pattern

_QUIET: Final = ("--no-optional-locks", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_ALONE: Final = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_ELSEWHERE: Final = pattern(r"GIT_(?!CONFIG_GLOBAL$|CONFIG_SYSTEM$|CONFIG_NOSYSTEM$|CEILING_DIRECTORIES$).*")
"""Variables that have git look at another repository, or write down what it does."""
_LARGEST: Final = 50_000_000
"""Bytes of a file that is taken out."""
_BLOB: Final = frozenset({"100644", "100755"})
"""Modes of regular files; links are not followed anywhere."""


class _Blob(Struct, frozen=True):
    """A file of a tree: where it is, and which object holds it."""

    path: PurePosixPath
    name: str


class History(Struct, frozen=True):
    """The versions of the repository at `root`, which is the top of its working tree."""

    root: Path

    def commit(self, revision: str) -> str:
        """The commit that a revision stands for."""
        found = self._said("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found is None:
            shallow = self._said("rev-parse", "--is-shallow-repository") == "true"
            hint = "; this clone is shallow: fetch its history first" if shallow else ""
            raise UsageError(f"{self.root}: git knows no revision {revision!r}{hint}")
        return found

    def fork(self, revision: str) -> str:
        """The last commit that a revision and what is checked out have in common; its own where there is none."""
        commit = self.commit(revision)
        return self._said("merge-base", commit, "HEAD") or commit

    def extract(self, commit: str, folder: Path, is_wanted: Callable[[PurePosixPath], bool]) -> None:
        """Write the wanted files of a commit below a folder."""
        blobs = [blob for blob in self._blobs(commit) if is_wanted(blob.path)]
        with self._run("cat-file", "--batch") as process:
            assert process.stdin is not None
            assert process.stdout is not None
            # One at a time: with more, both sides could wait for each other.
            for blob in blobs:
                process.stdin.write(f"{blob.name}\n".encode())
                process.stdin.flush()
                _write(folder, blob.path, _content(process.stdout, blob))
            process.stdin.close()

    def renames(self, commit: str) -> Mapping[str, str]:
        """Files that have moved between a commit and what is checked out: their new paths by the old ones.

        Two trees are compared; what is not committed yet is left alone, because git would run filters on it.
        """
        listed = self._output("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", commit, "HEAD")
        names = [os.fsdecode(each) for each in (listed or b"").split(b"\0")]
        return dict(zip(names[1::3], names[2::3], strict=False))

    def _blobs(self, commit: str) -> Iterator[_Blob]:
        listed = self._output("ls-tree", "-r", "-l", "-z", "--full-tree", commit)
        for entry in (listed or b"").split(b"\0"):
            head, _, path = entry.partition(b"\t")
            mode, _, name, size = ([part.decode() for part in head.split()] + [""] * 4)[:4]
            place = PurePosixPath(os.fsdecode(path))
            if mode in _BLOB and size.isdigit() and int(size) <= _LARGEST and _is_below(place):
                yield _Blob(place, name)

    def _said(self, *arguments: str) -> str | None:
        output = self._output(*arguments)
        return None if output is None else output.decode("utf-8", "replace").strip() or None

    def _output(self, *arguments: str) -> bytes | None:
        """What a command prints; None where it fails."""
        with self._run(*arguments) as process:
            output, _ = process.communicate()
        return output if process.returncode == 0 else None

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        git = shutil.which("git")
        if git is None:
            raise UsageError("git is needed to read another revision, and is not installed")
        environment = {name: value for name, value in os.environ.items() if not _ELSEWHERE.fullmatch(name)}
        return subprocess.Popen(  # noqa: S603 (git, with arguments of our own)
            [git, *_QUIET, "-C", str(self.root), *arguments],
            env=environment | _ALONE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _is_below(path: PurePosixPath) -> bool:
    """Whether a path of a tree stays within the folder; a tree may hold any name."""
    return bool(path.parts) and not path.is_absolute() and not {"..", ".", ".git"} & set(path.parts)


def _content(stream: IO[bytes], blob: _Blob) -> bytes:
    match stream.readline().split():
        case [_, b"blob", size]:
            data = stream.read(int(size))
        case _:
            raise UsageError(f"git cannot read {blob.path}: its history is not complete here")
    stream.read(1)
    return data


def _write(folder: Path, path: PurePosixPath, data: bytes) -> None:
    place = folder / path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path} of another revision cannot be written: {error.strerror or error}") from error
