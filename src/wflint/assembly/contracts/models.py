"""Which library calls ask a language model, and which model that is: for frameworks whose steps are plain code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.evaluate.events import LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import Object, Value, alternatives, text_of

LIBRARIES = (
    "openai.", "anthropic.", "litellm.", "google.genai.", "google.generativeai.", "groq.", "mistralai.", "cohere.",
    "ollama.", "together.", "huggingface_hub.", "boto3.", "langchain_", "langchain.chat_models",
    "langchain.init_chat_model", "llama_index.llms.", "pydantic_ai.", "autogen_core.models.", "autogen_ext.models.",
    "crewai.LLM",
)  # fmt: skip
OTHERS = ("langchain_core.tools", "langchain_community.tools")
"""Libraries of those names that hold no models."""
AGENTS = "pydantic_ai."
"""A library whose models are asked by running agents."""
ASKING = frozenset(
    {
        "invoke", "ainvoke", "stream", "astream", "batch", "abatch", "generate", "agenerate", "create", "acreate",
        "create_stream", "parse", "completion", "acompletion", "chat", "complete", "predict", "call", "acall",
    }
)  # fmt: skip
RUNNING = frozenset({"run", "run_sync", "run_stream", "iter"})
TELLING = frozenset(
    {
        "achat", "acomplete", "apredict", "stream_chat", "astream_chat", "stream_complete", "astream_complete",
        "structured_predict", "astructured_predict", "stream_structured_predict", "astream_structured_predict",
        "chat_with_tools", "achat_with_tools", "stream_chat_with_tools", "astream_chat_with_tools", "as_structured_llm",
        "predict_and_call", "apredict_and_call", "generate_content", "generate_content_async",
    }
)  # fmt: skip
"""Methods that only models have, whatever is known of the object."""
MARKS = (".with_structured_output", ".bind_tools")
"""Methods that only models have, and that give a model back."""
PIPE = "operator.pipe"
NAMING = ("model", "model_name", "model_id")
FIRST = (".init_chat_model",)
"""Functions that are given the model's name before everything else."""
DEEPEST = 6


class Asked(Struct, frozen=True):
    """A language model that some code asks; `name` is None where the source does not tell it."""

    name: str | None


def model_of(calls: Iterable[LibraryCall]) -> Asked | None:
    """The model that the observed calls ask, the first that is named; None where none is asked."""
    asking = [call for call in calls if asks(call)]
    if not asking:
        return None
    names = (_name_in(call) for call in asking)
    return Asked(next((name for name in names if name is not None), None))


def agents_of(calls: Iterable[LibraryCall]) -> tuple[str, ...]:
    """The names of the agents that the observed calls run; one without a name is called like its variable."""
    ran = (call.receiver for call in calls if call.method in RUNNING and asks(call))
    names = (_agent_name(value) for value in ran if value is not None)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _agent_name(value: Value) -> str | None:
    made = next((option for option in alternatives(value) if isinstance(option, Object)), None)
    return (text_of(made.arguments.get("name")) or made.name) if made is not None else None


def asks(call: LibraryCall) -> bool:
    """Whether a library call asks a model."""
    last = call.method
    if last in TELLING or (last in RUNNING and call.path.startswith(AGENTS)):
        return True
    return last in ASKING and (is_model(call.path) or (call.receiver is not None and runs_model(call.receiver)))


def runs_model(value: Value, depth: int = DEEPEST) -> bool:
    """Whether something comes from a library of models, or is a chain with such a piece."""
    if is_model(path_of(value)):
        return True
    return depth > 0 and any(runs_model(piece, depth - 1) for piece in _pieces(value))


def _pieces(value: Value) -> Iterator[Value]:
    """What a chain consists of, last piece first."""
    for option in alternatives(value):
        if isinstance(option, Object) and option.path == PIPE:
            yield from reversed(option.arguments.positional)


def is_model(path: str) -> bool:
    """Whether something of a library is a model, or made of one."""
    if any(mark in path for mark in MARKS):
        return True
    first = path.lstrip("?.")
    return first.startswith(LIBRARIES) and not first.startswith(OTHERS)


def _name_in(call: LibraryCall) -> str | None:
    """The name that the call gives, or that of what it is called on."""
    named = (text_of(call.get(key)) for key in NAMING)
    return next((text for text in named if text is not None), None) or model_name(call.receiver)


def model_name(value: Value | None, depth: int = DEEPEST) -> str | None:
    """The name given to a model, or to what runs one (`Agent("openai:gpt-4o")`), through what was made of it."""
    for option in alternatives(value):
        text = text_of(option)
        if text is not None:
            return text
        if isinstance(option, Object) and depth:
            found = (model_name(item, depth - 1) for item in _naming(option))
            name = next((each for each in found if each is not None), None)
            if name is not None:
                return name
    return None


def _naming(made: Object) -> Iterator[Value | None]:
    """What may name the model of an object: its arguments, then what it is made from."""
    yield from (made.arguments.get(key) for key in NAMING)
    if (made.path or "").startswith(AGENTS) or (made.path or "").endswith(FIRST):
        yield made.arguments.get("model", 0)
    yield made.arguments.get("llm")
    made_from = (*_pieces(made), made.receiver)
    yield from (piece for piece in made_from if isinstance(piece, Object))
