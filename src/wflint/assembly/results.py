"""What calls of frameworks give back, compared with what the code around them does with it: rows by the call's path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.assembly.contracts.parts import part_read
from wflint.assembly.releases import Held
from wflint.assembly.sequences import is_unset
from wflint.evaluate.answers import ANSWER
from wflint.evaluate.events import Access, ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const, Location, Object, TrackedValue
from wflint.model.contract import Certainty
from wflint.model.fault import Fault, FaultKind
from wflint.source.code import Assign, Attribute, Await, Call, ExprStmt, JoinedStr, Name, Node, Subscript, TextRange
from wflint.source.walking import body_of, nodes_in

COROUTINE = frozenset({"send", "throw", "close", "cr_await", "cr_code", "cr_frame", "cr_origin", "cr_running"})
"""Attributes of a coroutine that nobody has waited for."""

MODEL = frozenset(
    {"copy", "dict", "json", "model_copy", "model_dump", "model_dump_json", "model_fields", "model_fields_set"}
)
"""Attributes of any model."""


class Waited(Struct, frozen=True, kw_only=True):
    """A call whose result has to be waited for; until then it has the attributes `before`, no keys and no text.

    Where it has those of a coroutine only, nothing is run before. `instead` is what to do. With one of the arguments
    `unless` the call gives something else.
    """

    before: frozenset[str] = COROUTINE
    instead: str = "`await` it first"
    unless: tuple[str, ...] = ()


class Streamed(Struct, frozen=True, kw_only=True):
    """A call that gives what is read bit by bit, as `instead` says, and that cannot be waited for."""

    instead: str


class Whole(Struct, frozen=True, kw_only=True):
    """A call that gives a `name`, which has these attributes (`parts`) and no others; `instead` is what to do.

    With a `setting`, it gives that only where what is called was made with this argument, as true; `held` are the
    releases that do.
    """

    name: str
    parts: frozenset[str]
    instead: str
    unless: tuple[str, ...] = ()
    setting: str = ""
    held: Held | None = None


Results = Mapping[str, tuple[Waited | Streamed | Whole, ...]]
"""By the path of what is called."""


def misused_results(interp: Interpreter, tables: Iterable[Results]) -> Iterator[Fault]:
    """Results that are read before anybody waits for them, waited for in vain, or read for what they do not have."""
    rows = {path: row for table in tables for path, row in table.items()}
    around = _Around()
    read = _attributes(interp, rows)
    for called in interp.api_calls:
        for row in rows.get(called.path, ()):
            match row:
                case Waited():
                    yield from _too_early(called, row, around)
                case Streamed():
                    if called.location.at[1] in around.of(called.location, called).awaited:
                        why = f"it gives no coroutine: {row.instead}"
                        yield Fault(FaultKind.FAILING, f"{_named(called)} is waited for", called.span, detail=why)
                case Whole() if row.held is None or row.held.is_in_force(interp, called.span.path):
                    yield from _not_there(called, row, read)
                case Whole():
                    pass


def _named(called: ApiCall) -> str:
    return f"`{called.path.partition('.')[2].replace('.made', '').removesuffix('.__call__')}(...)`"


class _Uses(Struct, frozen=True):
    """What a body does with the results of calls, by where these end: a call of a call is told to begin behind it.

    `awaited` are calls behind `await`, `dropped` those whose result nothing takes, `read` the parts that are read of a
    call itself, `kept` the names that hold a result, and `parts` the parts that are read of names which are used for
    nothing else. A text that is made of a result is read of it, too.
    """

    awaited: frozenset[int]
    dropped: frozenset[int]
    read: dict[int, tuple[Node, ...]]
    kept: dict[int, str]
    parts: dict[str, tuple[Node, ...]]


class _Around:
    """The bodies that calls stand in, each looked through once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, TextRange | None], _Uses] = {}

    def of(self, location: Location, called: ApiCall) -> _Uses:
        """What the innermost function around a call, or the module, does with results."""
        module = location.module
        frame = next((each for each in reversed(called.stack) if each.function is not None), None)
        function = frame.function if frame is not None else None
        inside = function is not None and function.module is module
        key = (module.path, function.node.at if function is not None and inside else None)
        if key not in self._known:
            body = body_of(function.node) if function is not None and inside else module.body
            self._known[key] = _uses_in(list(nodes_in(body)))
        return self._known[key]


