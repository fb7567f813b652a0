"""A team on its way to a workflow."""

from __future__ import annotations

from msgspec import Struct, field

from wflint.assembly.draft import Draft
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Object, Value
from wflint.frontends.autogen.heard import AwaitedWords
from wflint.frontends.autogen.participants import Participant, is_person, participants_of, step_of
from wflint.frontends.autogen.stopping import Stopping
from wflint.model.contract import Certainty
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Choice, FaultKind, Route, Step, StepKind

MANAGER = "__manager__"


class TeamDraft(Struct):
    """A team with its members.

    `graph` are the events of the builder of a flow, `branching` the words that choose ways after a member.
    """

    interp: Interpreter
    team: Object
    draft: Draft
    members: tuple[Participant, ...]
    stopping: Stopping
    graph: list[ApiCall]
    branching: list[tuple[str, AwaitedWords, Span]] = field(default_factory=list)

    @property
    def location(self) -> Location:
        """Where the team is made."""
        return self.team.site

    @property
    def span(self) -> Span:
        return self.location.span

    @property
    def ends(self) -> bool:
        """Whether anything may end the conversation; a person can always break it off."""
        return self.stopping.stops or any(is_person(member.value) for member in self.members)

    @property
    def named(self) -> list[tuple[str, Participant]]:
        """The members whose names are known."""
        return [(member.name, member) for member in self.members if member.name is not None]

    def argument(self, name: str, position: int | None = None) -> Value | None:
        """An argument of the team's constructor."""
        return self.team.arguments.get(name, position)

    def seat(self) -> None:
        """Make every member a step."""
        seen: dict[str, Participant] = {}
        for member in self.members:
            if member.name is None:
                self.draft.open("a participant's name is not known statically", self.span, Aspect.STEPS)
                continue
            step = step_of(self.interp, member.name, member.value, self.location)
            other = seen.setdefault(member.name, member)
            if other is not member and other.certain and member.certain and other.value is not member.value:
                first = self.draft.steps[member.name].span
                self.draft.fault(FaultKind.DUPLICATE_STEP, member.name, step.span, first)
            self.draft.steps.setdefault(member.name, step)

    def seat_manager(self, model: str | None) -> None:
        """The step of whoever picks the next speaker."""
        self.draft.steps[MANAGER] = Step(MANAGER, StepKind.ROUTER, self.span, needs_open=True, model=model)

    def choose(
        self, source: str, name: str, targets: list[tuple[str, Span]], *, ends: bool, counts: bool = False
    ) -> int:
        """A decision after a step; `ends` where it may also choose nobody. Gives its index."""
        return self.draft.choose(
            Choice(
                source=source,
                name=name,
                span=targets[0][1] if targets else self.span,
                routes=tuple(Route(target, span, Certainty.POSSIBLE) for target, span in targets),
                may_return_none_at=self.span if ends else None,
                is_goto=ends,
                counts=counts,
            )
        )


def members_of(team: Object) -> tuple[Participant, ...]:
    """The participants that a team's constructor is given."""
    return participants_of(team.arguments.get("participants", 0))
