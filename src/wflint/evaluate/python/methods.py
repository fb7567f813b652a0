"""Methods of Python's own types, of tracked inputs that are used like them, and of models of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.python.dicts import of_dict
from wflint.evaluate.python.elsewhere import METHODS, of_runner
from wflint.evaluate.python.files import OPENING, content
from wflint.evaluate.python.lists import of_list
from wflint.evaluate.python.models import of_model
from wflint.evaluate.python.paths import method_of
from wflint.evaluate.python.templating import TEMPLATING, of_template
from wflint.evaluate.python.texts import of_text
from wflint.evaluate.tracked import of_input
from wflint.evaluate.values import (
    Arguments,
    Const,
    EnumMember,
    Location,
    Mapping,
    Object,
    Sequence,
    Text,
    TrackedValue,
    Value,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def _of_file(interp: Interpreter, stream: Object, name: str, arguments: Arguments) -> Value | None:
    """What a method of a file that is open gives; what is not known of it is as good as the file."""
    match name:
        case "read" | "decode" if not arguments.positional or name == "decode":
            return content(interp, stream) or stream
        case "readlines" if text_of(text := content(interp, stream)) is not None:
            return interp.list_of([Const(line) for line in str(text_of(text)).splitlines(keepends=True)])
        case "read" | "readlines" | "__enter__":
            return stream
        case _:
            return None


def builtin_method(
    interp: Interpreter, receiver: Value, name: str, arguments: Arguments, location: Location
) -> Value | None:
    """The result of a method of a built-in type; None if the receiver is of no such type."""
    match receiver:
        case Const(value=str()) | Text():
            return of_text(interp, receiver, name, arguments, location)
        case EnumMember() if text_of(receiver) is not None:
            return of_text(interp, receiver, name, arguments, location)
        case Sequence():
            return of_list(interp, receiver, name, arguments, location)
        case Mapping():
            return of_dict(interp, receiver, name, arguments, location)
        case TrackedValue():
            return of_input(interp, receiver, name, arguments, location)
        case Class() if name == "__subclasses__":
            return interp.list_of([each for each in interp.classes if receiver in each.bases])
        case Object(path="pathlib.Path"):
            return method_of(interp, receiver, name, arguments, location)
        case Object(path=str(path)) if path in METHODS:
            return of_runner(interp, receiver, name, arguments, location)
        case Object(path=str(path)) if path in OPENING:
            return _of_file(interp, receiver, name, arguments)
        case Object(path=str(path)) if path in TEMPLATING:
            return of_template(interp, receiver, name, arguments, location)
        case Object(cls=Class() as cls) if cls.declared():
            return of_model(interp, receiver, name, arguments, location)
        case _:
            return None