def _uses_in(nodes: list[Node]) -> _Uses:
    awaited = frozenset(node.value.at[1] for node in nodes if isinstance(node, Await) and isinstance(node.value, Call))
    dropped = frozenset(
        node.value.at[1] for node in nodes if isinstance(node, ExprStmt) and isinstance(node.value, Call)
    )
    read: dict[int, list[Node]] = {}
    kept: dict[int, str] = {}
    targets: dict[str, int] = {}
    mentions: dict[str, int] = {}
    parts: dict[str, list[Node]] = {}
    for node in nodes:
        for taken in _taken_of(node):
            if isinstance(taken, Name):
                parts.setdefault(taken.id, []).append(node)
            elif isinstance(taken, Call):
                read.setdefault(taken.at[1], []).append(node)
        match node:
            case Assign(targets=(Name(id=name),), value=Call(at=(_, end))):
                kept[end] = name
                targets[name] = targets.get(name, 0) + 1
            case Name(id=name):
                mentions[name] = mentions.get(name, 0) + 1
            case _:
                pass
    once = {
        name: tuple(found)
        for name, found in parts.items()
        if targets.get(name) == 1 and mentions.get(name) == len(found) + 1
    }
    return _Uses(awaited, dropped, {end: tuple(found) for end, found in read.items()}, kept, once)


def _taken_of(node: Node) -> tuple[Node, ...]:
    """What a piece of code reads a part of, or makes a text of."""
    match node:
        case Attribute(value=value) | Subscript(value=value):
            return (value,)
        case JoinedStr(parts=parts):
            return parts
        case Call(func=Name(id="str" | "repr" | "print"), args=args):
            return args
        case _:
            return ()


def _too_early(called: ApiCall, row: Waited, around: _Around) -> Iterator[Fault]:
    """A part that is read of a call that nobody waits for; of a name only where nothing else is done with it."""
    if called.arguments.open or not all(is_unset(called.get(name)) for name in row.unless):
        return
    uses = around.of(called.location, called)
    end = called.location.at[1]
    reads = uses.read.get(end, ()) or uses.parts.get(uses.kept.get(end, ""), ())
    if end in uses.dropped and row.before == COROUTINE:
        yield Fault(FaultKind.IDLE, f"{_named(called)}, which nobody waits for,", called.span, detail=row.instead)
    for node in reads:
        if not isinstance(node, Attribute) or node.name not in row.before:
            what = (
                f'"{node.name}"'
                if isinstance(node, Attribute)
                else "a key"
                if isinstance(node, Subscript)
                else "a text"
            )
            made = "made" if what == "a text" else "read"
            subject = f"{what} is {made} of {_named(called)}, which nobody waits for"
            span = called.location.module.span(node.at)
            yield Fault(FaultKind.FAILING, subject, span, called.span, row.instead)
            return


Read = dict[int, list[Access]]


def _attributes(interp: Interpreter, rows: Results) -> Read:
    """The attributes that are read of the results of calls with a row, by the identity of the result."""
    wanted = {
        id(called.result.root)
        for called in interp.api_calls
        if isinstance(called.result, TrackedValue)
        and called.result.root.kind != ANSWER  # that is a part of the result
        and any(isinstance(row, Whole) for row in rows.get(called.path, ()))
    }
    found: Read = {}
    for access in interp.uses if wanted else ():
        if id(access.symbol.root) in wanted and access.mode == "attribute" and len(access.symbol.access_path) == 1:
            found.setdefault(id(access.symbol.root), []).append(access)
    return found


def _not_there(called: ApiCall, row: Whole, read: Read) -> Iterator[Fault]:
    """An attribute that is surely read of a result that has no such one."""
    if called.arguments.open or not all(is_unset(called.get(name)) for name in row.unless):
        return
    made = called.subject.arguments.get(row.setting) if isinstance(called.subject, Object) else None
    if row.setting and made != Const(value=True):
        return
    root = called.result.root if isinstance(called.result, TrackedValue) else None
    for access in read.get(id(root), ()):
        part = part_read(access, 0)
        if part is None or part.certainty is not Certainty.CERTAIN or part.name in row.parts or part.name[:2] == "__":
            continue
        subject = f'"{part.name}" is read of what {_named(called)} gives, a {row.name} without such a part'
        yield Fault(FaultKind.FAILING, subject, part.span, called.span, row.instead)
        return
