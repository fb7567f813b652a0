"""What Haystack's names mean to the interpreter."""

from __future__ import annotations

from pathlib import Path

from wflint.assembly.census.constructors import calls
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct, fluent, pure, unmodelled
from wflint.evaluate.library import CallModel, CallSite, LibraryModel
from wflint.evaluate.values import NONE, Object, Value, last_of
from wflint.frontends.haystack.written import loaded

PIPELINES = ("haystack.Pipeline", "haystack.AsyncPipeline")
BUILDING = ("add_component", "add_components", "connect", "connect_many")
LOOKING = (
    "get_component", "get_component_name", "inputs", "outputs", "show", "draw", "walk", "to_dict", "dumps", "dump",
    "warm_up", "warm_up_async", "close", "close_async", "validate_input", "validate_pipeline",
)  # fmt: skip
"""Methods of a pipeline that leave its graph as it is."""
RUNNING = ("run", "run_async", "run_async_generator", "stream")
LOADING = ("loads", "load", "from_dict")
SETTING = ("set_input_type", "set_input_types", "set_output_types")
COMPONENT = "haystack.component"
SUPER = "haystack.SuperComponent"
AGENT = "haystack.Agent"
LAST_WORD = "last_message.text"
"""Where the result of an agent holds what it said last."""
STUBS = ("preparing.pymodel", "answering.pymodel")


def _set(call: CallSite) -> Value:
    """`component.set_output_types(self, ...)`: sockets that are only known once the component is made."""
    subject = call.get("instance", 0)
    if isinstance(subject, Object):
        call.interpreter.record_call(subject, call.path, call.arguments, call.location)
    return NONE


def _handlers() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = {SUPER: construct, AGENT: construct}
    calls |= {f"{AGENT}.{method}": Running("result", texts=(LAST_WORD,)) for method in ("run", "run_async")}
    for pipeline in PIPELINES:
        calls[pipeline] = construct
        calls |= {f"{pipeline}.{method}": fluent for method in BUILDING}
        calls |= {f"{pipeline}.{method}": pure for method in LOOKING}
        calls |= {f"{pipeline}.*": unmodelled}
        calls |= {f"{pipeline}.{method}": Running("result") for method in RUNNING}
        calls |= {f"{pipeline}.{method}": loaded for method in LOADING}
    calls |= {f"{COMPONENT}.{method}": _set for method in SETTING}
    return calls


CONSTRUCTORS = calls(
    "haystack",
    *(last_of(path) for path in PIPELINES),
    *(f"{last_of(path)}.{method}" for path in PIPELINES for method in LOADING),
)
"""What constructs a workflow."""


def table() -> LibraryModel:
    """What the interpreter is told about Haystack."""
    folder = Path(__file__).parent
    stub = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in STUBS)
    roots = frozenset({"haystack", "haystack_integrations"})
    return LibraryModel(roots, _handlers(), stubs={"haystack": stub}, constructors=frozenset(PIPELINES))
