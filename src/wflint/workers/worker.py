"""A process that calls functions for us."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar, cast

from wflint.workers.pipes import receive, send

A = TypeVar("A")
B = TypeVar("B")

_START: Final = "import sys; sys.path[:] = sys.argv[1:]; from wflint.workers.serving import main; main()"


class Died(Exception):
    """The process that did a piece of work has ended before it answered."""

    def __init__(self) -> None:
        super().__init__("the process that did it was killed")


def command() -> tuple[str, ...]:
    """Starts a process that imports from where this one does, and nothing from the folder that it is started in.

    That folder may be the audited one: `-I` keeps it off the path, and an empty entry of ours stands for it.
    """
    return (sys.executable, "-I", "-c", _START, *filter(None, sys.path))


def processors() -> int:
    """So many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Worker:
    """A process that is asked one thing at a time; raises `OSError` where no process is to be had."""

    def __init__(self, started_with: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            started_with, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ask(self, function: Callable[[A], B], argument: A) -> B:
        """What the function, one of a module, makes of the argument.

        Raises what the function raises, and `Died` where there is no answer.
        """
        message = pickle.dumps((function, argument), pickle.HIGHEST_PROTOCOL)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            send(self._process.stdin, message)
            answer = receive(self._process.stdout)
        except (OSError, ValueError):  # a pipe that is broken, or closed
            answer = None
        if answer is None:
            raise Died
        worked, found = pickle.loads(answer)  # noqa: S301 (of our own process)
        if not worked:
            raise found
        return cast("B", found)

    def kill(self) -> None:
        """End the process, whatever it is at: who waits for its answer is told that it has died."""
        self._process.kill()

    def bury(self) -> None:
        """End the process and let go of what it leaves; nobody waits for its answer any more."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was not sent yet
                pipe.close()
        self._process.wait()
