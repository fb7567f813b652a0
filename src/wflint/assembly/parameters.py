"""What the parts of frameworks take by keyword, and which arguments are none of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.changes import Changed, Lacking, lacking_arguments
from wflint.assembly.groups import by_site
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.python.documents import is_written
from wflint.evaluate.values import Object, possibly_unbound
from wflint.model.stray_argument import StrayArgument


class Signature(Struct, frozen=True):
    """The keywords that something takes in one release or another; anything else it refuses, or ignores."""

    keywords: tuple[str, ...]
    refuses: bool


Parameters = Mapping[str, Signature]
"""By the path of what is constructed."""


def refused(keywords: str) -> Signature:
    """Something that refuses all but these keywords, which stand in one text."""
    return Signature(tuple(keywords.split()), refuses=True)


def ignored(keywords: str) -> Signature:
    """Something that ignores all but these keywords."""
    return Signature(tuple(keywords.split()), refuses=False)


def stray_arguments(
    interp: Interpreter, parameters: Iterable[Parameters], changes: Sequence[Changed] = ()
) -> tuple[StrayArgument, ...]:
    """The arguments of all objects that nothing takes, or not in the releases that their files run with, each once.

    What a class of the source takes besides is its own matter, and where one of several classes is called nobody knows
    which of them takes what. What a test has something refuse, it has it refuse on purpose. Documents have other keys.
    """
    known = {path: signature for each in parameters for path, signature in each.items()}
    locator = ArgumentLocator()
    found: dict[StrayArgument, None] = {}
    for objects in by_site(made for made in interp.objects if made.cls is None).values():
        signature = known.get(objects[0].path or "") if not is_written(objects[0].site) else None
        on_purpose = signature is not None and signature.refuses and objects[0].site.module.is_test
        if signature is not None and len({made.path for made in objects}) == 1 and not on_purpose:
            path = objects[0].path or ""
            lacking = lacking_arguments(interp, changes, objects[0].site.span.path, path)
            found.update(dict.fromkeys(_strays(interp, objects, signature, locator, lacking)))
    return tuple(found)


def _strays(
    interp: Interpreter,
    objects: Sequence[Object],
    signature: Signature,
    locator: ArgumentLocator,
    lacking: Lacking | None,
) -> Iterator[StrayArgument]:
    library, _, constructed = (objects[0].path or "").rpartition(".")
    copied = "" if library in interp.linker.shadowable_roots else library
    for made in objects:
        for name, value in made.arguments.keywords:
            late = lacking is not None and name in lacking.arguments[made.path or ""]
            if (late or name not in signature.keywords) and not possibly_unbound(value):
                span = locator.argument(made, name).span
                said = lacking.releases if lacking is not None and late else ""
                yield StrayArgument(
                    constructed, made.site.span, copied, name, span, signature.keywords, signature.refuses, said
                )
