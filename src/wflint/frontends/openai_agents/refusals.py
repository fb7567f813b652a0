"""What agents, hand-offs and runs of the SDK refuse (openai-agents 0.24)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.demands import Listed
from wflint.assembly.sequences import elements, is_surely_set, is_unset
from wflint.assembly.signatures import accepts, gives_nothing, parameters_of
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.expressions.comparing import truth_of
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import annotation, bare, name_of
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Generic,
    Mapping,
    Object,
    Sequence,
    Text,
    Value,
    last_of,
    text_of,
)
from wflint.frontends.openai_agents.refused_runs import bases_of, refused_runs
from wflint.frontends.openai_agents.steps import names_of
from wflint.frontends.openai_agents.table import AGENTS, HANDOFFS
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import Attribute, Compare, Constant, ExprT, FunctionDef, JoinedStr, Return
from wflint.source.walking import body_of, nodes_in

LISTS = ("handoffs", "tools", "mcp_servers", "input_guardrails", "output_guardrails")
"""Arguments of an agent that have to be lists, and no tuples."""
BEHAVIORS = ("run_llm_again", "stop_on_first_tool")
"""Words that say what follows a tool's call."""
ASKED = 2
"""Instructions are given the context and the agent; so is a hand-off that takes an input."""
FREE = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict"})
"""Types of any keys, which a strict schema does not have."""
DEEPEST = 8
LOOSE = "which may have any keys: no strict schema can be made of that; name the fields"
TOOL = "agents.function_tool"


def refused_agents(interp: Interpreter) -> Iterator[Fault]:
    """What is wrong with all agents, be they part of a group or not."""
    for made in interp.objects:
        if made.path in AGENTS and made.location is not None and not made.site.module.stub:
            yield from refused_agent(interp, made, next(iter(names_of(made)), "agent"))
    yield from refused_runs(interp)


def refused_agent(interp: Interpreter, agent: Object, name: str) -> Iterator[Fault]:
    """What is wrong with an agent called `name`, and with its hand-offs."""
    if agent.path not in AGENTS:
        return
    span = agent.site.span
    for wrong in (*_arguments(agent), *_answer(interp, agent)):
        yield Fault(FaultKind.REFUSED, f'agent "{name}"', span, detail=wrong)
    yield from _tools(interp, agent)
    yield from _guards(agent)
    for entry in elements(agent.content.get("handoffs")):
        made = entry.value
        if isinstance(made, Object) and made.path in HANDOFFS:
            why = _handoff(interp, made)
            if why is not None:
                yield Fault(FaultKind.REFUSED, f'a hand-off of agent "{name}"', made.site.span, detail=why)


def _tools(interp: Interpreter, agent: Object) -> Iterator[Fault]:
    """Functions that are tools of a strict schema, as they are by default, and take what no such schema has."""
    for entry in elements(agent.content.get("tools")):
        function = entry.value
        if isinstance(function, Function) and not function.unmodelled_decorators and not function.module.stub:
            text = f'function "{function.name}" among the tools of an agent'
            why = "it is no tool: decorate it with `@function_tool`, or wrap it"
            yield Fault(FaultKind.REFUSED, text, agent.site.span, function.location.span, why)
        yield from _limited(function)
        if not isinstance(function, Function) or not any(map(_is_strict, function.unmodelled_decorators)):
            continue
        for number, parameter in enumerate(function.node.parameters):
            if number and name_of(_base(parameter_type(interp, function, parameter))) in CONTEXTS:
                text = f'parameter "{parameter.name}" of tool "{function.name}"'
                yield Fault(FaultKind.REFUSED, text, function.location.span, detail="a tool's context comes first")
            if parameter.kind == "kwargs":
                text = f'parameter "{parameter.name}" of tool "{function.name}"'
                why = "it takes any arguments: no strict schema can be made of that"
                yield Fault(FaultKind.REFUSED, text, function.location.span, detail=why)
            type_ = parameter_type(interp, function, parameter)
            free = _free(interp, type_, DEEPEST) if name_of(_base(type_)) not in CONTEXTS else None
            if free is not None:
                text = f'parameter "{parameter.name}" of tool "{function.name}"'
                why = f"it has {free}, {LOOSE}, or say `strict_mode=False`"
                yield Fault(FaultKind.REFUSED, text, function.location.span, detail=why)


