"""What a repository asks of others: requests, calls of tools, remote agents, runs of what it imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from wflint.link.interfaces.addresses import address_of
from wflint.link.interfaces.module import Code, argument, keys_of, nodes_below
from wflint.link.interfaces.rows import ASKERS, METHOD_FIRST, REMOTES, RUNS, WELL_KNOWN, WELL_KNOWN_NAME, Asker
from wflint.link.interfaces.texts import HOLE, text_of
from wflint.link.records import Channel, OutsideCall
from wflint.source.code import (
    Assign,
    Attribute,
    Await,
    Call,
    Constant,
    DictDisplay,
    Expr,
    FunctionDef,
    Name,
    Node,
    Subscript,
    WithItem,
)
from wflint.source.walking import children

_ROWS: Final = {row.name: row for row in ASKERS}
_READS: Final = frozenset({"json"})
"""Methods of an answer that give what it holds."""


class _Setting(Struct, frozen=True):
    """A stretch of code in which names keep their meaning: the body of a function, or of the module.

    `kinds` are the imported names of what parameters are said to be.
    """

    nodes: tuple[Node, ...]
    kinds: Mapping[str, str] = {}

    def bound_to(self, call: Call) -> str:
        """The name that the answer of a call is bound to."""
        for node in self.nodes:
            if isinstance(node, Assign) and len(node.targets) == 1 and _bare(node.value) is call:
                target = node.targets[0]
                return target.id if isinstance(target, Name) else ""
            for item in children(node):
                if isinstance(item, WithItem) and _bare(item.context) is call and isinstance(item.target, Name):
                    return item.target.id
        return ""

    def dict_of(self, value: Expr | None) -> Expr | None:
        """The dict that a name stands for, where it is written out once and nothing is put in later."""
        if not isinstance(value, Name):
            return value
        found = [node.value for node in self.nodes if isinstance(node, Assign) and _binds(node, value.id)]
        changed = any(isinstance(node, Assign) and _puts_into(node, value.id) for node in self.nodes)
        updated = any(isinstance(node, Attribute) and _is_name(node.value, value.id) for node in self.nodes)
        return found[0] if len(found) == 1 and not changed and not updated else None

    def read_of(self, call: Call) -> set[str]:
        """The keys that are read of the answer of a call, at once or by the name that it is bound to."""
        name = self.bound_to(call)
        found = (
            node.index.value
            for node in self.nodes
            if isinstance(node, Subscript)
            and isinstance(node.index, Constant)
            and (_bare(node.value) is call or (name and _is_name(node.value, name)))
        )
        return {key for key in found if isinstance(key, str)}


def asked(code: Code, own: frozenset[str]) -> Iterator[OutsideCall]:
    """What a file asks of others, in order; `own` are the names of the repository's own modules."""
    settings = [
        _Setting(tuple(nodes_below(code.module.body))),
        *(_within(function, code) for function in code.functions),
    ]
    for setting in settings:
        calls = [node for node in setting.nodes if isinstance(node, Call)]
        for call in sorted(calls, key=lambda node: (node.at[0], -node.at[1])):
            yield from _asked_by(call, setting, code, own)


def _within(function: FunctionDef, code: Code) -> _Setting:
    kinds = {each.name: code.dotted(each.annotation) for each in function.parameters if each.annotation is not None}
    return _Setting(tuple(nodes_below(function.body)), kinds)


def _asked_by(call: Call, setting: _Setting, code: Code, own: frozenset[str]) -> Iterator[OutsideCall]:
    yield from _remote(call, code)
    if not isinstance(call.func, Attribute):
        return
    row = _asker(call.func.value, setting, code)
    if row is not None and call.func.name in row.methods:
        yield from _request(call, row, call.func, setting, code)
    elif call.func.name in RUNS:
        yield from _run(call, call.func, setting, code, own)


def _asker(value: Expr, setting: _Setting, code: Code) -> Asker | None:
    said = setting.kinds.get(value.id) if isinstance(value, Name) else None
    direct = _ROWS.get(said or code.dotted(value))
    if direct is not None:
        return direct
    made = code.constructed_by(value)
    return _ROWS.get(made.kind) if made is not None else None


