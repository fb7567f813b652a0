"""Who takes part in a team: agents, people, and other teams."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.agents import AgentRow, answer_fields, model_in, more_tools
from wflint.assembly.contracts.checks import form
from wflint.assembly.contracts.prompt_texts import is_scripted
from wflint.assembly.contracts.remote_calls import asked_unguarded
from wflint.assembly.contracts.shapes import shape_of
from wflint.assembly.contracts.unfilled import left_in_braces
from wflint.assembly.sequences import Element, elements, is_unset, may_be_set
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Location, Object, Value, last_of, text_of
from wflint.frontends.autogen.table import ASSISTANT, EXECUTOR, FILTER, SOCIETY, TEAMS, USER
from wflint.model.conduct import Conduct
from wflint.model.contract import Check
from wflint.model.prompt import Prompt, PromptText, TextRole
from wflint.model.workflow import Step, StepKind


class Participant(Struct, frozen=True):
    """A member of a team, as the list of participants has it; `name` is None where the source does not tell."""

    name: str | None
    element: Element

    @property
    def value(self) -> Value:
        """What takes part."""
        return self.element.value

    @property
    def certain(self) -> bool:
        """Whether it always takes part."""
        return self.element.certain


def participants_of(value: Value | None) -> tuple[Participant, ...]:
    """The members in order, as far as they are known."""
    return tuple(Participant(name_of(entry.value), entry) for entry in elements(value))


def name_of(value: Value) -> str | None:
    """What a team calls an agent, a nested team, or somebody who is given by name; None where that is not known."""
    if not isinstance(value, Object):
        return text_of(value)
    own = text_of(value.content.get("name"))
    if own is not None:
        return own
    if value.path in TEAMS:
        return text_of(value.arguments.get("name")) or last_of(value.path)
    if value.content.get("name") is not None:
        return None
    return text_of(value.arguments.get("name", 0))


def step_of(interp: Interpreter, name: str, value: Value, fallback: Location) -> Step:
    """A member as a step; `fallback` is the place of those that the source only names."""
    if not isinstance(value, Object):
        return Step(name, StepKind.AGENT, fallback.span, offers_open=True, needs_open=True)
    inner = inner_team(value)
    offers = answer_fields(interp, _given(value, "output_content_type"), value.site)
    prompt = _told(interp, value)
    return Step(
        id=name,
        kind=_kind(value) if inner is None else StepKind.SUBWORKFLOW,
        span=value.site.span,
        definition=value.cls.location.span if isinstance(value.cls, Class) and not value.cls.module.stub else None,
        offers=offers,
        offers_open=not offers,
        needs_open=True,
        workflow=str(inner.site.span) if inner is not None else None,
        tools=AGENT.tools(_given(value, "tools")),
        tools_open=more_tools(_given(value, "tools")) or may_be_set(_given(value, "workbench")),
        model=model_in(_given(value, "model_client"), "model", by_name=False),
        checks=_checks(value),
        result=shape_of(_given(value, "output_content_type"), interp) if says_form(value) else None,
        description=AGENT.description(_wrapped(value)),
        prompt=prompt,
        template_gaps=left_in_braces(value, prompt),
        conduct=Conduct(remote_calls=asked_unguarded(_given(value, "model_client"))),
    )


AGENT = AgentRow(told=("system_message",), about=("description",), hiding=("memory",))
DEFAULT_MESSAGE = (
    "You are a helpful AI assistant. Solve tasks using your tools. "
    "Reply with TERMINATE when the task has been completed."
)
"""What an assistant is told that nobody tells anything."""


def _told(interp: Interpreter, value: Object) -> Prompt | None:
    """What an assistant is told; nothing is known about agents of other kinds."""
    agent = _wrapped(value)
    if agent.path != ASSISTANT or agent.cls is not None:
        return None
    told = AGENT.prompt(interp, agent, hidden=is_scripted(agent.arguments.get("model_client", 1)))
    if agent.arguments.get("system_message") is not None:
        return told
    return replace(told, texts=(PromptText(DEFAULT_MESSAGE, value.site.span, TextRole.STANDARD), *told.texts))


def inner_team(value: Value) -> Object | None:
    """The team that a member is, or speaks for."""
    if not isinstance(value, Object):
        return None
    if value.path in TEAMS:
        return value
    if value.path == SOCIETY:
        team = value.arguments.get("team", 1)
        return team if isinstance(team, Object) and team.path in TEAMS else None
    return None


def is_person(value: Value) -> bool:
    """Whether a person answers."""
    return isinstance(value, Object) and _wrapped(value).path == USER


def _wrapped(value: Object) -> Object:
    """The agent whose messages are filtered; any other agent itself."""
    inner = value.arguments.get("wrapped_agent", 1) if value.path == FILTER else None
    return inner if isinstance(inner, Object) else value


def _given(value: Object, name: str) -> Value | None:
    return _wrapped(value).arguments.get(name, 1 if name == "model_client" else None)


def _kind(value: Object) -> StepKind:
    agent = _wrapped(value)
    if agent.path == USER:
        return StepKind.HUMAN
    if agent.path == EXECUTOR:
        return StepKind.AGENT if agent.arguments.get("model_client") is not None else StepKind.TOOL
    custom = agent.cls is not None and agent.path != ASSISTANT and agent.arguments.get("model_client") is None
    return StepKind.FUNCTION if custom else StepKind.AGENT


def says_form(value: Object) -> bool:
    """Whether all that an assistant says is of its declared form: no hand-off, and no result of a tool as it is."""
    agent, content = _wrapped(value), _given(value, "output_content_type")
    given = [agent.arguments.get(name) for name in ("handoffs", "tools", "workbench", "reflect_on_tool_use")]
    plain = agent.path == ASSISTANT and agent.cls is None and not agent.arguments.open
    reflects = all(map(is_unset, given[1:3])) or given[3] in (None, NONE, Const(value=True))
    return plain and isinstance(content, Class) and is_unset(given[0]) and reflects


def _checks(value: Object) -> tuple[Check, ...]:
    """Messages whose content does not have the declared form are not sent."""
    content = _given(value, "output_content_type")
    return (form(content, value.site),) if isinstance(content, Class) else ()