def _limited(function: Value) -> Iterator[Fault]:
    """A tool with a time limit that is a plain function."""
    if not isinstance(function, Function) or not isinstance(function.node, FunctionDef) or function.node.is_async:
        return
    marks = (mark for mark in function.unmodelled_decorators if isinstance(mark, Object) and path_of(mark) == TOOL)
    if any(is_surely_set(mark.arguments.get("timeout")) for mark in marks):
        text = f'the time limit of tool "{function.name}"'
        yield Fault(FaultKind.REFUSED, text, function.location.span, detail="only async tools may have one")


GUARDING = {"input_guardrails": "agents.input_guardrail", "output_guardrails": "agents.output_guardrail"}
"""The guardrails of an agent, and what makes a function one."""
GUARDED = 3
"""A guardrail is given the context, the agent, and what is guarded."""


def _guards(agent: Object) -> Iterator[Fault]:
    """Functions that are guardrails and cannot be called as such, or give what tells nothing."""
    for name, path in GUARDING.items():
        for entry in elements(agent.content.get(name)):
            function = entry.value
            marks = function.unmodelled_decorators if isinstance(function, Function) else ()
            if isinstance(function, Function) and not marks and not function.module.stub:
                text = f'function "{function.name}" among the guardrails of an agent'
                mark = f"it is none by itself, so the run fails: decorate it with `@{last_of(path)}`"
                yield Fault(FaultKind.REFUSED, text, agent.site.span, function.location.span, mark)
            if not isinstance(function, Function) or len(marks) != 1 or path_of(marks[0]) != path:
                continue
            taken = parameters_of(function, {path})
            why = None
            if taken is not None and not accepts(taken, GUARDED):
                why = f"it is given a context, an agent, and what is guarded, and takes {len(taken)} arguments"
            elif gives_nothing(function) or _gives_a_truth(function):
                why = "it returns no `GuardrailFunctionOutput`"
            if why is not None:
                text = f'guardrail "{function.name}"'
                yield Fault(FaultKind.REFUSED, text, function.location.span, agent.site.span, f"{why}: the run fails")


def _gives_a_truth(function: Function) -> bool:
    """Whether all that a function returns is a truth or a text."""
    nodes = list(nodes_in(body_of(function.node)))
    given = [each.value for each in nodes if isinstance(each, Return) and each.value is not None]
    return bool(given) and all(isinstance(each, Constant | JoinedStr | Compare) for each in given)


CONTEXTS = frozenset({"RunContextWrapper", "ToolContext"})
"""What the first parameter of a tool may be."""


def _base(type_: Value | None) -> Value | None:
    inner = bare(type_)
    return inner.base if isinstance(inner, Generic) else inner


def _is_strict(mark: Value) -> bool:
    """Whether a decorator makes a tool whose schema is strict."""
    options = mark.arguments if isinstance(mark, Object) else Arguments()
    said = options.get("strict_mode") or Const(value=True)
    return path_of(mark) == TOOL and not options.open and truth_of(said) is True


