"""Records as JSON text."""

from __future__ import annotations

import json

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError


def json_text(record: BaseModel, indent: int | None = None) -> str:
    """A record as JSON. Halves of surrogate pairs, which names of files may hold, are more than pydantic can write."""
    try:
        return record.model_dump_json(indent=indent)
    except PydanticSerializationError:
        separators = (",", ":") if indent is None else None
        return json.dumps(record.model_dump(mode="json"), indent=indent, separators=separators, ensure_ascii=False)
