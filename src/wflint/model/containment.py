"""Faults of wflint's own that are kept in one place: the run goes on, and the user is told what it misses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct, field

from wflint.errors import ExitCode, WflintError
from wflint.model.program import Notice
from wflint.model.span import Span

FRAMES_SHOWN = 60
"""Innermost frames of a traceback that are kept; those of a runaway recursion are all alike."""


class InternalError(Struct, frozen=True):
    """An exception that was not meant to happen, as a notice and as a traceback."""

    notice: Notice
    traceback: str


class Containment(Struct, frozen=True):
    """The internal errors of a run so far."""

    errors: list[InternalError] = field(default_factory=list)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """One notice for each place and kind of error."""
        return tuple(dict.fromkeys(error.notice for error in self.errors))

    @contextmanager
    def contain(
        self, subject: str, span: Span, consequence: str, clean_up: Callable[[], None] | None = None
    ) -> Iterator[None]:
        """Turn an exception into a notice about `subject`; what the user got wrong still ends the run.

        `clean_up` puts back what the code inside has left half done.
        """
        try:
            yield
        except Exception as error:
            if isinstance(error, WflintError) and error.exit_code is not ExitCode.INTERNAL:
                raise
            if clean_up is not None:
                clean_up()
            message = f"internal error in {subject}: {type(error).__name__}; {consequence}"
            self.errors.append(InternalError(Notice(message, span), _traceback_of(error)))


def _traceback_of(error: Exception) -> str:
    import traceback

    return "".join(traceback.format_exception(error, limit=-FRAMES_SHOWN))
