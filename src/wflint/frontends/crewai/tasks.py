"""Tasks as steps: what they are called, what they promise and what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.agents import AgentRow, answer_fields, more_tools
from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.contracts.checks import form, name_of
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.passing_guards import passing_guard
from wflint.assembly.contracts.prompt_texts import prompt_from, prompt_texts
from wflint.assembly.sequences import elements, is_surely_set, known_text
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import NONE, Const, Location, Object, Sequence, Value, alternatives, text_of
from wflint.frontends.crewai.guards import read_too_early, replaces
from wflint.frontends.crewai.parts import configuration, given, is_open, model_of, place_of, words
from wflint.frontends.crewai.project import METHOD, PROJECT
from wflint.model.conduct import Conduct, PassingGuard
from wflint.model.contract import Check, CheckKind, Need, Offer
from wflint.model.loss import Loss, LossKind
from wflint.model.prompt import Prompt, TextRole, sentence_around
from wflint.model.workflow import Step, StepKind
from wflint.source import code

TASK_TEXTS = ("description", "expected_output", "output_file")
AGENT_TEXTS = ("role", "goal", "backstory")
TOOLS = AgentRow(told=AGENT_TEXTS, tool=())
"""Tools are called by their functions and classes: what they call themselves is for the model."""
GUARDRAILS = ("guardrail", "guardrails")
RESULT = "expected_output"
TEMPLATES = ("system_template", "prompt_template", "response_template")
MODELS = ("output_pydantic", "output_json", "response_model")
"""Attributes that declare the form of a task's result."""


class Listed(Struct, frozen=True):
    """A task in a crew's list: where it stands there, and whether it always does.

    `after_gap` where tasks that cannot be told may come between it and the one before. Tasks in one `slot` stand there
    one instead of the other; it is not always `filled` where there may be none.
    """

    made: Object
    written: code.ExprT | None
    location: Location
    certain: bool
    after_gap: bool
    slot: int
    filled: bool


def key_of(task: Object) -> object:
    """What makes two task objects one: the framework runs a decorated method once and keeps its result."""
    method = task.content.get(METHOD)
    return method if method is not None else id(task)


def names_of(tasks: list[Listed], around: str | None) -> list[str]:
    """What the framework, or else the source, calls each task; no two alike. `around` is what makes the crew."""
    variables = [_variable(task, around) for task in tasks]
    names: list[str] = []
    for number, (task, variable) in enumerate(zip(tasks, variables, strict=True), start=1):
        telling = variable if variables.count(variable) == 1 else None
        name = _name(task) or telling or f"task_{number}"
        same = sum(other == name or other.startswith(f"{name}#") for other in names)
        names.append(f"{name}#{same + 1}" if same else name)
    return names


def _name(task: Listed) -> str | None:
    """The name that a task is given, that of the method that makes it, or how the crew's list refers to it."""
    given_name, method = text_of(given(task.made, "name")), text_of(task.made.content.get(METHOD))
    return given_name or method or (None if _is_inline(task) else _written_name(task.written))


def _variable(task: Listed, around: str | None) -> str | None:
    """The variable or function that a task comes from, where it is made elsewhere."""
    maker = task.made.created_in if task.made.created_in != around else None
    return None if _is_inline(task) else task.made.name or maker


def _is_inline(task: Listed) -> bool:
    return task.written is not None and task.made.location == Location(task.location.module, task.written.at)


def _written_name(expression: code.ExprT | None) -> str | None:
    match expression:
        case code.Name(id=name) | code.Attribute(name=name):
            return name
        case code.Call(func=function):
            return _written_name(function)
        case code.Await(value=value):
            return _written_name(value)
        case _:
            return None


def step_of(interp: Interpreter, source: ArgumentLocator, name: str, task: Listed, agent: Object | None) -> Step:
    """The step that a task is."""
    made = task.made
    settings = configuration(made)
    where = settings.location if settings is not None and settings.location is not None else made.site
    described = words(source, made, "description")
    return Step(
        name,
        StepKind.AGENT,
        made.site.span,
        definition=where.span,
        offers=tuple(_offers(interp, source, name, made)),
        needs=_placeholders(source, made, agent),
        needs_open=is_open(made) or (is_open(agent) if agent is not None else given(made, "agent") is not None),
        tools=TOOLS.tools(given(made, "tools"), given(agent, "tools") if agent is not None else None),
        tools_open=any(more_tools(given(one, "tools")) for one in (made, agent) if one is not None),
        model=model_of(given(agent, "llm")) if agent is not None else None,
        retries=_retries(agent),
        checks=tuple(_checks(made)),
        conduct=Conduct(passing_guards=tuple(_passing(made))),
        description=" ".join(described.text.split()) if described is not None else "",
        prompt=_told(source, made, agent),
        worker=known_text(given(agent, "role")) if agent is not None else "",
    )


