"""Whether an edit of a file would be noticed by an evaluation that has read it as it was before.

Of a function that it never looks into, the evaluation knows the outside, and of the inside only which names stand
there, by which it decides what is worth a look.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from wflint.recovery.records import Record
from wflint.source.code import Constant, FunctionDef, Import, ImportFrom, ModuleIR
from wflint.source.repository import Repository
from wflint.source.versions import Versions
from wflint.source.walking import WORD, glimpsed, glimpsed_in, names_in, words_in


def may_be_noticed(one: Versions, path: str, record: Record, repository: Repository) -> bool:
    """Whether what differs between two versions would be seen by an evaluation that reads them as before."""
    if any(_tells(old, new, record.relevant) for old, new in one.renewed):
        return True
    if any(_imports(old.inner) != _imports(new.inner) for old, new in one.renewed):
        return True
    if _imported_words(one.older) & (words_in(one.older.body) ^ words_in(one.newer.body)):
        return True  # whether a module that is imported is mentioned says whether it is run for its effects
    come_or_gone = (*one.added, *one.removed)
    if not all(_is_plain(function, record.relevant) for function in come_or_gone):
        return True
    return bool(come_or_gone) and _are_asked_for(come_or_gone, one, path, record, repository)


def _tells(old: FunctionDef, new: FunctionDef, relevant: frozenset[str]) -> bool:
    """Whether another body makes it another thing to know a function by its outside."""
    differing = names_in(old.inner, relevant) ^ names_in(new.inner, relevant)
    return not relevant.isdisjoint(part for name in differing for part in WORD.findall(name))


def _imports(body: tuple[object, ...]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for node in glimpsed_in(body):
        match node:
            case Import(names=names):
                found += [(0, alias.name, alias.alias) for alias in names]
            case ImportFrom(module=home, level=level, names=names):
                found += [(level, home, alias.name, alias.alias) for alias in names]
            case _:
                pass
    return found


def _imported_words(module: ModuleIR) -> frozenset[str]:
    """The words in the imports of a module."""
    parts = (str(part) for each in _imports(module.body) for part in each[1:] if part is not None)
    return frozenset(word for part in parts for word in WORD.findall(part))


def _is_plain(function: FunctionDef, relevant: frozenset[str]) -> bool:
    """Whether a function of a module does nothing but be there."""
    defaults = [each.default for each in function.parameters if each.default is not None]
    return (
        not function.decorators
        and not function.name.startswith("__")
        and all(isinstance(default, Constant) for default in defaults)
        and not _imports(function.inner)
        and relevant.isdisjoint(
            part for name in (function.name, *names_in(function, relevant)) for part in WORD.findall(name)
        )
    )


def _are_asked_for(
    functions: tuple[FunctionDef, ...], one: Versions, path: str, record: Record, repository: Repository
) -> bool:
    """Whether somebody may look for functions by their names: what was read holds them as words."""
    names = {function.name for function in functions}
    looked_into = {span for span in record.entered if span.path == path}
    seen = _said(one.older, frozenset((span.line, span.column) for span in looked_into), names)
    return seen or any(
        name.encode() in repository.glimpse(other) for other, _ in record.files if other != path for name in names
    )


def _said(module: ModuleIR, entered: frozenset[tuple[int, int]], names: set[str]) -> bool:
    """Whether one of the names stands in what was read of a module."""
    pending: list[Struct] = [node for node in module.body if not (isinstance(node, FunctionDef) and node.name in names)]
    while pending:
        node = pending.pop()
        texts = (getattr(node, name) for name in node.__struct_fields__)
        words = (word for text in texts for word in _words(text))
        if any(word in names for word in words):
            return True
        if isinstance(node, FunctionDef) and module.place(node.name_at[0]) not in entered:
            pending += glimpsed(replace(node, inner=()))
        else:
            pending += glimpsed(node)
    return False


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return WORD.findall(value)
    return [word for each in value for word in _words(each)] if isinstance(value, tuple) else []
