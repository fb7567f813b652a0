"""Prompts that LangChain reads from files itself: `PromptTemplate.from_file` and `load_prompt`."""

from __future__ import annotations

from typing import Final

from wflint.evaluate.expressions.calls import product
from wflint.evaluate.library import CallModel, CallSite
from wflint.evaluate.python.documents import document_at
from wflint.evaluate.python.files import text_at
from wflint.evaluate.values import Arguments, Mapping, Value, text_of

MADE: Final = "langchain_core.prompts.PromptTemplate"
_HOMES: Final = ("langchain_core.prompts", "langchain_core.prompts.prompt", "langchain.prompts", "langchain")
_LOADING: Final = (
    "langchain_core.prompts",
    "langchain_core.prompts.loading",
    "langchain.prompts",
    "langchain.prompts.loading",
)
_PLAIN: Final = (None, "prompt")
"""What a document says that it is where it is one text."""


def _from_file(call: CallSite) -> Value:
    """`PromptTemplate.from_file(path)` is `from_template` of what the file says."""
    file = call.get("template_file", 0)
    text = text_at(call.interpreter, file, call.location.module, call.get("encoding")) if file is not None else None
    return _made(call, text, call.arguments.keywords)


def _load(call: CallSite) -> Value:
    """`load_prompt(path)`: a document with the text, or with the name of the file that holds it."""
    found = document_at(call.interpreter, call.get("path", 0), call.location.module)
    if not isinstance(found, Mapping) or text_of(found.content.get("_type")) not in _PLAIN:
        return _made(call, None, ())
    text = found.content.get("template")
    file = found.content.get("template_path")
    if text is None and file is not None:
        text = text_at(call.interpreter, file, call.location.module)
    kind = found.content.get("template_format")
    return _made(call, text, (("template_format", kind),) if kind is not None else ())


def _made(call: CallSite, text: Value | None, keywords: tuple[tuple[str, Value], ...]) -> Value:
    if text is None:
        return product(call.interpreter, call.path, call.receiver, call.arguments, call.location)
    kept = tuple((name, value) for name, value in keywords if name in ("template_format", "partial_variables"))
    return call.interpreter.object_of(MADE, Arguments((), (("template", text), *kept)), call.location)


PROMPT_FILES: dict[str, CallModel] = {
    **{f"{home}.PromptTemplate.from_file": _from_file for home in _HOMES},
    **{f"{home}.load_prompt": _load for home in _LOADING},
}
"""Rows of what reads prompts from files."""
