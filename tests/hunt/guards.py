"""What a command on an input may touch: nothing is run, nothing outside is read, nothing is written unasked.

The interpreter tells a hook of every file that Python opens and of everything that it starts. What the hook sees it
writes down; it stops nothing, so that what happens here is what happens to people.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

import wflint

STARTS = (
    "os.exec", "os.fork", "os.forkpty", "os.kill", "os.posix_spawn", "os.spawn", "os.startfile", "os.system",
    "pty.spawn", "socket.bind", "socket.connect", "socket.get", "socket.send", "subprocess.Popen", "urllib.Request",
    "webbrowser.open",
)  # fmt: skip
CHANGES = frozenset(
    {
        "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.setxattr",
        "os.symlink", "os.truncate", "os.utime", "shutil.copyfile", "shutil.move", "shutil.rmtree",
    }
)  # fmt: skip
LOOKS = frozenset({"os.listdir", "os.scandir"})
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OWN = Path(wflint.__file__).parent
PYTHON = tuple(
    f"{os.path.realpath(str(folder))}{os.sep}"
    for folder in {sys.prefix, sys.base_prefix, OWN, OWN.parents[1] / "rules", *filter(os.path.isdir, sys.path[1:])}
)
"""Where Python and wflint read what they are made of."""
HARMLESS = ("/dev/null", "/usr/share/zoneinfo/", "/etc/localtime", "/proc/self/", "/proc/cpuinfo", "/proc/meminfo")


class Watch:
    """Tells of every step outside `readable` and `writable`, while there is somebody to `tell`."""

    def __init__(self) -> None:
        self.readable: tuple[str, ...] = ()
        self.writable: tuple[str, ...] = ()
        self.tell: Callable[[str], object] | None = None
        sys.dont_write_bytecode = True  # what Python keeps of modules that it loads is no write of wflint's
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.tell is None:
            return
        if event == "open":
            self._opened(self.tell, *arguments)
        elif event in CHANGES:
            paths = arguments[:2] if event in {"os.rename", "os.link", "shutil.copyfile"} else arguments[:1]
            for path in paths:
                if not self._lies_in(path, self.writable):
                    self.tell(f"{event} {path}")
        elif event in LOOKS:
            if not self._lies_in(arguments[0], self.readable):
                self.tell(f"looks into {arguments[0]}")
        elif event == "exec":
            self._executed(self.tell, arguments[0])
        elif event.startswith(STARTS):
            self.tell(f"{event} {arguments!r:.200}")

    def _opened(self, tell: Callable[[str], object], path: object, mode: object = None, flags: object = 0) -> None:
        writes = bool(flags & WRITES) if isinstance(flags, int) else any(each in str(mode) for each in "wax+")
        if not self._lies_in(path, self.writable if writes else self.readable):
            tell(f"{'writes' if writes else 'reads'} {path}")

    def _executed(self, tell: Callable[[str], object], code: object) -> None:
        """Python's own modules are executed when they are imported; a source that is judged never is."""
        caller = sys._getframe(2).f_code.co_filename  # noqa: SLF001 (whoever executes)
        if not isinstance(code, CodeType):
            return
        is_generated = not Path(code.co_filename).is_absolute()  # of a library, where no file of wflint asks for it
        if caller.startswith(str(OWN)) or not (is_generated or _within(code.co_filename, PYTHON)):
            tell(f"executes {code.co_filename} for {caller}")

    def _lies_in(self, path: object, folders: tuple[str, ...]) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return True  # what is open already, or the folder one is in
        return _within(os.fsdecode(path), folders)


def _within(path: str, folders: tuple[str, ...]) -> bool:
    place = os.path.realpath(path) if "\0" not in path else path
    return f"{place}{os.sep}".startswith(folders) or place.startswith(HARMLESS)


_WATCH: list[Watch] = []


@contextmanager
def watched(folder: Path, *writable: Path, tell: Callable[[str], object]) -> Iterator[None]:
    """Faults are told meanwhile; the `folder` may be read, the `writable` ones written, too."""
    watch = _WATCH[0] if _WATCH else Watch()
    _WATCH[:] = [watch]
    watch.writable = (*HARMLESS[:1], *(f"{os.path.realpath(each)}{os.sep}" for each in writable))
    watch.readable = (*PYTHON, *watch.writable, f"{os.path.realpath(folder)}{os.sep}")
    watch.tell = tell
    try:
        yield
    finally:
        watch.tell = None
