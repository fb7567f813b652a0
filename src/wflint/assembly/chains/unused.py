"""Agents that a program makes beside the others and then forgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.values import DeferredImport, Object, alternatives
from wflint.source.code import AnnAssign, Assign, Name
from wflint.source.walking import children, structs


def unused(interp: Interpreter, module: Module, agents: Iterable[Object]) -> Iterator[Object]:
    """Those of `agents` that a variable of the module holds which nobody ever looks at, here or elsewhere."""
    wanted = {id(agent): agent for agent in agents}
    read = set(_read(module))
    held = [
        (str(name), wanted[id(option)])
        for name, value in module.scope.content.items()
        for option in alternatives(value)
        if id(option) in wanted and name not in read
    ]
    taken = _exported(interp, module) if held else set()
    yield from (agent for name, agent in held if name not in taken)


def _read(module: Module) -> Iterator[str]:
    """The names that the code of a module uses, those apart that it only assigns to."""
    queue: list[Struct] = [*module.body]
    while queue:
        item = queue.pop()
        match item:
            case Name(id=name):
                yield name
            case Assign(targets=(Name(),), value=value) | AnnAssign(target=Name(), value=value):
                queue += structs((value,))
            case _:
                queue += children(item)


def _exported(interp: Interpreter, module: Module) -> set[str]:
    """The names that other modules take from this one; all of them where one takes everything."""
    others = [other for other in interp.linker.modules.values() if other is not module]
    taken = {
        value.name
        for other in others
        for value in other.scope.content.values()
        if isinstance(value, DeferredImport) and value.module is module
    }
    held = {id(value): str(name) for name, value in module.scope.content.items()}
    taken |= {held[id(value)] for other in others for value in other.scope.content.values() if id(value) in held}
    everything = any(module in other.stars for other in others) or "__all__" in module.scope.content
    return taken | ({str(name) for name in module.scope.content} if everything else set())
