"""Agents that a program makes beside the others and then forgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from wflint.assembly.recording import once
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.values import DeferredImport, ModuleValue, Object, Value, alternatives
from wflint.source.code import AnnAssign, Assign, Attribute, Call, Constant, FunctionDef, Name, Subscript
from wflint.source.module_names import Parts
from wflint.source.walking import called_name, children, holds, nodes_in, structs


def unused(
    interp: Interpreter, module: Module, agents: Iterable[Object], looked_for: Collection[str] = ()
) -> Iterator[Object]:
    """Those of `agents` that a variable of the module holds which nobody ever looks at, here or elsewhere.

    `looked_for` are the names of variables that the framework itself takes.
    """
    wanted = {id(agent): agent for agent in agents}
    read = {*_read(module), *looked_for}
    held = [
        (str(name), wanted[id(option)])
        for name, value in module.scope.content.items()
        for option in alternatives(value)
        if id(option) in wanted and name not in read
    ]
    taken = _exported(interp, module) if held else set()
    yield from (agent for name, agent in held if name not in taken)


def unused_locals(interp: Interpreter, module: Module, agents: Iterable[Object]) -> Iterator[Object]:
    """Those of `agents` that a function makes and only names, or hands out under a name that nobody reads."""
    functions = [node for node in nodes_in(module.body) if isinstance(node, FunctionDef)]
    for agent in agents:
        around = [function for function in functions if any(holds(each.at, agent.site.at) for each in function.body)]
        if around and agent.site.module is module:
            innermost = min(around, key=lambda function: function.body[-1].at[1] - function.body[0].at[0])
            name = _local_name(innermost, agent)
            if name is not None and _is_forgotten(interp, module, innermost, name):
                yield agent


def _local_name(function: FunctionDef, agent: Object) -> str | None:
    """The variable that a function sets to just this agent, once."""
    named = [node for node in nodes_in(function.body) if isinstance(node, Assign) and node.value.at == agent.site.at]
    target = named[0].targets[0] if len(named) == 1 and len(named[0].targets) == 1 else None
    if not isinstance(target, Name):
        return None
    set_ = [node for node in nodes_in(function.body) if isinstance(node, Assign) and target in node.targets]
    return target.id if len(set_) == 1 else None


def _is_forgotten(interp: Interpreter, module: Module, function: FunctionDef, name: str) -> bool:
    """Whether nobody reads a variable but to hand its value out under a name by which nobody takes it."""
    nodes = list(nodes_in(function.body))
    uses = [node for node in nodes if isinstance(node, Name) and node.id == name]
    handed = [
        keyword
        for node in nodes
        if isinstance(node, Call) and _only_keeps(module.scope.content.get(called_name(node)))
        for keyword in node.keywords
        if isinstance(keyword.value, Name) and keyword.value.id == name and keyword.name is not None
    ]
    if len(uses) != len(handed) + 1 or any(
        isinstance(node, Call) and called_name(node) in ALL_LOCALS for node in nodes
    ):
        return False
    names = {keyword.name for keyword in handed}
    return not names or names.isdisjoint(_taken(interp))


def _only_keeps(called: Value | None) -> bool:
    """Whether a call makes an object of the source that does nothing with what it is given but to keep it."""
    return isinstance(called, Class) and called.find("__init__") is None and bool(called.declared())


def _taken(interp: Interpreter) -> Iterator[str]:
    """The names of attributes and keys by which code takes something, and of whatever it may take everything by."""
    for module in interp.linker.modules.values():
        for node in nodes_in(module.body):
            match node:
                case Attribute(name=name) | Subscript(index=Constant(value=str(name))):
                    yield name
                case Call(args=args) if called_name(node) in LOOKING_UP:
                    yield from (each.value for each in args if isinstance(each, Constant) and type(each.value) is str)
                case _:
                    pass


LOOKING_UP = frozenset({"getattr", "get", "pop", "attrgetter", "itemgetter"})
"""Calls that take something by its name."""
ALL_LOCALS = frozenset({"locals", "vars", "globals"})
"""Calls that give all variables of a function."""


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
    modules = interp.linker.modules
    looked_up = once(interp, (_looked_up, len(modules)), lambda: _looked_up(tuple(modules.values())))
    taken |= looked_up.get(module.path, frozenset()) | looked_up.get(module.parts[-1:], frozenset())
    everything = any(module in other.stars for other in others) or "__all__" in module.scope.content
    return taken | ({str(name) for name in module.scope.content} if everything else set())


def _looked_up(modules: Iterable[Module]) -> dict[str | Parts, frozenset[str]]:
    """The names that code takes from other modules as their attributes.

    By the path of the module where a variable holds it (`module.name`), by its last part where code goes through the
    package around it (`package.module.name`).
    """
    found: dict[str | Parts, set[str]] = defaultdict(set)
    for module in modules:
        held = {name: key for name, value in module.scope.content.items() if (key := _module_of(value)) is not None}
        for node in nodes_in(module.body) if held else ():
            match node:
                case Attribute(value=Name(id=base), name=name) if base in held:
                    found[held[base]].add(name)
                case Attribute(value=Attribute(name=base), name=name):
                    found[(base,)].add(name)
                case _:
                    pass
    return {key: frozenset(names) for key, names in found.items()}


def _module_of(value: Value) -> str | Parts | None:
    """The path of a module that a variable holds; its last part where it may be one; None for anything else."""
    match value:
        case ModuleValue(module=module):
            return module.path
        case DeferredImport(name=name):
            return (name,)
        case _:
            return None
