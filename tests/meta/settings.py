"""The page of all settings, made of the models that read them and of what the code says beside each."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from wflint import config
from wflint.config import Config, CostSettings, LabelSettings, ModelCost, kebab
from wflint.config.schema import CostTable, LabelTable, ModelTable, Table

TABLES: tuple[tuple[str, type[BaseModel], type], ...] = (
    ("tool.wflint", Table, Config),
    ("tool.wflint.labels", LabelTable, LabelSettings),
    ("tool.wflint.cost", CostTable, CostSettings),
    ("tool.wflint.cost.models.NAME", ModelTable, ModelCost),
)
HEAD = """\
# Settings

Every key of `[tool.wflint]` in `pyproject.toml`, or of a `wflint.toml`, which has the same keys without the prefix. An
option of the command line goes before its key. An unknown key is an error that names the nearest right one.
`wflint check --show-settings` prints the settings in force.
"""


def keys() -> Iterator[tuple[str, str]]:
    """Each key with its table, as it is written."""
    for table, model, _ in TABLES:
        yield from ((table, kebab(name)) for name in model.model_fields)


def settings_page() -> str:
    """The page."""
    return HEAD + "".join(_section(*one) for one in TABLES)


def _section(table: str, model: type[BaseModel], settings: type) -> str:
    said, schema = _docstrings(settings), model.model_json_schema(by_alias=True)
    rows = [
        f"| `{kebab(name)}` | {_kind(schema['properties'][kebab(name)], schema)} | {_default(model, name)} "
        f"| {said[name]} |\n"
        for name in model.model_fields
    ]
    return f"\n## `[{table}]`\n\n| key | value | default | what it says |\n|---|---|---|---|\n{''.join(rows)}"


def _docstrings(settings: type) -> dict[str, str]:
    """What stands below each field of a class."""
    tree = ast.parse(inspect.getsource(config))
    (found,) = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == settings.__name__]
    said: dict[str, str] = {}
    for field, text in zip(found.body, found.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(sentence))):
                said[name] = sentence
            case _:
                pass
    return said


def _kind(schema: dict[str, Any], whole: dict[str, Any]) -> str:
    """A value in words."""
    if "$ref" in schema:
        return _kind(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in schema:
        return _kind(schema["anyOf"][0], whole)
    match schema:
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"type": "array"}:
            return "list of texts"
        case {"type": "object", "additionalProperties": inner} if isinstance(inner, dict):
            return f"table of names, each with: {_kind(inner, whole)}"
        case {"type": "object"}:
            return "table, see below"
        case {"type": "number"}:
            least = schema.get("minimum", schema.get("exclusiveMinimum"))
            above = "above" if "exclusiveMinimum" in schema else "from"
            most = f" to {schema['maximum']:g}" if "maximum" in schema else ""
            return f"number {above} {least:g}{most}"
        case _:
            return "text"


def _default(model: type[BaseModel], name: str) -> str:
    value = model.model_fields[name].get_default(call_default_factory=True)
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`" if value not in (None, (), {}) else ""
