"""The errors wflint raises: one root, one class a cause, the facts kept as attributes."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller."""

    CLEAN = 0
    """Nothing at or above the level that fails the run."""
    FINDINGS = 1
    """At least one finding at or above the level that fails the run."""
    USAGE = 2
    """The command line or the configuration is wrong."""
    INTERNAL = 3
    """A fault of wflint's own."""


class WflintError(Exception):
    """Root of every error that wflint raises on purpose."""

    exit_code = ExitCode.INTERNAL


class ConfigError(WflintError):
    """A configuration key or value is wrong; `source` names the file that holds it."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, source: str | None = None) -> None:
        super().__init__(f"{source}: {message}" if source else message)
        self.source = source


class UsageError(WflintError):
    """The command line asks for something that cannot be done."""

    exit_code = ExitCode.USAGE


class UnreadableSource(WflintError):
    """A file that cannot be decoded or parsed; `line` and `column` count from 1."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
