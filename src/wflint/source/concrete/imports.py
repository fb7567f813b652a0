"""Imports, from libcst to the code tree."""

from __future__ import annotations

import libcst as cst

from wflint.source.code import Alias, Import, ImportFrom
from wflint.source.concrete.lowering import Lowering


def plain_import(node: cst.Import | cst.LazyImport, lowering: Lowering) -> Import:
    """`import a.b as c`, lazy or not."""
    return Import(lowering.at(node), tuple(_alias(alias) for alias in node.names))


def import_from(node: cst.ImportFrom | cst.LazyImportFrom, lowering: Lowering) -> ImportFrom:
    """`from .module import name as alias`, lazy or not."""
    module = "" if node.module is None else _dotted(node.module)
    names = (Alias("*", None),) if isinstance(node.names, cst.ImportStar) else tuple(map(_alias, node.names))
    return ImportFrom(lowering.at(node), module, len(node.relative), names)


def _alias(node: cst.ImportAlias) -> Alias:
    asname = node.asname
    return Alias(
        _dotted(node.name), asname.name.value if asname is not None and isinstance(asname.name, cst.Name) else None
    )


def _dotted(node: cst.BaseExpression) -> str:
    names: list[str] = []
    while isinstance(node, cst.Attribute):
        names.append(node.attr.value)
        node = node.value
    if isinstance(node, cst.Name):
        names.append(node.value)
    return ".".join(reversed(names))
