"""Which library calls ask a language model, and which model that is."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.calls import path_of
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import Object, Value, options_of, text_of

LIBRARIES = (
    "langchain_", "openai.", "anthropic.", "litellm.", "google.genai.", "google.generativeai.", "groq.", "mistralai.",
    "cohere.", "ollama.", "langchain.chat_models", "langchain.init_chat_model", "boto3.", "together.",
    "huggingface_hub.",
)  # fmt: skip
OTHERS = ("langchain_core.tools", "langchain_community.tools")
"""Libraries of those names that hold no models."""
ASKING = frozenset(
    {
        "invoke", "ainvoke", "stream", "astream", "batch", "abatch", "generate", "agenerate", "predict", "apredict",
        "create", "acreate", "parse", "completion", "acompletion", "generate_content", "generate_content_async", "chat",
        "complete", "acomplete",
    }
)  # fmt: skip
MARKS = (".with_structured_output", ".bind_tools")
"""Methods that only models have."""
PIPE = "operator.pipe"
DEEPEST = 6


def asks(call: LibraryCall) -> bool:
    """Whether a library call asks a model."""
    if call.path.rpartition(".")[2] not in ASKING:
        return False
    return _is_model(call.path) or (call.receiver is not None and runs_model(call.receiver))


def runs_model(value: Value, depth: int = DEEPEST) -> bool:
    """Whether something comes from a library of models, or is a chain with such a piece."""
    if _is_model(path_of(value)):
        return True
    return depth > 0 and any(runs_model(piece, depth - 1) for piece in _pieces(value))


def _pieces(value: Value) -> Iterator[Value]:
    """What a chain consists of, last piece first."""
    for option in options_of(value):
        if isinstance(option, Object) and option.path == PIPE:
            yield from reversed(option.arguments.positional)


def _is_model(path: str) -> bool:
    if any(mark in path for mark in MARKS):
        return True
    first = path.lstrip("?.")
    return first.startswith(LIBRARIES) and not first.startswith(OTHERS)


def model_name(value: Value | None, depth: int = DEEPEST) -> str | None:
    """The name given to the model that a runnable asks, `gpt-4o`."""
    for option in options_of(value) if value is not None else ():
        text = text_of(option)
        if text is not None:
            return text
        if not isinstance(option, Object) or not depth:
            continue
        named = _given_name(option)
        if named is not None:
            return named
        for piece in (*_pieces(option), *([option.receiver] if option.receiver is not None else [])):
            found = model_name(piece, depth - 1) if isinstance(piece, Object) else None
            if found is not None:
                return found
    return None


def _given_name(made: Object) -> str | None:
    """The name among the arguments of a model's constructor."""
    for key in ("model", "model_name", "model_id"):
        text = text_of(made.arguments.get(key))
        if text is not None:
            return text
    if not (made.path or "").endswith(".init_chat_model"):
        return None
    first = made.arguments.get("model", 0)
    return text_of(first) if not isinstance(first, Object) else _given_name(first)