def _arguments(agent: Object) -> Iterator[str]:
    given = agent.content
    for name in LISTS:
        why = Listed(name=name).breach(Arguments(keywords=((name, given[name]),))) if name in given else None
        if why is not None:
            yield f"`{name}`: {why}"
    names = [text for entry in elements(given.get("handoffs")) if (text := text_of(entry.value)) is not None]
    if names:
        yield f'`handoffs` hold agents, and "{names[0]}" is a name'
    told = given.get("instructions")
    taken = parameters_of(told)
    if isinstance(told, Sequence | Mapping):
        yield "`instructions` are a text or a function"
    elif taken is not None and len(taken) != ASKED:
        yield f"the function for `instructions` takes the context and the agent, and not {len(taken)} arguments"
    decides = function_of(given.get("tool_use_behavior") or NONE)
    if decides is not None and (gives_nothing(decides) or _gives_a_text(decides)):
        yield f'`tool_use_behavior`: "{decides.name}" returns no `ToolsToFinalOutputResult`, so the run fails'
    word = text_of(given.get("tool_use_behavior"))
    if word is not None and word not in BEHAVIORS:
        yield f'`tool_use_behavior` is none of "{BEHAVIORS[0]}" and "{BEHAVIORS[1]}"'
    hooks = given.get("hooks")
    if isinstance(hooks, Object) and any(last_of(base) == "RunHooks" for base in bases_of(hooks)):
        yield "`hooks` are `AgentHooks`; `RunHooks` are for `Runner.run`"


def _gives_a_text(function: Function) -> bool:
    """Whether all that a function returns is the output of a tool as it is, a text, or a truth."""
    nodes = list(nodes_in(body_of(function.node)))
    given = [each.value for each in nodes if isinstance(each, Return) and each.value is not None]
    return bool(given) and all(_is_plain(each) for each in given)


def _is_plain(given: ExprT) -> bool:
    return isinstance(given, Constant | JoinedStr) or (isinstance(given, Attribute) and given.name == "output")


def _handoff(interp: Interpreter, made: Object) -> str | None:
    """What is wrong with the arguments of `handoff(...)`."""
    arguments = made.arguments
    typed, called = arguments.get("input_type"), arguments.get("on_handoff")
    if arguments.open:
        return None
    takes_input = is_surely_set(typed)
    if not takes_input and not is_unset(typed):
        return None
    if takes_input and is_unset(called):
        return "an `input_type` needs an `on_handoff` that takes it"
    taken, needed = parameters_of(called), ASKED if takes_input else 1
    if taken is not None and len(taken) != needed:
        what = "the context and the input" if takes_input else "the context only"
        return f"`on_handoff` takes {what}, and not {len(taken)} arguments"
    free = _free(interp, typed, DEEPEST) if typed is not None else None
    return f"its input type has {free}, {LOOSE}" if free is not None else None


def _answer(interp: Interpreter, agent: Object) -> Iterator[str]:
    """An output type that is none, or of which no strict schema can be made."""
    given = agent.content.get("output_type")
    made = isinstance(given, Object) and given.cls is not None and _is_model(given.cls)
    if made or isinstance(given, Text | Mapping | Sequence) or (isinstance(given, Const) and given != NONE):
        yield "`output_type` is a type"
    elif given is not None and (free := _free(interp, given, DEEPEST)) is not None:
        yield f"its output type has {free}, {LOOSE}, or wrap it in `AgentOutputSchema(..., strict_json_schema=False)`"


def _free(interp: Interpreter, type_: Value | None, depth: int) -> str | None:
    """The dict inside a type, as people would say it."""
    inner = bare(type_)
    if not depth or inner is None or inner == NONE:
        return None
    if isinstance(inner, Generic):
        if name_of(inner.base) in FREE:
            return "a dict"
        found = (_free(interp, argument, depth - 1) for argument in inner.arguments if name_of(inner.base) != "Literal")
        return next((text for text in found if text is not None), None)
    if isinstance(inner, Class):
        for declared in inner.declared().values() if _is_model(inner) else ():
            held = annotation(interp, declared.annotation, declared.scope, declared.location.module)
            if held is not None and _free(interp, held, depth - 1) is not None:
                return f'a dict in "{declared.name}"'
        return None
    return "a dict" if name_of(inner) in FREE else None


def _is_model(cls: Class) -> bool:
    """Whether the fields of a class are what its schema shows: those of models, with no code that says otherwise."""
    bases = {last_of(base) for base in cls.libraries()}
    own = {name for each in cls.lineage() for name in each.content}
    return bases <= {"BaseModel"} and bool(bases) and own.isdisjoint({"model_config", "__get_pydantic_json_schema__"})
