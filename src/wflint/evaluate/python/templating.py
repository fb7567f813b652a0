"""Jinja templates and those of `string`: where they are read from, and what they are filled with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.file_texts import FileText
from wflint.evaluate.python.files import folder_of_package, text_at
from wflint.evaluate.python.paths import joined, within
from wflint.evaluate.values import (
    Arguments,
    Const,
    Location,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
    alternatives,
    bound_part,
    join,
    text_of,
)
from wflint.model.patterns import pattern

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.modules import Module

JINJA: Final = "jinja2.Template"
PLAIN: Final = "string.Template"
_ENVIRONMENTS: Final = frozenset(
    {
        "jinja2.Environment",
        "jinja2.environment.Environment",
        "jinja2.sandbox.SandboxedEnvironment",
        "jinja2.sandbox.ImmutableSandboxedEnvironment",
        "jinja2.nativetypes.NativeEnvironment",
    }
)
TEMPLATING: Final = _ENVIRONMENTS | {JINJA, PLAIN}
"""What holds templates, and templates."""
_FILLING: Final = frozenset({"render", "render_async", "substitute", "safe_substitute"})
_JINJA_HOLE: Final = pattern(
    r"\{#(?:[^#{]|#(?!\}))*+#\}|\{%(?:[^%{]|%(?!\}))*+%\}|\{\{-?\s*+(?P<name>[A-Za-z_]\w*+)\s*+-?\}\}|\{\{[^{}]*+\}\}"
)
"""Comments, statements and outputs; one that holds further brackets is taken for text."""
_PLAIN_HOLE: Final = pattern(r"\$(?:\$|(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})")
_MOST_HOLES: Final = 200


def of_template(
    interp: Interpreter, receiver: Object, name: str, arguments: Arguments, location: Location
) -> Value | None:
    """What a method of a template, or of an environment of templates, gives; None where that is not known."""
    if receiver.path in _ENVIRONMENTS:
        found = _template_text(interp, receiver, name, arguments)
        return interp.object_of(JINJA, Arguments((found,)), location) if found is not None else None
    template = receiver.arguments.get("source", 0) or receiver.arguments.get("template", 0)
    text = text_of(template)
    if name not in _FILLING or text is None:
        return None
    interp.record_library_call(f"{receiver.path}.{name}", receiver, arguments, location)
    place = template.location if isinstance(template, FileText) else None
    return _filled(interp, _Template(text, place, receiver.path == JINJA), arguments, location)


def _template_text(interp: Interpreter, environment: Object, name: str, arguments: Arguments) -> Value | None:
    """The text of a template that an environment is asked for, or given."""
    given = arguments.positional[0] if arguments.positional else None
    match name:
        case "from_string":
            return given if text_of(given) is not None else None
        case "get_template" | "select_template" if given is not None:
            loader = environment.arguments.get("loader")
            found = [text for each in alternatives(loader) if (text := _loaded(interp, each, given)) is not None]
            return join(*found) if found else None
        case _:
            return None


def _loaded(interp: Interpreter, loader: Value, name: Value) -> Value | None:
    if not isinstance(loader, Object) or loader.location is None:
        return None
    arguments, module = loader.arguments, loader.location.module
    match (loader.path or "").rpartition(".")[2]:
        case "DictLoader" if isinstance(held := arguments.get("mapping", 0), Mapping):
            return bound_part(held.content.get(text_of(name), Unknown("no template")))
        case "FileSystemLoader":
            folders = _each(arguments.get("searchpath", 0))
        case "PackageLoader":
            folders = _in_package(interp, arguments, module)
        case _:
            return None
    return next((text for folder in folders if (text := text_at(interp, joined(folder, (name,)), module))), None)


def _each(folders: Value | None) -> Iterator[Value]:
    if isinstance(folders, Sequence):
        yield from (found for item in folders.content if (found := bound_part(item)) is not None)
    elif folders is not None:
        yield folders


def _in_package(interp: Interpreter, arguments: Arguments, module: Module) -> Iterator[Value]:
    folder = folder_of_package(interp, arguments.get("package_name", 0), module)
    inner = arguments.get("package_path", 1) or Const("templates")
    if folder is not None:
        yield joined(within(folder), (inner,))


class _Template(Struct, frozen=True):
    """The text of a template, with the place where it stands if that is a file of its own."""

    text: str
    place: Location | None
    is_jinja: bool

    def before(self, end: int) -> Const:
        """What it begins with."""
        text = self.text[:end]
        return FileText(text, self.place) if self.place is not None else Const(text)


def _filled(interp: Interpreter, template: _Template, arguments: Arguments, location: Location) -> Value:
    """A template with values in its places; what it works out itself, or leaves out perhaps, is not known."""
    from wflint.evaluate.python.joining import text_from

    text = template.text
    holes = list((_JINJA_HOLE if template.is_jinja else _PLAIN_HOLE).finditer(text))
    if len(holes) > _MOST_HOLES:
        return Unknown("a text beyond the budget", location, depends_on(*arguments))
    parts: list[Value] = []
    end = 0
    for hole in holes:
        parts.append(Const(text[end : hole.start()]) if end else template.before(hole.start()))
        end = hole.end()
        name = hole["name"] or (hole["braced"] if not template.is_jinja else None)
        if name is not None:
            given = arguments.get(name) or _entry(arguments, name)
            parts.append(given if given is not None else Unknown("what a template is filled with", location))
        elif hole.group() == "$$":
            parts.append(Const("$"))
        elif not hole.group().startswith("{#"):
            parts.append(Unknown("what a template works out", location, depends_on(*arguments)))
    parts.append(Const(text[end:]) if end else template.before(len(text)))
    return text_from(interp, parts)


def _entry(arguments: Arguments, name: str) -> Value | None:
    """A value of the one dict that a template may be given instead of names."""
    given = arguments.positional[0] if arguments.positional else None
    return given.content.get(name) if isinstance(given, Mapping) else None
