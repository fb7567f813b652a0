"""What agents of pydantic-ai refuse, or fail at, be they part of a graph or not (pydantic-ai 2.68)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.sequences import elements
from wflint.assembly.signatures import gives_nothing
from wflint.assembly.type_fit import never_fits
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of, show
from wflint.evaluate.values import NONE, Function, Location, Object, Value
from wflint.frontends.pydantic_graph.table import AGENT, ASKING, TELLING, VALIDATORS
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind
from wflint.source import code
from wflint.source.walking import nodes_in

DEPS: Final = "deps"
ANY: Final = frozenset({"", "object", "Any", "NoneType"})
"""Types of dependencies that promise nothing."""
MESSAGES: Final = "messages"
HISTORY: Final = "message_history"


def refused_agents(interp: Interpreter) -> Iterator[Fault]:
    """Runs without dependencies that are read, runs that take up an unfinished one, validators that give nothing."""
    agents = [made for made in interp.objects if made.path == AGENT and made.location is not None]
    for agent in agents:
        yield from _forgetful(agent)
        for function in _functions(agent, "tools"):
            yield from _takes_up(function)
    yield from _without_dependencies(interp, agents)


def _functions(agent: Object, name: str) -> list[Function]:
    """The functions of the source that an agent has for something."""
    held = agent.content.get(name) or agent.arguments.get(name)
    made = [entry.value for entry in elements(held)]
    inner = [each.arguments.get("function", 0) if isinstance(each, Object) else each for each in made]
    found = [function_of(each) for each in inner if each is not None]
    return [each for each in found if isinstance(each, Function) and isinstance(each.node, code.FunctionDef)]


def _forgetful(agent: Object) -> Iterator[Fault]:
    """Validators of answers that end without giving one back."""
    for function in _functions(agent, VALIDATORS):
        if gives_nothing(function):
            text = f'validator "{function.name}" gives nothing back, so that every answer of its agent is None'
            yield Fault(FaultKind.FAILING, text, function.location.span, agent.site.span)


def _takes_up(function: Function) -> Iterator[Fault]:
    """Runs of another agent, in a tool, with all that was said before: the call of the tool has no answer there yet."""
    context = _context(function)
    for node in nodes_in(function.node.body) if isinstance(function.node, code.FunctionDef) and context else ():
        if not isinstance(node, code.Call) or not isinstance(node.func, code.Attribute) or node.func.name not in ASKING:
            continue
        history = next((each.value for each in node.keywords if each.name == HISTORY), None)
        match history:
            case code.Attribute(value=code.Name(id=name), name=part) if name == context and part == MESSAGES:
                if node.args or any(each.name == "user_prompt" for each in node.keywords):
                    text = f'a run in tool "{function.name}" with the messages of the run that calls it'
                    why = "the last one is the call of this tool, which has no answer yet; leave it out"
                    span = Location(function.module, node.at).span
                    yield Fault(FaultKind.REFUSED, text, span, detail=why)
            case _:
                pass


def _context(function: Function) -> str | None:
    parameter = next(iter(function.node.parameters), None)
    return parameter.name if parameter is not None else None


def _without_dependencies(interp: Interpreter, agents: list[Object]) -> Iterator[Fault]:
    """Runs that pass no dependencies to an agent that says of what class they are, and whose functions read them."""
    known = {id(agent): agent for agent in agents}
    overridden = {id(call.subject) for call in interp.api_calls if call.method == "override"}
    for call in interp.api_calls:
        agent = known.get(id(call.subject))
        if agent is None or call.method not in ASKING or id(agent) in overridden:
            continue
        if call.arguments.open or _promises_nothing(agent):
            continue
        given = call.get(DEPS)
        if given not in (None, NONE):
            yield from _of_another_class(agent, given, call.span)
            continue
        always = next(filter(None, map(_reading, _functions(agent, TELLING))), None)
        place = always or next(filter(None, map(_reading, _functions(agent, "tools"))), None)
        if place is not None:
            text = "a run without dependencies of an agent whose functions read them"
            why = "there are none by default; it fails there"
            yield Fault(FaultKind.REFUSED, text, call.span, place, why, may_be=always is None)


def _of_another_class(agent: Object, given: Value | None, span: Span) -> Iterator[Fault]:
    """Dependencies of a class of the source that is not the one which the agent's functions read them of."""
    declared = bare(agent.arguments.get("deps_type"))
    if not isinstance(given, Object) or given.cls is None or declared is None or not never_fits(given.cls, declared):
        return
    place = next(filter(None, map(_reading, (*_functions(agent, TELLING), *_functions(agent, "tools")))), None)
    if place is not None:
        text = f"{given.cls.name} as dependencies of an agent whose functions read those of {show(declared)}"
        yield Fault(FaultKind.REFUSED, text, span, place, "they are handed on as they are", may_be=True)


def _promises_nothing(agent: Object) -> bool:
    given = agent.arguments.get("deps_type")
    return given is None or agent.arguments.open or name_of(bare(given)) in ANY


def _reading(function: Function) -> Span | None:
    """Where a function takes a part of its dependencies, if it never looks whether there are any."""
    context = _context(function)
    nodes = list(nodes_in(function.node.body)) if isinstance(function.node, code.FunctionDef) else []
    held = [node for node in nodes if _is_deps(node, context)]
    parts = {id(node.value): node for node in nodes if isinstance(node, code.Attribute)}
    taken = [parts[id(node)] for node in held if id(node) in parts]
    if not taken or len(taken) < len(held):
        return None
    return Location(function.module, taken[0].at).span


def _is_deps(node: code.Node, context: str | None) -> bool:
    return (
        isinstance(node, code.Attribute)
        and node.name == DEPS
        and isinstance(node.value, code.Name)
        and node.value.id == context
    )
