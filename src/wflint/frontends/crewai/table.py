"""What CrewAI's calls mean to the interpreter."""

from __future__ import annotations

from pathlib import Path

from wflint.assembly.census.constructors import Constructor, Form, calls
from wflint.assembly.chains.questions import Asking
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct
from wflint.assembly.making import Making
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.library import CallModel, CallSite, LibraryModel, ModelApi
from wflint.evaluate.recording import escape
from wflint.evaluate.values import NONE, Arguments, Bound, Const, Function, Object, Unknown, Value
from wflint.frontends.crewai.project import METHOD, PROJECT, configure, is_marked, listed, project_around
from wflint.frontends.crewai.written import kicked_off, loaded
from wflint.frontends.crewai.written_flows import DECLARED, from_declaration
from wflint.model.patterns import pattern

CREW = "crewai.Crew"
TASK = "crewai.Task"
CONDITIONAL_TASK = "crewai.ConditionalTask"
AGENT = "crewai.Agent"
FLOW = "crewai.Flow"
LLM = "crewai.LLM"
AND = "crewai.and_"
OR = "crewai.or_"
START = "crewai.start"
LISTEN = "crewai.listen"
ROUTER = "crewai.router"
FEEDBACK = "crewai.human_feedback"

TASKS = frozenset({TASK, CONDITIONAL_TASK})
ANSWERING = (
    "kickoff", "kickoff_async", "akickoff", "kickoff_for_each", "kickoff_for_each_async", "akickoff_for_each",
)  # fmt: skip
"""Methods of crews, flows and agents that run them and give what comes of it."""
TRYING = ("train", "test")
RUNNING = (*ANSWERING, *TRYING)


MODELS = ModelApi(pattern(r"crewai\.(?:\w+\.)*LLM"), dict.fromkeys(("call", "acall"), Asking("crewai")))
"""Models that code may ask without an agent."""


def _made(call: CallSite) -> Value:
    """A part of a crew: its arguments are its attributes."""
    made = Making(copied=True)(call)
    project = project_around(call.interpreter)
    if project is not None:
        made.content[PROJECT] = project
        around = (frame.receiver for frame in reversed(call.interpreter.frames))
        made.receiver = next(each for each in around if isinstance(each, Object) and each.cls is project)
    mark = "task" if call.path in TASKS else "agent"
    method = next((f.function for f in reversed(call.interpreter.frames) if is_marked(f.function, mark)), None)
    if method is not None:
        made.content[METHOD] = Const(method.name)
    return made


def _run(call: CallSite) -> Value:
    """`crew.train(...)`, `llm.call(...)`."""
    if call.receiver is not None:
        call.interpreter.record_call(call.receiver, call.path, call.arguments, call.location)
    escape(call.interpreter, call.arguments, call.location)
    return Unknown("the result of a run", call.location, depends_on(*call.arguments))


def _same(call: CallSite) -> Value:
    """`crew.copy()`."""
    return call.receiver or Unknown("a crew", call.location)


def _mark(call: CallSite) -> Value:
    """`@listen(...)` above a method: the framework runs it, so nobody else has to."""
    method = call.get("", 0)
    function = method.function if isinstance(method, Bound) else method
    if isinstance(function, Function) and call.receiver is not None:
        function.unmodelled_decorators = (*function.unmodelled_decorators, call.receiver)
        call.interpreter.escaped_functions.add(id(function.node))
    return method if method is not None else Unknown("a method", call.location)


def _flow(call: CallSite) -> Value:
    """A flow begins: its methods are read as steps, or run by those, so that nobody needs to try them out."""
    made = call.receiver
    if not isinstance(made, Object) or made.cls is None:
        return NONE
    made.content["state"] = call.interpreter.object_of(None, Arguments(), call.location)
    for cls in made.cls.lineage():
        methods = (value for value in cls.content.values() if isinstance(value, Function))
        call.interpreter.escaped_functions.update(id(method.node) for method in methods)
    return NONE


def _project(call: CallSite) -> Value:
    return configure(call.interpreter, call.get("", 0), stub())


def _listed(call: CallSite) -> Value:
    """What `self.tasks` and `self.agents` hold: the decorated methods' results, in the order of the source."""
    owner = call.get("", 0)
    if not isinstance(owner, Object):
        return Unknown("the parts of a crew", call.location)
    return listed(call.interpreter, owner, "task" if call.path.endswith("tasks_of") else "agent", call.location)


CREW_RUN = Running(
    "result",
    texts=("raw",),
    prints_text=True,
    own=frozenset(
        {
            "raw", "pydantic", "json_dict", "json", "to_dict", "tasks_output", "token_usage", "usage_metrics",
            "tool_failures", "has_tool_failures", "model_dump", "model_dump_json", "model_copy", "copy", "dict", "[]",
        }
    ),
)  # fmt: skip
"""A run of a crew: its answer gives entries of the form that its last task declares, `answer["name"]`, like its own."""


def _handlers() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = dict.fromkeys((CREW, TASK, CONDITIONAL_TASK, AGENT, LLM, FLOW), _made)
    calls |= {f"{CREW}.{method}": CREW_RUN for method in ANSWERING}
    for kind in (FLOW, AGENT):
        calls |= {f"{kind}.{method}": Running("result", texts=("raw",), prints_text=True) for method in ANSWERING}
        calls |= {f"{kind}.{method}": _run for method in TRYING}
    calls |= {f"{CREW}.copy": _same, f"{LLM}.call": _run}
    calls |= dict.fromkeys((AND, OR, START, LISTEN, ROUTER, FEEDBACK), construct)
    calls |= {f"{decorator}.__call__": _mark for decorator in (START, LISTEN, ROUTER, FEEDBACK)}
    calls[f"{FLOW}.__init__"] = _flow
    calls |= {f"{FLOW}.from_declaration": from_declaration}
    calls[DECLARED] = construct
    calls |= {f"{DECLARED}.{method}": Running("result", texts=("raw",)) for method in ANSWERING}
    calls |= {"crewai.load_crew": loaded, "crewai.load_crew_and_kickoff": kicked_off}
    return {**calls, "crewai.CrewBase": _project, "crewai.tasks_of": _listed, "crewai.agents_of": _listed}


def stub() -> str:
    """Python source that describes a few names of the library."""
    return Path(__file__).with_name("library.pymodel").read_text(encoding="utf-8")


CONSTRUCTORS = (*calls("crewai", "Crew"), Constructor("crewai", "Flow", Form.SUBCLASS))
"""What constructs a workflow."""


def table() -> LibraryModel:
    """What the interpreter is told about CrewAI."""
    return LibraryModel(
        frozenset({"crewai"}),
        _handlers(),
        {},
        {"crewai": stub()},
        frozenset({CREW, FLOW, f"{FLOW}.from_declaration", "crewai.load_crew", "crewai.load_crew_and_kickoff"}),
        models=(MODELS,),
        agents=frozenset({AGENT}),
    )