def _request(call: Call, row: Asker, func: Attribute, setting: _Setting, code: Code) -> Iterator[OutsideCall]:
    named = func.name in METHOD_FIRST
    text = text_of(argument(call, row.address, row.at + named), code)
    method = text_of(argument(call, "method", 0), code) if named else func.name
    if text is None or method is None or HOLE in method:
        return
    passes, is_open = _passed(call, row, setting)
    takes = _taken(call, setting)
    if row.channel is Channel.MCP:
        if HOLE not in text:
            yield OutsideCall(Channel.MCP, text, code.place(call.at), passes, is_open)
        return
    made = code.constructed_by(func.value)
    base = text_of(argument(made.call, row.base), made.code) if made is not None and row.base else None
    address = address_of(text if base is None else _based(text, base, row))
    if address is not None and address.route != "/":
        place = code.place(call.at)
        yield OutsideCall(Channel.HTTP, address.route, place, passes, is_open, takes, method.upper(), address.host)


def _based(text: str, base: str, row: Asker) -> str:
    """An address seen from the one that its client was given; a whole one stands for itself."""
    if address_of(text) is not None and not text.startswith("/"):
        return text
    if text.startswith("/") and not row.appends:
        joined = address_of(base)
        return f"http://{joined.host if joined is not None and joined.host else HOLE}{text}"
    return f"{base.rstrip('/')}/{text.lstrip('/')}"


def _passed(call: Call, row: Asker, setting: _Setting) -> tuple[tuple[str, ...], bool]:
    """The fields that are handed over, and whether there may be more."""
    for name in row.body:
        value = call.args[int(name)] if name.isdigit() and int(name) < len(call.args) else argument(call, name)
        if value is not None:
            keys = keys_of(setting.dict_of(value))
            return keys if keys is not None else ((), True)
    spread = any(keyword.name is None for keyword in call.keywords)
    return (), spread or row.channel is Channel.HTTP


def _taken(call: Call, setting: _Setting) -> tuple[str, ...]:
    """The keys that are read of the answer's JSON."""
    answer, found = setting.bound_to(call), set[str]()
    for node in setting.nodes:
        if isinstance(node, Call) and isinstance(node.func, Attribute) and node.func.name in _READS:
            holder = _bare(node.func.value)
            if holder is call or (answer and _is_name(holder, answer)):
                found |= setting.read_of(node)
    return tuple(sorted(found))


def _run(call: Call, func: Attribute, setting: _Setting, code: Code, own: frozenset[str]) -> Iterator[OutsideCall]:
    """A run of a workflow that is imported from elsewhere."""
    name = code.dotted(func.value)
    constructed = code.constructed_by(func.value)
    if not name and constructed is not None:
        name = constructed.kind
    top = name.partition(".")[0]
    if not name.count(".") or top in own:
        return
    given = argument(call, "inputs", 0)
    keys = keys_of(setting.dict_of(given)) if given is not None else None
    if keys is None:
        return
    takes = tuple(sorted(setting.read_of(call)))
    yield OutsideCall(Channel.PACKAGE, name, code.place(call.at), keys[0], keys[1], takes, func.name)


def _remote(call: Call, code: Code) -> Iterator[OutsideCall]:
    """An agent that is somewhere else: what stands for it is given its address."""
    parameter = REMOTES.get(code.dotted(call.func))
    if parameter is not None:
        values = [argument(call, parameter)]
    else:
        values = [keyword.value for keyword in call.keywords if _is_card(text_of(keyword.value, code))]
    text = text_of(values[0], code) if values else None
    address = address_of(text) if text is not None else None
    if address is not None:
        name = text_of(argument(call, "name"), code)
        known = name if name and HOLE not in name else ""
        yield OutsideCall(Channel.A2A, known or address.route, code.place(call.at), host=address.host)


def _is_card(text: str | None) -> bool:
    return text is not None and (WELL_KNOWN in text or WELL_KNOWN_NAME in text)


def _bare(value: Expr) -> Expr:
    return value.value if isinstance(value, Await) else value


def _is_name(value: Expr, name: str) -> bool:
    return isinstance(value, Name) and value.id == name


def _binds(node: Assign, name: str) -> bool:
    return len(node.targets) == 1 and _is_name(node.targets[0], name) and isinstance(node.value, DictDisplay)


def _puts_into(node: Assign, name: str) -> bool:
    return any(isinstance(target, Subscript) and _is_name(target.value, name) for target in node.targets)
