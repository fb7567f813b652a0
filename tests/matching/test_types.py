from __future__ import annotations

import pytest

from wflint.matching.types import Shape, clash, differ_in_number, read_type


@pytest.mark.parametrize(
    ("annotation", "text", "shape"),
    [
        ("str", "str", Shape.TEXT),
        ("Optional[list[str]]", "list[str]", Shape.MANY),
        ("list[str] | None", "list[str]", Shape.MANY),
        ("Annotated[list, add]", "list", Shape.MANY),
        ("Literal['a', 'b']", "Literal['a', 'b']", Shape.TEXT),
        ("pd.DataFrame", "pd.DataFrame", Shape.OBJECT),
        ("typing.Any", "typing.Any", Shape.UNKNOWN),
        ("", "", Shape.UNKNOWN),
        ("[[[", "[[[", Shape.UNKNOWN),
    ],
)
def test_annotations_are_read(annotation: str, text: str, shape: Shape) -> None:
    read = read_type(annotation)
    assert (read.text, read.shape) == (text, shape)


@pytest.mark.parametrize(("one", "other"), [("bool", "list[str]"), ("bool", "date"), ("int", "bool")])
def test_types_that_no_cast_connects(one: str, other: str) -> None:
    assert clash(read_type(one), read_type(other)) or differ_in_number(read_type(one), read_type(other))


@pytest.mark.parametrize(
    ("one", "other"), [("int", "str"), ("date", "str"), ("Paper", "dict"), ("str", ""), ("str", "str")]
)
def test_types_that_get_along(one: str, other: str) -> None:
    assert not clash(read_type(one), read_type(other))
    assert not differ_in_number(read_type(one), read_type(other))


def test_a_list_is_not_a_single_item() -> None:
    assert differ_in_number(read_type("list[Paper]"), read_type("Paper"))
    assert not differ_in_number(read_type("list[float]"), read_type("pd.Series"))
    assert not differ_in_number(read_type("list[str]"), read_type(""))
