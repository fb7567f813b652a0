"""Types as written: what shape a value has, as far as the text of an annotation tells."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from wflint.model.patterns import pattern


class Shape(StrEnum):
    """The shape of a value."""

    UNKNOWN = "unknown"
    """Nothing is declared, or anything goes."""
    TEXT = "text"
    """A string, or what is written as one: paths, addresses, literals."""
    NUMBER = "number"
    """A number."""
    TRUTH = "truth"
    """Yes or no."""
    TIME = "time"
    """A date or a time."""
    BYTES = "bytes"
    """Binary data."""
    MAPPING = "mapping"
    """Keys and values."""
    MANY = "many"
    """Several values in a row."""
    OBJECT = "object"
    """An instance of a class."""


_SHAPES = {
    Shape.TEXT: "str string text path url uri uuid literal httpurl anyurl emailstr anyhttpurl secretstr purepath",
    Shape.NUMBER: "int float decimal number complex integer positiveint nonnegativeint",
    Shape.TRUTH: "bool boolean",
    Shape.TIME: "date datetime time timestamp timedelta",
    Shape.BYTES: "bytes bytearray memoryview",
    Shape.MAPPING: "dict mapping mutablemapping defaultdict typeddict ordereddict counter",
    Shape.MANY: "list set tuple sequence iterable frozenset collection iterator generator deque array ndarray",
    Shape.UNKNOWN: "any object none",
}
_BY_NAME = {name: shape for shape, names in _SHAPES.items() for name in names.split()}
_EASY = (
    {Shape.NUMBER, Shape.TEXT}, {Shape.TIME, Shape.TEXT}, {Shape.OBJECT, Shape.MAPPING}, {Shape.OBJECT, Shape.TEXT},
    {Shape.OBJECT, Shape.BYTES}, {Shape.MAPPING, Shape.TEXT}, {Shape.OBJECT, Shape.TIME}, {Shape.OBJECT, Shape.MANY},
    {Shape.OBJECT, Shape.NUMBER}, {Shape.BYTES, Shape.TEXT}, {Shape.MANY, Shape.MAPPING},
)  # fmt: skip
"""Pairs of shapes between which a plain cast, or a field of the object, often leads."""
_TABLE = pattern(r"(?i)(frame|dataset|table|series|tensor|s)$")
"""Objects that are rows of values themselves."""
_WRAPPED = pattern(r"^(?:typing\.)?(Optional|Annotated|Required|NotRequired|Final|ClassVar|ReadOnly)\[(.*)\]$")


class TypeReading(Struct, frozen=True):
    """An annotation without its wrappers, and the shape it stands for."""

    text: str
    shape: Shape

    @property
    def is_known(self) -> bool:
        return self.shape is not Shape.UNKNOWN

    @property
    def is_telling(self) -> bool:
        """Whether the type is one that few values have: not a bare string, number or yes and no."""
        return self.is_known and self.text.rpartition(".")[2].lower() not in _BY_NAME


def read_type(annotation: str) -> TypeReading:
    """Read an annotation as text; `Optional[list[str]]` is a list of strings."""
    text = annotation.strip().strip("'\"")
    while wrapped := _WRAPPED.match(text):
        inner = wrapped[2]
        text = inner.split(",")[0].strip() if wrapped[1] == "Annotated" and "[" not in inner else inner.strip()
    text = re.sub(r"\s*\|\s*None\b|\bNone\s*\|\s*", "", text).strip()
    return TypeReading(text, _shape(text))


def _shape(text: str) -> Shape:
    head = re.split(r"[\[(|]", text, maxsplit=1)[0].rpartition(".")[2].strip().lower()
    return Shape.UNKNOWN if not head else _BY_NAME.get(head, Shape.OBJECT)


def differ_in_number(one: TypeReading, other: TypeReading) -> bool:
    """Whether one is a row of values and the other a single one."""
    many, single = (one, other) if one.shape is Shape.MANY else (other, one)
    if many.shape is not Shape.MANY or single.shape in {Shape.MANY, Shape.UNKNOWN, Shape.MAPPING}:
        return False
    return not _TABLE.search(single.text)


def clash(one: TypeReading, other: TypeReading) -> bool:
    """Whether no plain cast leads from one to the other."""
    if not (one.is_known and other.is_known) or one.shape is other.shape:
        return False
    return {one.shape, other.shape} not in _EASY and not differ_in_number(one, other)
