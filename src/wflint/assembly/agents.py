"""Agents as steps: one row a framework says where its agents keep what a step tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.contracts.false_success import false_successes
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.prompt_texts import prompt_from, prompt_texts
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.function_summary import summarize
from wflint.assembly.sequences import Element, elements, known_text, possibly_incomplete
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    NONE,
    Bound,
    Const,
    Function,
    Location,
    Object,
    Partial,
    Sequence,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.model.conduct import Conduct
from wflint.model.contract import Offer
from wflint.model.loss import Loss, LossKind
from wflint.model.prompt import Prompt, PromptText, TextRole
from wflint.model.span import Span

WRAPPED = ("func", "fn", "async_fn", "function")
"""Arguments by which tools are made around functions."""
AS_TOOL = "as_tool"
"""The method that makes a tool of an agent, which is a step and no tool."""


def part(made: Object, name: str) -> Value | None:
    """An attribute: as set, as given, or as the class has it; None where it is none of these, or None."""
    value = made.content.get(name)
    if value is None:
        value = made.arguments.get(name)
    if value is None and made.cls is not None:
        found = made.cls.find(name)
        value = None if isinstance(found, Function) else found
    return None if value == NONE else value


class AgentRow(Struct, frozen=True):
    """Where the agents of a framework keep what a step tells, by the names of their attributes.

    `told` tell the model what to do, `about` tell others what the agent does, `hiding` may tell the model more. `tool`
    are the attributes that name a tool; `bare` is false where nothing else but its function does. One tool need not
    be in a list where it may be `single`.
    """

    told: tuple[str, ...]
    about: tuple[str, ...] = ()
    hiding: tuple[str, ...] = ()
    tool: tuple[str, ...] = ("name",)
    bare: bool = True
    single: bool = False

    def prompt(self, interp: Interpreter, agent: Object, *, hidden: bool = False) -> Prompt:
        """What its model is told; `hidden` where it may be told more for another reason."""
        place = ArgumentLocator.of(interp).argument
        told = (_told(interp, part(agent, name), place(agent, name)) for name in self.told)
        about = (prompt_texts(part(agent, name), place(agent, name).span, TextRole.ABOUT) for name in self.about)
        more = hidden or agent.arguments.open or any(part(agent, name) is not None for name in self.hiding)
        return prompt_from(*told, *about, hidden=more)

    def description(self, agent: Object) -> str:
        """What it does: as it is told itself, or as others are told."""
        texts = (known_text(part(agent, name)) for name in (*self.told, *self.about))
        return next((text for text in texts if text), "")

    def tools(self, *listed: Value | None) -> tuple[str, ...]:
        """What the tools in some lists are called, those apart that are agents."""
        tools = [entry.value for each in listed for entry in elements(each)]
        tools += [each for each in listed if self.single and each is not None and not isinstance(each, Sequence)]
        return tuple(dict.fromkeys(name for tool in tools for name in self._names(tool)))

    def conduct(self, *listed: Value | None) -> Conduct:
        """What the code of the tools in some lists does about failures."""
        tools = [entry.value for each in listed for entry in elements(each)]
        return Conduct(false_successes=false_successes(code_of_tool(tool) for tool in tools))

    def named(self, listed: Value | None) -> Iterator[tuple[str, Element]]:
        """The tools of a list, each by its name."""
        yield from ((name, entry) for entry in elements(listed) for name in self._names(entry.value))

    def _names(self, tool: Value | None) -> Iterator[str]:
        match tool:
            case Const(value=str(name)):
                yield name
            case Function(name=name, unmodelled_decorators=marks):
                yield renamed(marks) or name
            case Bound(function=function) | Partial(function=function):
                yield from self._names(function)
            case Object() if last_of(tool.path) != AS_TOOL:
                yield from self._of_object(tool)
            case _:
                pass

    def _of_object(self, tool: Object) -> Iterator[str]:
        """The name of a tool: given, that of its function, or that of its class."""
        given = next((text for name in self.tool if (text := text_of(part(tool, name)))), None)
        own = tool.cls.name if tool.cls is not None else last_of(tool.path)
        called = [given] if given else [*self._names(wrapped_in(tool))]
        yield from called or ([own] if self.bare else [])


def more_tools(listed: Value | None) -> bool:
    """Whether a list may hold tools whose names it does not show.

    What a function of a library makes, or a method of one of its classes, has a name that only the library knows.
    """
    return possibly_incomplete(listed) or any(_has_hidden_name(entry.value) for entry in elements(listed))


def _has_hidden_name(tool: Value) -> bool:
    return (
        isinstance(tool, Object)
        and tool.cls is None
        and last_of(tool.path)[:1].islower()
        and last_of(tool.path) != AS_TOOL
        and text_of(part(tool, "name")) is None
        and wrapped_in(tool) is None
    )


def code_of_tool(tool: Value | None) -> Value | None:
    """The function that a tool is, or is made around; None where that is not shown."""
    return wrapped_in(tool) if isinstance(tool, Object) else tool


def _told(interp: Interpreter, value: Value | None, location: Location) -> Iterator[PromptText]:
    """What a text tells, or what a function gives that is asked for one in each run."""
    summary = summarize(interp, value, None, location) if isinstance(value, Function | Bound | Partial) else None
    if summary is None or not summary.complete:
        yield from prompt_texts(value, location.span)
        return
    for site in summary.returns:
        yield from prompt_texts(site.value, (site.location or location).span)


def wrapped_in(tool: Object) -> Value | None:
    """What a tool is made around; None where that is no function."""
    around = next((tool.arguments.get(name) for name in WRAPPED if tool.arguments.get(name)), None)
    inner = around or tool.arguments.get("", 0)
    return inner if isinstance(inner, Function | Bound | Partial) else None


def renamed(marks: Iterable[Value]) -> str | None:
    """The name that a decorator gives a tool: `@function_tool(name_override=...)`, `@tool("...")`."""
    tools = (mark for mark in marks if isinstance(mark, Object) and last_of(mark.path).endswith("tool"))
    given = (mark.arguments.get("name_override", 0) or mark.arguments.get("name") for mark in tools)
    return next((name for value in given if (name := text_of(value))), None)


def hidden_tools(named: Iterable[tuple[str | None, Element]]) -> Iterator[Loss]:
    """Of two tools of one name the first one: the framework runs the last."""
    seen: dict[str, Span] = {}
    for name, entry in named:
        place = _place(entry.value) if entry.certain else None
        if name is None or place is None:
            continue
        before = seen.get(name)
        seen[name] = place
        if before is not None and before != place:
            yield Loss(
                LossKind.ROUTE,
                f'the tool "{name}"',
                before,
                "is never run: another one of the same name comes after it, and the last one counts",
                "give them different names",
                place,
            )


def _place(tool: Value) -> Span | None:
    """Where a tool of a function is made; names of others are not certain, and people replace a library's."""
    if isinstance(tool, Object):
        given = part(tool, "name") or part(tool, "name_override")
        known = given is None or text_of(given) is not None
        return tool.site.span if known and isinstance(wrapped_in(tool), Function) else None
    return tool.location.span if isinstance(tool, Function) and not tool.module.stub else None


def model_in(value: Value | None, *keys: str, first: bool = False, by_name: bool = True) -> str | None:
    """The model that an object stands for, by one of its arguments, the `first` perhaps; or that a text names."""
    position = 0 if first else None
    for option in alternatives(value):
        held = option.arguments if isinstance(option, Object) else None
        named = [held.get(key, position) for key in keys] if held is not None else [option] if by_name else []
        name = next((text for each in named if (text := text_of(each))), None)
        if name is not None:
            return name
    return None


def answer_fields(interp: Interpreter, type_: Value | None, location: Location) -> tuple[Offer, ...]:
    """The fields of an answer that is declared to be an object of a class."""
    schema = schema_of(interp, type_, location)
    fields = schema.fields if schema is not None else ()
    formed = of_answer(formed=True)
    return tuple(
        Offer(field.name, field.span, type=field.type, description=field.description, origins=formed)
        for field in fields
    )
