"""What LlamaIndex's names mean to the interpreter."""

from __future__ import annotations

from msgspec.structs import replace

from wflint.assembly.census.constructors import Constructor, Form, calls
from wflint.assembly.chains.questions import Asking
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct, unmodelled
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.calls import path_of, product
from wflint.evaluate.library import CallModel, CallSite, LibraryModel, ModelApi
from wflint.evaluate.types import bare
from wflint.evaluate.values import NONE, Arguments, ExternalName, Function, Object, Unknown, Value, last_of
from wflint.model.patterns import pattern

ROOTS = ("llama_index", "workflows")
"""The two import roots: workflows are a package of their own since 2025."""
COPIES = {"workflows": frozenset({"events", "decorators"})}
"""How a copy of the library is told from a package that is only called alike."""

EVENTS = {"Event": frozenset[str]()} | dict.fromkeys(
    ("StartEvent", "StopEvent", "InputRequiredEvent", "HumanResponseEvent"), frozenset({"Event"})
)
"""The framework's own events and what they are kinds of."""

WORKFLOW = "Workflow"
STEP = "step"
ADDING = "add_step"
"""The class method that makes a function outside of the class a step of it, as `@step(workflow=...)` does."""
CATCHING = "catch_error"
TEAM = "llama_index.AgentWorkflow"
OF_TOOLS = "from_tools_or_functions"
AGENTS = (
    "FunctionAgent", "ReActAgent", "CodeActAgent", "BaseWorkflowAgent", "OpenAIAgent", "FunctionCallingAgent",
)  # fmt: skip
RUNNER = "llama_index.AgentRunner"
"""What ran the worker of an agent in older versions: `AgentRunner(worker)`, `worker.as_agent()`."""
WORKERS = ("FunctionCallingAgentWorker", "ReActAgentWorker", "OpenAIAgentWorker")
LONE = (*(f"llama_index.{name}" for name in AGENTS), RUNNER)
"""Agents as they are made; each can be run by itself."""
BY_TOOLS = ("from_tools", "from_llm")
"""Class methods that made agents in older versions, of their tools."""
RUN = Running("result", kept_in=lambda call, _: call.get("ctx"))
SAYING = Running(
    "result",
    texts=("response.content",),
    prints_text=True,
    kept_in=lambda call, _: call.get("ctx") or call.get("memory"),
)
"""What agents and their teams are run by: their answer is a message, printed as its text."""
RUNNING = ("run", "chat", "achat", "stream_chat", "astream_chat", "query", "aquery")
"""Methods that run an agent; those of older versions are chats and questions."""
MODELS = pattern(
    r"llama_index\.(?:core\.)?llms\.(?:\w+\.)*[A-Z]\w*(?<!Message)(?<!Response)(?<!Role)(?<!Metadata)(?<!Mode)(?<!Block)"
    r"|llama_index\.core\.Settings\.llm"
)
ASKING = (
    "complete", "acomplete", "chat", "achat", "predict", "apredict", "stream_complete", "astream_complete",
    "stream_chat", "astream_chat", "chat_with_tools", "achat_with_tools", "predict_and_call", "apredict_and_call",
)  # fmt: skip
SHAPED = ("structured_predict", "astructured_predict", "stream_structured_predict", "astream_structured_predict")
"""Methods that ask for an answer in the form of a class."""


def _form(call: CallSite) -> Value | None:
    """The form of what a model is asked to predict."""
    form = call.get("output_cls", 0)
    return bare(form) if form is not None else None


def models() -> ModelApi:
    """The models of LlamaIndex."""
    asked = dict.fromkeys(ASKING, Asking("llamaindex")) | dict.fromkeys(SHAPED, Asking("llamaindex", _form))
    return ModelApi(MODELS, asked, frozenset({"as_structured_llm"}))


def root_of(path: str) -> str:
    """The import root of a dotted path, if it is one of LlamaIndex's; empty for others."""
    root = path.partition(".")[0]
    return root if root in ROOTS else ""


def _step(call: CallSite) -> Value:
    """`@step`, with or without arguments."""
    function = call.get("func", 0)
    if isinstance(function, Function):
        return _marked(call, function, ExternalName(call.path))
    return call.interpreter.object_of(f"{call.path}.made", call.arguments, call.location)


def _from_tools(call: CallSite) -> Value:
    """`ReActAgent.from_tools(tools, llm=llm)`, as agents and their workers were made in older versions."""
    made, _, method = call.path.rpartition(".")
    names = ("tools", "llm") if method == "from_llm" else ("tools", "tool_retriever", "llm")
    first = zip(names, call.arguments.positional, strict=False)  # what agents take by name alone since
    given = replace(call.arguments, positional=(), keywords=(*first, *call.arguments.keywords))
    return call.interpreter.object_of(made, given, call.location)