def _told(source: ArgumentLocator, made: Object, agent: Object | None) -> Prompt:
    """What the model is told about a task, and about who it is."""
    hidden = is_open(made) or agent is None or is_open(agent) or any(given(agent, name) for name in TEMPLATES)
    texts = [prompt_texts(given(made, "description"), place_of(source, made, "description"))]
    texts.append(prompt_texts(given(made, RESULT), place_of(source, made, RESULT), TextRole.RESULT))
    if agent is not None:
        texts += [
            prompt_texts(given(agent, name), place_of(source, agent, name), TextRole.SELF) for name in AGENT_TEXTS
        ]
    return prompt_from(*texts, hidden=hidden)


def _retries(agent: Object | None) -> bool:
    """An agent tries again after an error unless it is told not to."""
    limit = given(agent, "max_retry_limit") if agent is not None else None
    return not (isinstance(limit, Const) and limit.value == 0)


def _checks(made: Object) -> Iterator[Check]:
    """The declared form, which a result that cannot be brought into it does not get; and guardrails, which repeat."""
    model = declared_form(made)
    if model is not None:
        yield replace(form(model, made.site), enforced=False)
    limit = given(made, "guardrail_max_retries") or given(made, "max_retries")
    again = not (isinstance(limit, Const) and limit.value == 0)
    for name in GUARDRAILS:
        for entry in _guardrails(given(made, name)):
            yield Check(CheckKind.CODE, name_of(entry) or name, made.site.span, retries=again)


def _passing(made: Object) -> Iterator[PassingGuard]:
    found = (passing_guard(guard, replaces) for guard in _checking(made))
    yield from (guard for guard in found if guard is not None)


def guard_losses(interp: Interpreter, name: str, made: Object) -> Iterator[Loss]:
    """What guardrails read of a task's result before it is made, and the one that a list of them takes the place of."""
    yield from read_too_early(interp, name, _checking(made))
    one, several = given(made, GUARDRAILS[0]), list(_guardrails(given(made, GUARDRAILS[1])))
    if several and is_surely_set(one) and not is_open(made):
        why = "never runs: with `guardrails`, only those are called"
        subject = f'`guardrail` of step "{name}"'
        yield Loss(LossKind.GUARD, subject, made.site.span, why, "put it into the list", step=name)


def _checking(made: Object) -> Iterator[Value]:
    """What checks a task's result: functions, and texts that a model goes by."""
    for name in GUARDRAILS:
        yield from _guardrails(given(made, name))


def _guardrails(value: Value | None) -> Iterator[Value]:
    """One guardrail, or several in a list; a text is one, too: a model looks."""
    for option in alternatives(value):
        if isinstance(option, Sequence):
            yield from (entry.value for entry in elements(option))
        elif option != NONE:
            yield option


def _offers(interp: Interpreter, source: ArgumentLocator, name: str, made: Object) -> Iterator[Offer]:
    """The result as a whole under the task's name and, where its form is declared, its fields."""
    expected = known_text(given(made, RESULT))
    model = declared_form(made)
    type_ = model.name if model is not None else "str"
    span = place_of(source, made, RESULT)
    origins = of_answer(formed=model is not None)
    yield Offer(name, span, type=type_, description=" ".join(expected.split()), origins=origins)
    yield from (offer for offer in answer_fields(interp, model, made.site) if offer.name != name)


def declared_form(made: Object) -> Class | None:
    """The class that a task's result is an object of; configuration names it by the class of the project."""
    for value in (given(made, name) for name in MODELS):
        for option in alternatives(value):
            cls = _inner(made, option)
            if isinstance(cls, Class):
                return cls
    return None


def _inner(made: Object, option: Value) -> Value | None:
    project, name = made.content.get(PROJECT), text_of(option)
    if name is not None and isinstance(project, Class):
        return project.find(name)
    return bare(option)


def _placeholders(source: ArgumentLocator, made: Object, agent: Object | None) -> tuple[Need, ...]:
    """What the texts of a task and of its agent are filled with, each once, where it is first named."""
    texts = [words(source, made, name) for name in TASK_TEXTS]
    texts += [words(source, agent, name) for name in AGENT_TEXTS] if agent is not None else []
    found: dict[str, Need] = {}
    for text in texts:
        for name in text.placeholders if text is not None else ():
            assert text is not None
            wording = sentence_around(text.text, re.compile(rf"\{{{re.escape(name)}\}}"))
            found.setdefault(name, Need(name, text.place(name), type="str", wording=wording))
    return tuple(found.values())
