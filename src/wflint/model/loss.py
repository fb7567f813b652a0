"""What a framework does not run, or does not let finish, although the source has it."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

from msgspec import Struct

from wflint.model.contract import Certainty
from wflint.model.finding import Cause, Level, Observation, Persona, Related
from wflint.model.span import Span


class LossKind(StrEnum):
    """What a framework leaves out although the source has it."""

    ROUTE = "route"
    """A router or listener that another one hides."""
    BRANCH = "branch"
    """Work that is cancelled once another branch is done."""
    GUARD = "guard"
    """A check that is not made where it stands."""
    SILENCE = "silence"
    """A step that leads on and hands nothing on."""
    CONDITION = "condition"
    """A condition that is given another result than the one it is about."""
    JOIN = "join"
    """A step that waits for more than ever comes."""
    OUTPUT = "output"
    """A result under a name that is declared nowhere."""
    PAYLOAD = "payload"
    """Something to hand on that is made without a part that it must have."""
    UPDATE = "update"
    """A change that nobody keeps."""
    REPEAT = "repeat"
    """Something that is looked up once more, with the same."""
    UNREAD = "unread"
    """A result that is handed to somebody who makes no use of it."""
    EARLY = "early"
    """Something that is read before the framework makes it."""
    ABSENT = "absent"
    """A part that is taken of something which has none of that name."""
    UNPASSED = "unpassed"
    """Something that is read of what callers pass, and that none passes."""
    TOOL = "tool"
    """A tool that a model is given and nobody runs."""
    BOUND = "bound"
    """A limit that does not end what it is there to end."""
    REDUCER = "reducer"
    """What is to merge writes, and does not, or not only those of one run."""


class Loss(Struct, frozen=True):
    """Something that the framework does not run, or does not let finish, and tells nobody.

    `subject` says what in words, `reason` why, `advice` what to do; `other` is the place that is to blame, `step` the
    step that it is about. `in_some` is true where only some runs lose it, for the rule to say more softly;
    `for_auditors` where more may be to come, or is merely not seen.
    """

    kind: LossKind
    subject: str
    span: Span
    reason: str
    advice: str
    other: Span | None = None
    step: str | None = None
    certainty: Certainty = Certainty.CERTAIN
    in_some: bool = False
    for_auditors: bool = False

    def is_at(self, steps: Container[str]) -> bool:
        """Whether it is at one of these steps, or at none in particular."""
        return self.step is None or self.step in steps

    @property
    def observation(self) -> Observation:
        """What a rule says of it; where it depends on something unknown, as a note."""
        return Observation(
            message=f"{self.subject} {self.reason}; {self.advice}",
            span=self.span,
            key=(self.kind.value, self.subject),
            related=(Related(self.other, "because of this"),) if self.other is not None else (),
            level=Level.NOTE if self.certainty is not Certainty.CERTAIN else Level.WARNING if self.in_some else None,
            persona=Persona.AUDITOR if self.for_auditors else None,
            step=self.step,
            cause=Cause(f"{self.kind} {self.reason}"),
        )
