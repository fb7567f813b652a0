"""Which library calls ask a language model, and which model that is: for frameworks whose steps are plain code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import Object, Value, options_of, text_of

LIBRARIES = (
    "openai.", "anthropic.", "litellm.", "google.genai.", "google.generativeai.", "groq.", "mistralai.", "cohere.",
    "ollama.", "together.", "huggingface_hub.", "langchain_", "langchain.chat_models", "langchain.init_chat_model",
    "llama_index.llms.", "pydantic_ai.",
)  # fmt: skip
ASKING = frozenset(
    {
        "invoke", "ainvoke", "stream", "astream", "generate", "agenerate", "create", "acreate", "parse", "completion",
        "acompletion", "chat", "complete", "predict", "run", "run_sync", "run_stream", "iter",
    }
)  # fmt: skip
TELLING = frozenset(
    {
        "achat", "acomplete", "apredict", "stream_chat", "astream_chat", "stream_complete", "astream_complete",
        "structured_predict", "astructured_predict", "stream_structured_predict", "astream_structured_predict",
        "chat_with_tools", "achat_with_tools", "stream_chat_with_tools", "astream_chat_with_tools", "as_structured_llm",
        "predict_and_call", "apredict_and_call", "generate_content", "generate_content_async",
    }
)  # fmt: skip
"""Methods that only models have, whatever is known of the object."""
NAMING = ("model", "model_name", "model_id")
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A language model that some code asks; `name` is None where the source does not tell it."""

    name: str | None


def model_of(calls: Iterable[LibraryCall]) -> Asked | None:
    """The model that the observed calls ask, the first that is named; None where none is asked."""
    asking = [call for call in calls if asks(call)]
    if not asking:
        return None
    names = (_name_in(call) for call in asking)
    return Asked(next((name for name in names if name is not None), None))


def asks(call: LibraryCall) -> bool:
    """Whether a library call asks a model."""
    last = call.path.rpartition(".")[2]
    return last in TELLING or (last in ASKING and call.path.startswith(LIBRARIES))


def _name_in(call: LibraryCall) -> str | None:
    for key in NAMING:
        text = text_of(call.arguments.get(key))
        if text is not None:
            return text
    return model_name(call.receiver) if call.receiver is not None else None


def model_name(value: Value, depth: int = DEEPEST) -> str | None:
    """The name given to a model, or to what runs one (`Agent("openai:gpt-4o")`), through what was made of it."""
    for option in options_of(value):
        text = text_of(option)
        if text is not None:
            return text
        if not isinstance(option, Object) or not depth:
            continue
        given = [option.arguments.get(key) for key in NAMING]
        if (option.path or "").startswith("pydantic_ai."):
            given.append(option.arguments.get("model", 0))
        given.append(option.arguments.get("llm"))
        for item in (*given, option.receiver):
            name = model_name(item, depth - 1) if item is not None else None
            if name is not None:
                return name
    return None
