"""LangSmith runs: whole, one an object, or as the parts of its multipart requests."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input, parse
from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.sources.base import LANGGRAPH, Source, parameters
from wflint.traces.sources.platforms import RUN_KINDS, say_integration
from wflint.traces.sources.record_base import Document, OpenDrafts, mapping, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill, usage_in

SOURCE = Source(
    "LangSmith",
    ("step", "superstep", "routers", "inputs and outputs", "model and tokens", "cached tokens", "errors"),
    ("reasoning tokens, where no usage metadata is kept",),
)
_WITH_PARTS = frozenset({"inputs", "outputs", "extra", "prompt_token_details", "completion_token_details"})


class LangSmithReader:
    """Runs by id; a run is complete when the file is, because parts may come late."""

    def __init__(self) -> None:
        self._open = OpenDrafts(SOURCE.name)

    def accepts(self, document: Document) -> bool:
        whole = "id" in document and ("run_type" in document or "dotted_order" in document)
        return whole or (isinstance(document.get("part"), str) and "body" in document)

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        part = document.get("part")
        if isinstance(part, str):
            _, _, rest = part.partition(".")
            run, _, field = rest.partition(".")
            draft = self._open.of(run, line)
            body = document.get("body")
            _fill(draft, {field: body} if field else mapping(body))
        else:
            _fill(self._open.of(text(document.get("id")), line), document)
        yield from self._open.overflow()

    def finish(self) -> Iterator[Draft]:
        return self._open.close()


def _opened(run: Document) -> Document:
    """A run in which nothing is JSON inside of a text: so a bulk export writes what has parts."""
    return {
        name: parse(value) if name in _WITH_PARTS and isinstance(value, str) else value for name, value in run.items()
    }


def _fill(draft: Draft, told: Document) -> None:
    run = _opened(told)
    draft.trace = text(run.get("trace_id")) or draft.trace
    draft.parent = text(run.get("parent_run_id")) or draft.parent
    draft.name = text(run.get("name")) or draft.name
    draft.start = nanoseconds(run.get("start_time")) or draft.start
    draft.end = nanoseconds(run.get("end_time")) or draft.end
    if "run_type" in run:
        draft.kind = RUN_KINDS.get(text(run["run_type"]), Kind.OTHER)
    if run.get("status") == "error":
        draft.flags |= Flag.FAILED
    if isinstance(run.get("error"), str) and run["error"]:
        draft.flags |= Flag.FAILED | Flag.EXCEPTION
        draft.error = error_name(run["error"])
    if run.get("inputs"):
        look_at_input(draft, run["inputs"])
    if "outputs" in run:
        draft.result = run["outputs"]
        _fill_usage(draft, run["outputs"])
    if "prompt_tokens" in run and draft.input == UNKNOWN:
        fill(draft, run)
    _fill_extra(draft, mapping(run.get("extra")))


def _fill_extra(draft: Draft, extra: Document) -> None:
    metadata = mapping(extra.get("metadata"))
    for name, read in LANGGRAPH.items():
        if name in metadata:
            read(draft, metadata[name])
    if draft.kind == Kind.OTHER:
        say_integration(draft, metadata.get("ls_integration"))
    parameters(draft, extra.get("invocation_params"))
    model = metadata.get("ls_model_name") or mapping(extra.get("invocation_params")).get("model")
    draft.model = draft.model or text(model)
    if draft.input == UNKNOWN:
        fill(draft, metadata.get("usage_metadata"))


def _fill_usage(draft: Draft, outputs: object) -> None:
    """The first record of tokens in an answer: that of a message, or the provider's own."""
    usage = usage_in(outputs)
    if usage is not None:
        fill(draft, usage)
