"""What a worker process does: call what it is sent, and answer with what came of it, until there is no more."""

from __future__ import annotations

import os
import pickle

from wflint.workers.pipes import receive, send


def main() -> None:
    """Take from what was standard input, and answer on what was standard output.

    What is printed meanwhile goes nowhere, and who reads, such as a program that asks for a password, finds nothing.
    """
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    while (asked := receive(questions)) is not None:
        send(answers, _answer(asked))


def _answer(asked: bytes) -> bytes:
    """Whether it worked, and the result, or the error."""
    try:
        function, argument = pickle.loads(asked)  # noqa: S301 (of the process that started this one)
        return pickle.dumps((True, function(argument)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 (whoever asked is told, and goes on or does not)
        return _told(error)


def _told(error: Exception) -> bytes:
    """An error as a message; one that cannot be sent, or not read again, as its words."""
    try:
        message = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(message)  # noqa: S301 (just made)
    except Exception:  # noqa: BLE001 (errors of libraries take what they like)
        message = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")), pickle.HIGHEST_PROTOCOL)
    return message
