"""The words that code looks for in what participants say, where it decides with them."""

from __future__ import annotations

from msgspec import Struct

from wflint.assembly.contracts.output_formats import is_form
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import Comparison
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import ExternalAttribute, Location, Value, text_of
from wflint.source import code
from wflint.source.walking import body_of, holds, nodes_in

SPEAKER = "source"
"""Where a message says who said it."""
BESIDE = frozenset({SPEAKER, "type", "id", "metadata", "models_usage", "created_at"})
"""What a message has beside what was said."""
NEGATING = ("not in", "!=", "is not")


class AwaitedWords(Struct, frozen=True):
    """Words of which one has to be said, by one of the `speakers` if there are any; `anywhere`: in others, too."""

    words: tuple[str, ...]
    speakers: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()


def words_heard(interp: Interpreter, test: Value | None, location: Location) -> AwaitedWords | None:
    """What has to be said for a test to hold; None where it may hold otherwise."""
    summary = summarize(interp, test, None, location) if test is not None else None
    if summary is None or not summary.complete or not _is_plain(summary):
        return None
    texts = [each for each in map(_texts, summary.comparisons) if each is not None]
    said = tuple(dict.fromkeys(word for word, path in texts if path.isdisjoint(BESIDE)))
    speakers = tuple(dict.fromkeys(word for word, path in texts if SPEAKER in path))
    within = tuple(
        word for word in said if any(c.operator == "in" and text_of(c.left) == word for c in summary.comparisons)
    )
    return AwaitedWords(said, speakers, within) if said and all(map(is_form, said)) else None


def _is_plain(summary: FunctionSummary) -> bool:
    """Whether a function hands back what it compares, and nothing is the other way round."""
    node = summary.function.node
    nodes = list(nodes_in(body_of(node)))
    turned = any(isinstance(each, code.Unary) and each.operator == "not" for each in nodes)
    branching = any(isinstance(each, code.If | code.Try | code.Match | code.While) for each in nodes)
    own = all(_is_within(each, summary) for each in summary.comparisons)
    return own and not turned and not branching and not any(c.operator in NEGATING for c in summary.comparisons)


def _is_within(comparison: Comparison, summary: FunctionSummary) -> bool:
    function = summary.function
    inside = any(holds(each.at, comparison.location.at) for each in body_of(function.node))
    return comparison.location.module is function.module and inside


def _texts(comparison: Comparison) -> tuple[str, frozenset[str]] | None:
    """A fixed text, and the parts of messages that it is looked for in."""
    for fixed, given in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        text = text_of(fixed)
        if text and comparison.operator in ("in", "=="):
            inside = comparison.operator == "==" or fixed is comparison.left
            path = {part for tracked in depends_on(given) for part in tracked.access_path}
            path |= {given.name} if isinstance(given, ExternalAttribute) else set()
            return (text, frozenset(path)) if inside and depends_on(given) else None
    return None
