"""What LangGraph's and LangChain's calls mean to the interpreter."""

from __future__ import annotations

from pathlib import Path

from wflint.assembly.census.constructors import Constructor, Form, calls
from wflint.assembly.chains.questions import Asking
from wflint.assembly.chains.runs import Running
from wflint.assembly.contracts.origins import answer_of_person
from wflint.assembly.frontend import construct, fluent, on_object, pure, unmodelled
from wflint.assembly.functional import run_task
from wflint.assembly.making import Decorating, Making, followed, settled
from wflint.evaluate.answers import ANSWER
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.expressions.comparing import truth_of
from wflint.evaluate.library import CallModel, CallSite, LibraryModel, ModelApi
from wflint.evaluate.types import bare
from wflint.evaluate.values import (
    Const,
    Function,
    InputSource,
    Object,
    TrackedValue,
    Value,
    alternatives,
    last_of,
)
from wflint.frontends.langgraph.prompt_files import PROMPT_FILES
from wflint.frontends.langgraph.ready_made import QUESTIONS, TOOL_NODES, tool_node
from wflint.model.patterns import pattern

BUILDERS = ("langgraph.StateGraph", "langgraph.MessageGraph", "langgraph.Graph")
COMPILED = "langgraph.CompiledStateGraph"
ENTRYPOINT = "langgraph.entrypoint"
TASK = "langgraph.task"
SEND = "langgraph.Send"
COMMAND = "langgraph.Command"
INTERRUPT = "langgraph.interrupt"
OVERWRITE = "langgraph.Overwrite"
MODEL = "langgraph.Model"

BUILDING = (
    "add_node", "add_edge", "add_sequence", "add_conditional_edges", "set_entry_point", "set_finish_point",
    "set_conditional_entry_point", "set_node_defaults",
)  # fmt: skip
RUNNING = (
    "invoke", "ainvoke", "stream", "astream", "batch", "abatch", "astream_events", "astream_log", "stream_events",
)  # fmt: skip
UPDATING = ("update_state", "aupdate_state")
"""Methods of a compiled graph that write its state from outside, while it waits."""
ASKING_STATE = ("get_state", "aget_state", "get_state_history", "aget_state_history")
"""Methods of a compiled graph that look at the state which it keeps."""
LOOKING = (
    "validate", "get_graph", "aget_graph", *ASKING_STATE, "get_subgraphs", "get_name", "get_input_schema",
    "get_output_schema",
)  # fmt: skip
"""Methods of a graph, compiled or on the way there, that leave it as it is."""
MODELS = pattern(
    r"langchain(?:_\w+)?\.(?:\w+\.)*(?:"
    r"\w*Chat(?!Prompt|Message|Generation|Result|GPTPlugin|Loader)(?!\w*(?:History|Template|Memory|Loader|Parser))\w*"
    r"|init_chat_model|\w*LLM|LLMChain)"
    r"|langchain(?:_\w+)?\.(?:\w+\.)*llms\.(?:\w+\.)*[A-Z]\w+"
    r"|langchain_(?:openai\.(?:Azure)?OpenAI|huggingface\.HuggingFace(?:Pipeline|Endpoint)|aws\.Bedrock(?:LLM)?)"
)
"""What makes a model in LangChain and its companions: `ChatOpenAI`, `AzureChatOpenAI`, `OllamaLLM`, `llms.OpenAI`."""
PROVIDERS = (
    *(
        f"langchain_{name}"
        for name in (
            "openai", "anthropic", "google_genai", "google_vertexai", "groq", "ollama", "mistralai", "aws", "cohere",
            "fireworks", "together", "deepseek", "xai", "huggingface",
        )
    ),
    "langchain.chat_models",
    "langchain.llms",
    "langchain_community.chat_models",
    "langchain_community.llms",
)  # fmt: skip
"""Packages and modules of models."""
ASKING = ("invoke", "ainvoke", "stream", "astream", "batch", "abatch", "predict", "apredict", "run", "arun", "__call__")
SAME = ("with_config", "with_retry", "with_types", "with_fallbacks", "bind", "with_listeners")
"""Methods of runnables that give a runnable of the same kind back."""


COMPILE = Making(COMPILED, held=(("name", None),), followed=True)
RUN = Running("result")
"""`compiled.invoke(...)`."""
UPDATE = followed("the configuration of a graph")
"""`compiled.update_state(...)`."""


def _answer(call: CallSite) -> Value:
    """`.invoke` of something that is no graph: a model with a schema answers with an object of that schema."""
    schema = schema_produced(call.receiver)
    from wflint.evaluate.recording import escape

    escape(call.interpreter, call.arguments, call.location)
    if schema is not None:
        cls = bare(schema)
        if isinstance(cls, Class):
            return TrackedValue(InputSource(ANSWER, cls, None, call.location), (), cls)
    made = _made_of(call)
    made.depends_on = depends_on(*call.arguments)
    return made