def _runner(call: CallSite) -> Value:
    """`AgentRunner(worker)`, or `worker.as_agent()`: an agent with what its worker was given."""
    worker = call.receiver if call.receiver is not None else call.get("agent_worker", 0)
    known = isinstance(worker, Object) and worker.cls is None
    given = worker.arguments if known and isinstance(worker, Object) else Arguments((), (("tools", _unseen(call)),))
    return call.interpreter.object_of(RUNNER, given, call.location)


def _unseen(call: CallSite) -> Value:
    return Unknown("the tools of an agent's worker", call.location)


def _team_of_one(call: CallSite) -> Value:
    """`AgentWorkflow.from_tools_or_functions(tools, llm)`: a team of one agent, which the framework makes and names."""
    given = {"tools": call.get("tools_or_functions", 0), "llm": call.get("llm", 1)}
    given["system_prompt"] = call.get("system_prompt", 2)
    known = tuple((name, value) for name, value in given.items() if value is not None)
    agent = call.interpreter.object_of(LONE[0], Arguments((), known), call.location)
    agents = call.interpreter.list_of([agent])
    return call.interpreter.object_of(TEAM, Arguments((), (("agents", agents),)), call.location)


def _mark(call: CallSite) -> Value:
    function = call.get("", 0)
    if isinstance(function, Function) and call.receiver is not None:
        return _marked(call, function, call.receiver)
    return Unknown("a step", call.location)


def _marked(call: CallSite, function: Function, mark: Value) -> Value:
    """The function, which the framework will call with an event."""
    function.unmodelled_decorators = (*function.unmodelled_decorators, mark)
    call.interpreter.escaped_functions.add(id(function.node))
    owner = mark.arguments.get("workflow") if isinstance(mark, Object) else None
    if isinstance(owner, Class):
        call.interpreter.record_call(owner, ADDING, Arguments((function,)), call.location)
    return function


def _add_step(call: CallSite) -> Value:
    """`Flow.add_step(function)`; other libraries have methods of that name too."""
    if not isinstance(call.receiver, Class):
        return product(
            call.interpreter, f"{path_of(call.receiver)}.{ADDING}", call.receiver, call.arguments, call.location
        )
    call.interpreter.record_call(call.receiver, ADDING, call.arguments, call.location)
    return NONE


def mark_of(function: Function) -> tuple[str, Object | None] | None:
    """Which decorator of the framework makes a step of a function, and its arguments; None for other functions."""
    for mark in function.unmodelled_decorators:
        path = mark.path if isinstance(mark, ExternalName | Object) else None
        if path is None or not root_of(path):
            continue
        made = mark if isinstance(mark, Object) else None
        name = last_of(path.removesuffix(".made"))
        if name in (STEP, CATCHING):
            return name, made
    return None


def _handlers() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = {TEAM: construct, f"{TEAM}.{OF_TOOLS}": _team_of_one, f"{TEAM}.run": SAYING}
    for root in ROOTS:
        calls |= {f"{root}.{WORKFLOW}": construct, f"{root}.{WORKFLOW}.run": RUN}
        calls[f"{root}.{WORKFLOW}.add_workflows"] = unmodelled
        for name in (STEP, CATCHING):
            calls |= {f"{root}.{name}": _step, f"{root}.{name}.made.__call__": _mark}
    calls[f"*.{ADDING}"] = _add_step
    for agent in LONE:
        calls |= {agent: construct, **{f"{agent}.{method}": _from_tools for method in BY_TOOLS}}
        calls |= {f"{agent}.{method}": SAYING for method in RUNNING}
    for worker in WORKERS:
        path = f"llama_index.{worker}"
        calls |= {path: construct, f"{path}.from_tools": _from_tools, f"{path}.as_agent": _runner}
    calls[RUNNER] = _runner
    return calls


CONSTRUCTORS = (
    *calls("llama_index", "AgentWorkflow", f"AgentWorkflow.{OF_TOOLS}"),
    *calls("llama_index", *(last_of(path) for path in LONE)),
    *calls("llama_index", *(f"{last_of(path)}.{method}" for path in LONE for method in BY_TOOLS)),
    *(Constructor(root, WORKFLOW, Form.SUBCLASS) for root in ROOTS),
)
"""What constructs a workflow."""


def table() -> LibraryModel:
    """What the interpreter is told about LlamaIndex."""
    makers = frozenset({*(f"{root}.{WORKFLOW}" for root in ROOTS), TEAM, *LONE})
    return LibraryModel(
        frozenset({"llama_index"}),
        _handlers(),
        constructors=makers,
        shadowable_roots=COPIES,
        models=(models(),),
        ancestors={f"{root}.{name}": above for root in ROOTS for name, above in EVENTS.items()},
        agents=frozenset(LONE),
    )
