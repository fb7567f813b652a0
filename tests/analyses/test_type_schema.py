from __future__ import annotations

import pytest

from wflint.analyses.plan.type_schema import schema_of


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("str", {"type": "string"}),
        ("list[str]", {"type": "array", "items": {"type": "string"}}),
        ("list[Source]", {"type": "array"}),
        ("dict[str, int]", {"type": "object"}),
        ("tuple[int, str]", {"type": "array"}),
        ("int | None", {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        ("int | str | None", {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]}),
        ("Optional[float]", {"anyOf": [{"type": "number"}, {"type": "null"}]}),
        ("Union[int, bool]", {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}),
        ("Literal['yes', 'no', 3]", {"enum": ["yes", "no", 3]}),
        ("Literal[b'x']", {}),
        ("Annotated[list[int], operator.add]", {"type": "array", "items": {"type": "integer"}}),
        ("typing.List[bool]", {"type": "array", "items": {"type": "boolean"}}),
        ("Grade", {}),
        ("Grade | None", {}),
        ("Optional[Grade]", {}),
        (None, {}),
        ("", {}),
        ("list[", {}),
        ("x" * 500, {}),
        ("[" * 300, {}),
        ("1 + 1", {}),
        ("lambda: 0", {}),
    ],
)
def test_schema(written: str | None, expected: dict[str, object]) -> None:
    assert schema_of(written) == expected
