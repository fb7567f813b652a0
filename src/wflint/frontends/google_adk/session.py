"""The session's state: what code reads from it and writes into it through the contexts it is handed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.fixed_numbers import fixed_number
from wflint.assembly.contracts.origins import origins_in, sorted_origins
from wflint.assembly.contracts.output_formats import expected_formats, path_read
from wflint.assembly.contracts.parts import part_read
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.evaluate.events import Access, ApiCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import name_of
from wflint.evaluate.values import Function, Generic, Location, Mapping, Object, Value, alternatives, possibly_unbound
from wflint.frontends.google_adk.table import ACTIONS, EVENT
from wflint.model.contract import Certainty, Field, Need, Offer, Origin, Outcome, Schema
from wflint.model.fault import Fault, FaultKind
from wflint.model.span import Span
from wflint.model.workflow import Step
from wflint.source.code import Attribute, Constant, ExprT, Name, Subscript

CONTEXTS = ("Context", "ToolContext", "CallbackContext", "ReadonlyContext", "InvocationContext")
NAMES = ("ctx", "context", "tool_context", "callback_context", "readonly_context", "invocation_context")
WRITES = ("set", "nested")
READS = ("index", "get", "test")
DEEPEST = 3
"""How far from the context its state is at most: `ctx.session.state`."""


class Use(Struct):
    """What a piece of code does with the state; `open` where it may write more, `reads_open` where it may read more.

    `written` are the keys that every run has written by now, `reworked` the ways, by key, to what it may change
    something in.
    """

    needs: dict[str, Need] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    open: bool = False
    reads_open: bool = False
    api_calls: tuple[ApiCall, ...] = ()
    summary: FunctionSummary | None = None
    written: set[str] = field(default_factory=set)
    reworked: set[str] = field(default_factory=set)

    def need(self, need: Need) -> None:
        """Add a need; of two, the stricter one counts, with the parts of both."""
        old = self.needs.get(need.name)
        kept = need if old is None or (need.required and not old.required) else old
        parts = tuple(dict.fromkeys((*(old.parts if old is not None else ()), *need.parts)))
        self.needs[need.name] = replace(kept, parts=parts)

    def offer(self, offer: Offer) -> None:
        """Add an offer; of two, the surer one counts."""
        old = self.offers.get(offer.name)
        surer = old is None or (old.certainty is Certainty.POSSIBLE and offer.certainty is Certainty.CERTAIN)
        kept = offer if old is None or surer else old
        origins = sorted_origins((*offer.origins, *(old.origins if old is not None else ())))
        fixed = kept.fixed if old is None or old.fixed == offer.fixed else None
        shape = kept.shape if old is None or old.shape == offer.shape else None
        self.offers[offer.name] = replace(kept, origins=origins, fixed=fixed, shape=shape)

    def take(self, other: Use, *, maybe: bool = False) -> None:
        """Add what other code does, which may not even run (`maybe`)."""
        for need in lenient(other) if maybe else other.needs.values():
            self.need(need)
        for offer in other.offers.values():
            self.offer(replace(offer, certainty=Certainty.POSSIBLE, by_tool=True) if maybe else offer)
        self.open = self.open or other.open
        self.reworked |= other.reworked


def use_of(interp: Interpreter, callee: Value, location: Location) -> Use:
    """Run a piece of code with its context tracked; of code that is not in the source nothing is known."""
    function = function_of(callee)
    if function is None:
        return Use(open=True, reads_open=True)
    parameter = context_parameter(function)
    summary = summarize(interp, callee, None, location, taking=parameter)
    if summary is None:
        return Use(open=True, reads_open=True)
    use = Use(
        api_calls=tuple(api_call for api_call in summary.api_calls if api_call.path in (EVENT, ACTIONS)),
        summary=summary,
    )
    if parameter is not None:
        _accesses(use, summary)
        _expect(use, summary)
    _deltas(use, summary)
    use.open = use.open or not summary.complete
    return use


def context_parameter(function: Function) -> str | None:
    """The parameter that the framework hands a context to, told by its annotation, else by its name."""
    parameters = [p for p in function.node.parameters if p.kind in ("either", "keyword")]
    typed = [p.name for p in parameters if _annotated(p.annotation) in CONTEXTS]
    named = [p.name for p in parameters if p.name in NAMES and p.annotation is None]
    return next(iter([*typed, *named]), None)


def _annotated(annotation: ExprT | None) -> str:
    """The last part of the name that an annotation is written with."""
    match annotation:
        case Name(id=name) | Attribute(name=name):
            return name
        case Constant(value=str(text)):
            return text.rpartition(".")[2]
        case Subscript(value=Name(id="Optional"), index=inner):
            return _annotated(inner)
        case _:
            return ""


def _accesses(use: Use, summary: FunctionSummary) -> None:
    """Reads and writes of `context.state[...]`, in order."""
    for access in summary.accesses:
        if access.symbol.root is not summary.root:
            continue
        path = access.symbol.access_path
        at = next((number for number, step in enumerate(path[:DEEPEST]) if step == "state"), None)
        if access.mode == "escape" and (at is None or len(path) == at + 1) and len(path) <= DEEPEST:
            use.open = use.reads_open = True
        elif at is not None:
            _access(use, access, path[at + 1 :], always=summary.always_sets(access))
            _part(use, access, at + 2)


def _access(use: Use, access: Access, keys: tuple[str, ...], *, always: bool) -> None:
    if not keys:
        use.open = use.open or access.mode in WRITES
        return
    name = keys[0]
    if access.mode in WRITES and len(keys) == 1:
        origins = origins_in(access.new) if access.new is not None else (Origin.CODE,)
        fixed = fixed_number([access.new]) if access.mode == "set" else None
        use.offer(Offer(name, access.location.span, certainty(always), origins=origins, fixed=fixed))
        use.written |= {name} if access.certain else set()
    elif access.mode in READS and name not in use.written:
        required = access.mode == "index" and not access.guarded
        use.need(Need(name, access.location.span, required, certainty(access.certain)))


def _part(use: Use, access: Access, start: int) -> None:
    """What the code goes on to do with the value of a key, which is at `start` on the way from the context."""
    way = access.symbol.access_path[start - 1 :]
    if access.mode in (*WRITES, "delete", "escape") and not (access.mode == "set" and len(way) == 1):
        changed = way if access.mode == "escape" or len(way) == 1 else way[:-1]
        use.reworked |= {".".join(changed)} if changed else set()
        return
    part = part_read(access, start) if way and way[0] in use.needs else None
    if part is not None:
        use.need(replace(use.needs[way[0]], parts=(part,)))


def _expect(use: Use, summary: FunctionSummary) -> None:
    """What the code makes of the texts in the state."""
    for name, forms in expected_formats(summary, lambda value: key_read(value, summary)).items():
        if name in use.needs:
            use.needs[name] = replace(use.needs[name], expectations=forms)


def key_read(value: Value, summary: FunctionSummary) -> str | None:
    """The key of the state whose value a text is, as it stands or trimmed."""
    path = path_read(value, summary.root) or ()
    at = next((number for number, step in enumerate(path[:DEEPEST]) if step == "state"), None)
    return path[-1] if at is not None and len(path) == at + 2 else None


def _deltas(use: Use, summary: FunctionSummary) -> None:
    """What events carry into the state: `Event(state={...})`, `EventActions(state_delta={...})`."""
    for api_call in use.api_calls:
        sure = any(call.certain and call.location == api_call.location for call in summary.calls)
        delta = api_call.get("state") or api_call.get("state_delta")
        use.open = use.open or api_call.arguments.open
        for option in alternatives(delta):
            if isinstance(option, Mapping):
                use.open = use.open or not option.closed
                for key, value in option.known():
                    always = sure and option is delta and not possibly_unbound(value)
                    use.offer(Offer(str(key), api_call.span, certainty(always), origins=origins_in(value)))
            else:
                use.open = True


def lenient(use: Use) -> Iterator[Need]:
    """The needs of code that may not even run."""
    for need in use.needs.values():
        yield replace(need, required=False, certainty=Certainty.POSSIBLE)


def state_of(steps: Iterable[Step], span: Span) -> Schema:
    """The session's state, as far as steps write it; it takes any key, and keeps what comes last."""
    names = dict.fromkeys(offer.name for step in steps for offer in step.offers)
    return Schema(
        "the session", tuple(Field(name, span) for name in names), span, closed=False, on_undeclared_write=Outcome.KEPT
    )


def requests(use: Use, path: str) -> bool:
    """Whether the code makes an object of a library class while it runs."""
    return use.summary is not None and any(call.path == path for call in use.summary.calls)


def schema_name(value: Value | None) -> str | None:
    """The name of a schema class, `list[Item]` by its whole form."""
    if isinstance(value, Generic):
        inner = ", ".join(filter(None, (name_of(argument) for argument in value.arguments)))
        return f"{name_of(value)}[{inner}]"
    return name_of(value) or None if not isinstance(value, Object) else None


PASSING = "temp:"
"""What keys begin with that are there in the run that sets them only."""


def keys_of_no_run(steps: Iterable[Step]) -> Iterator[Fault]:
    """Keys of one run that an instruction or code counts on, and that no step of the run sets."""
    known = tuple(steps)
    set_ = {offer.name for step in known for offer in step.offers}
    if any(step.offers_open for step in known):
        return
    for step in known:
        for need in step.needs:
            if need.name.startswith(PASSING) and need.required and need.name not in set_:
                text = f'step "{step.id}", which counts on "{need.name}"'
                why = "such a key is gone after the run that sets it, and no step of this one does: the run fails"
                yield Fault(FaultKind.REFUSED, text, need.span, detail=why, step=step.id, may_be=True)
