"""Fields that are declared, and how their values are merged."""

from __future__ import annotations

import ast
import builtins

from wflint.model.fix import AddField, AppendLists, Edit
from wflint.source.fixing.imports import direct, is_imported, member
from wflint.source.fixing.syntax import Syntax, parsed

_LISTS = frozenset({"list", "List"})


def append_lists(syntax: Syntax, change: AppendLists) -> tuple[Edit, ...] | None:
    """`list[str]` becomes `Annotated[list[str], operator.add]`."""
    place = syntax.range_at(change.span)
    fields = [node for node in ast.walk(syntax.tree) if isinstance(node, ast.AnnAssign)]
    node = next((node for node in fields if syntax.range_of(node).holds(place)), None)
    if node is None or not _is_list(node.annotation):
        return None
    annotated, adding = direct(syntax, "typing", "Annotated"), member(syntax, "operator", "add")
    if annotated is None or adding is None:
        return None
    whole = syntax.range_of(node.annotation)
    return (
        *annotated.edits,
        *adding.edits,
        syntax.edit(whole.start, whole.start, f"{annotated.written}["),
        syntax.edit(whole.end, whole.end, f", {adding.written}]"),
    )


def _is_list(annotation: ast.expr) -> bool:
    inner = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return isinstance(inner, ast.Name) and inner.id in _LISTS


def declare(syntax: Syntax, change: AddField) -> tuple[Edit, ...] | None:
    """The field below the last one of the class, where fields are declared without values."""
    classes = [node for node in ast.walk(syntax.tree) if isinstance(node, ast.ClassDef)]
    node = next((node for node in classes if node.lineno == change.span.line), None)
    fields = [each for each in node.body if isinstance(each, ast.AnnAssign)] if node is not None else []
    if not fields or any(field.value is not None for field in fields) or not change.name.isidentifier():
        return None
    last = syntax.range_of(fields[-1])
    indent, end = syntax.indent(last.start), syntax.line_end(last.end)
    if indent is None or (syntax.text[last.end : end].strip() or "#")[0] != "#":
        return None
    type_ = change.type_ if _is_known(syntax, change.type_) else "object"
    return (syntax.edit(end, end, f"{syntax.newline}{indent}{change.name}: {type_}"),)


def _is_known(syntax: Syntax, type_: str) -> bool:
    """Whether the file can write the type in this way."""
    tree = parsed(type_) if type_ else None
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return False
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    classes = {node.name for node in syntax.tree.body if isinstance(node, ast.ClassDef)}
    return all(hasattr(builtins, name) or name in classes or is_imported(syntax, name) for name in names)