def _made_of(call: CallSite) -> Object:
    """What a method of a runnable makes: called by the runnable's own name."""
    return Making(f"{path_of(call.receiver)}.{last_of(call.path)}")(call)


def schema_produced(runnable: Value | None, depth: int = 8) -> Value | None:
    """The schema that a runnable's answers have: set by `with_structured_output`, kept by what wraps it.

    With `include_raw` the answer is a dict that holds what was made of it, or why nothing could be.
    """
    for option in alternatives(runnable):
        if not isinstance(option, Object) or not depth:
            continue
        last = last_of(option.path)
        if last == "with_structured_output":
            raw = option.arguments.get("include_raw")
            return option.arguments.get("schema", 0) if raw is None or truth_of(raw) is False else None
        if option.path == "operator.pipe":
            return schema_produced(option.arguments.get("", 1), depth - 1)
        if last in SAME:
            return schema_produced(option.receiver, depth - 1)
    return None


def _form(call: CallSite) -> Value | None:
    """The form in which a model answers, where that is declared."""
    schema = schema_produced(call.receiver)
    return bare(schema) if schema is not None else None


def models() -> ModelApi:
    """LangChain's chat models and completion models, by themselves or in a pipeline."""
    asking = Asking("langgraph", _form)
    same = frozenset({*SAME, "with_structured_output", "bind_tools", "configurable_fields", "assign", "pick", "pipe"})
    return ModelApi(MODELS, dict.fromkeys(ASKING, asking), same)


TASKS = Decorating(f"{TASK}.made", "__func_or_none__", run=run_task)
"""`@task`, with or without arguments."""


@on_object
def _mark_entrypoint(call: CallSite) -> Value:
    made = call.receiver
    assert isinstance(made, Object)
    function = call.get("", 0)
    if isinstance(function, Function) and "function" not in made.content:
        made.content["function"] = function
        made.name = function.name
    return made


def _handlers() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = {}
    for builder in BUILDERS:
        calls[builder] = construct
        calls |= {f"{builder}.{method}": fluent for method in BUILDING}
        calls |= {f"{builder}.{method}": pure for method in (*LOOKING, *RUNNING, *UPDATING, *SAME)}
        calls |= {f"{builder}.compile": COMPILE, f"{builder}.*": unmodelled}
    calls |= {f"{COMPILED}.{method}": RUN for method in RUNNING}
    calls |= {f"{COMPILED}.{method}": UPDATE for method in (*UPDATING, *ASKING_STATE)}
    calls |= {f"{COMPILED}.{method}": fluent for method in SAME}
    calls |= {f"*.{method}": _answer for method in ("invoke", "ainvoke")}
    calls |= {
        SEND: settled,
        COMMAND: settled,
        OVERWRITE: settled,
        INTERRUPT: lambda call: answer_of_person(call.location),
        "*.with_structured_output": _made_of,
        **dict.fromkeys(TOOL_NODES, tool_node),
        MODEL: construct,
        COMPILED: construct,
        "langgraph.SwarmEntry": construct,
        **TASKS.rows(TASK),
        f"{ENTRYPOINT}.made": construct,
        ENTRYPOINT: Making(f"{ENTRYPOINT}.made"),
        f"{ENTRYPOINT}.made.__call__": _mark_entrypoint,
        **QUESTIONS,
        **PROMPT_FILES,
    }
    calls |= {f"{ENTRYPOINT}.made.{method}": RUN for method in RUNNING}
    return calls


MAKERS = frozenset(
    {
        *BUILDERS, ENTRYPOINT, "langgraph.create_react_agent", "langchain.create_agent",
        "langgraph_supervisor.create_supervisor", "langgraph_swarm.create_swarm",
        "deepagents.create_deep_agent",
    }
)  # fmt: skip
STUBS = {
    "langgraph": ("prebuilt.pymodel",),
    "langchain": ("agents.pymodel",),
    "langgraph_supervisor": ("supervisor.pymodel",),
    "langgraph_swarm": ("swarm.pymodel",),
    "deepagents": ("agents.pymodel", "deep.pymodel"),
}
"""The files that describe a library, one after the other."""
ROOTS = frozenset({*STUBS, "langchain_core", "langgraph_sdk"})


CONSTRUCTORS = (
    *calls("langgraph", "StateGraph", "MessageGraph", "Graph", "create_react_agent"),
    *calls("langchain.agents", "create_agent"),
    *calls("langgraph_supervisor", "create_supervisor"),
    *calls("langgraph_swarm", "create_swarm"),
    *calls("deepagents", "create_deep_agent"),
    Constructor("langgraph", "entrypoint", Form.DECORATOR),
)
"""What constructs a workflow."""


def table() -> LibraryModel:
    """What the interpreter is told about LangGraph."""
    folder = Path(__file__).parent
    stubs = {
        root: "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
        for root, names in STUBS.items()
    }
    constants: dict[str, Value] = {"langgraph.START": Const("__start__"), "langgraph.END": Const("__end__")}
    return LibraryModel(ROOTS, _handlers(), constants, stubs, MAKERS, models=(models(),))
