"""What the parts of frameworks ask of their arguments: rows that a value breaks, whatever it becomes part of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from string import Formatter

from msgspec import Struct

from wflint.assembly.releases import Held
from wflint.assembly.sequences import is_surely_set, is_unset
from wflint.assembly.signatures import accepts, parameters_of, shifted_name
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    Arguments,
    Const,
    ExternalName,
    Function,
    Object,
    Sequence,
    Value,
    alternatives,
    text_of,
)
from wflint.evaluate.values import (
    Mapping as Dict,
)
from wflint.model.fault import Fault
from wflint.source.code import FunctionDef


class Demand(Struct, frozen=True, kw_only=True):
    """A row: what something asks of its argument called `name`, or at `position`; `held` are the releases that do.

    Each kind of row says what is wrong with one value (`objection`), or with the arguments together (`breach`).
    """

    name: str
    position: int | None = None
    held: Held | None = None

    def breach(self, arguments: Arguments) -> str | None:
        """What is wrong, in words for people; None where nothing is, or where it cannot be told."""
        given = arguments.get(self.name, self.position)
        found = [self.objection(value) for value in alternatives(given)] if given is not None else []
        return found[0] if found and all(found) else None

    def objection(self, value: Value) -> str | None:
        """What is wrong with a value that the argument may have."""
        raise NotImplementedError

    def subject(self, constructed: str) -> str:
        """What is refused of something that is called so."""
        return f"`{self.name}` of {constructed}"


class AtLeast(Demand, frozen=True, kw_only=True):
    """A number that is not below `fewest`."""

    fewest: int = 1

    def objection(self, value: Value) -> str | None:
        number = value.value if isinstance(value, Const) else None
        low = isinstance(number, int | float) and not isinstance(number, bool) and number < self.fewest
        return f"it is {self.fewest} or more" if low else None


class Above(Demand, frozen=True, kw_only=True):
    """A number above nothing."""

    def objection(self, value: Value) -> str | None:
        number = value.value if isinstance(value, Const) else None
        low = isinstance(number, int | float) and not isinstance(number, bool) and number <= 0
        return "it is more than 0" if low else None


class Below(Demand, frozen=True, kw_only=True):
    """A number below another argument, `default` where that is not given; or as high, where it may be `equal`."""

    other: str
    other_position: int | None = None
    default: int | None = None
    equal: bool = False

    def breach(self, arguments: Arguments) -> str | None:
        bound = arguments.get(self.other, self.other_position) or (None if arguments.open else Const(self.default))
        number = arguments.get(self.name, self.position)
        high = bound.value if isinstance(bound, Const) else None
        found = number.value if isinstance(number, Const) else None
        if not isinstance(high, int) or not isinstance(found, int) or isinstance(found, bool):
            return None
        if found < high or (self.equal and found == high):
            return None
        return f"it is {'not above' if self.equal else 'below'} `{self.other}`"


class Shares(Demand, frozen=True, kw_only=True):
    """A list of numbers of which none is below nothing, and that come to more than nothing."""

    def objection(self, value: Value) -> str | None:
        items = value.content if isinstance(value, Sequence) and value.closed else ()
        numbers = [item.value for item in items if isinstance(item, Const)]
        known = [number for number in numbers if isinstance(number, int | float)]
        if not known or len(known) < len(items):
            return None
        if any(number < 0 for number in known):
            return "none of them is below 0"
        return None if sum(known) else "they come to more than 0"


class Threshold(Demand, frozen=True, kw_only=True):
    """A pair of what is counted and how much of it, or a list of such pairs: a number above nothing, or a `share`."""

    counted: tuple[str, ...]
    share: str

    def objection(self, value: Value) -> str | None:
        pairs = value.content if isinstance(value, Sequence) and value.kind == "list" else [value]
        return next((why for pair in pairs if (why := self._objection(pair)) is not None), None)

    def _objection(self, pair: Value) -> str | None:
        if not isinstance(pair, Sequence) or not pair.closed or len(pair.content) != len(("what", "how much")):
            return None
        kind, (_, amount) = text_of(pair.content[0]), pair.content
        number = amount.value if isinstance(amount, Const) else None
        if kind is not None and kind not in (*self.counted, self.share):
            return "it counts " + ", ".join(f'"{word}"' for word in (*self.counted, self.share))
        if not isinstance(number, int | float) or isinstance(number, bool) or kind is None:
            return None
        if kind == self.share and not 0 < number <= 1:
            return f'a "{kind}" is above 0 and not above 1'
        return "it is more than 0" if number <= 0 else None


class OneOf(Demand, frozen=True, kw_only=True):
    """One of some words; or some of them, where they stand in a set or a list. Others may be, with `unless`."""

    words: tuple[str, ...]
    unless: str = ""

    def breach(self, arguments: Arguments) -> str | None:
        other = arguments.get(self.unless) if self.unless else None
        return super().breach(arguments) if is_unset(other) and not (self.unless and arguments.open) else None

    def objection(self, value: Value) -> str | None:
        items = value.content if isinstance(value, Sequence) else [value]
        strange = any((text := text_of(item)) is not None and text not in self.words for item in items)
        return "it is one of " + ", ".join(f'"{word}"' for word in self.words) if strange else None


class NoneOf(Demand, frozen=True, kw_only=True):
    """None of some words that stand for something else; nor a list with one of them."""

    words: tuple[str, ...]

    def objection(self, value: Value) -> str | None:
        items = value.content if isinstance(value, Sequence) else [value]
        taken = next((text for item in items if (text := text_of(item)) in self.words), None)
        return f'"{taken}" is taken' if taken is not None else None


class Template(Demand, frozen=True, kw_only=True):
    """A text that is filled in by `str.format` with some names and no others."""

    names: tuple[str, ...]

    def objection(self, value: Value) -> str | None:
        text = text_of(value)
        strange = sorted(_placeholders(text) - {*self.names}) if text is not None else []
        known = ", ".join(f"{{{name}}}" for name in self.names)
        return f"{{{strange[0]}}} is filled in by nobody, only {known} are" if strange else None


def _placeholders(text: str) -> set[str]:
    """The names in braces; none where the text is no template at all, which is another fault."""
    try:
        return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        return set()


class Worded(Demand, frozen=True, kw_only=True):
    """A text of a form that `says` describes."""

    form: str
    says: str

    def objection(self, value: Value) -> str | None:
        text = text_of(value)
        return self.says if text is not None and not re.fullmatch(self.form, text) else None


class Containing(Demand, frozen=True, kw_only=True):
    """A text that has places for some parts."""

    parts: tuple[str, ...]

    def objection(self, value: Value) -> str | None:
        text = text_of(value)
        lacking = [part for part in self.parts if text is not None and part not in text]
        return "it has a place for " + " and ".join(lacking) if lacking else None


class Listed(Demand, frozen=True, kw_only=True):
    """A list, and no other row of things, nor one of them alone."""

    def objection(self, value: Value) -> str | None:
        if isinstance(value, Sequence):
            return f"it is a list, and not a {value.kind}" if value.kind != "list" else None
        single = isinstance(value, Function | Class | Dict) or text_of(value) is not None
        return "it is a list" if single or (isinstance(value, Object) and value.constructed) else None


class NoTexts(Demand, frozen=True, kw_only=True):
    """No text in a row of things, nor one by itself where it stands `alone`; `says` tells what it is or holds."""

    says: str
    alone: bool = False

    def objection(self, value: Value) -> str | None:
        inside = isinstance(value, Sequence) and any(text_of(item) is not None for item in value.content)
        return self.says if inside or (self.alone and text_of(value) is not None) else None


class NoObjects(Demand, frozen=True, kw_only=True):
    """No object of some classes, be it in a row of things; `says` tells what it is or holds."""

    paths: tuple[str, ...]
    says: str

    def objection(self, value: Value) -> str | None:
        items = value.content if isinstance(value, Sequence) else [value]
        strange = any(isinstance(item, Object) and item.path in self.paths for item in items)
        return self.says if strange else None


class NoPlainType(Demand, frozen=True, kw_only=True):
    """A class of models, and none of Python's own types, nor a text or a dict."""

    def objection(self, value: Value) -> str | None:
        own = isinstance(value, ExternalName) and value.path.partition(".")[0] == "builtins"
        return "it is a class of models" if own or isinstance(value, Dict) or text_of(value) is not None else None


class NoMaker(Demand, frozen=True, kw_only=True):
    """A value, and no class or function that makes one, which goes into the argument `instead`."""

    instead: str

    def objection(self, value: Value) -> str | None:
        built_in = isinstance(value, ExternalName) and value.path in MAKERS
        maker = built_in or isinstance(value, Class | Function)
        return f"it is the value itself; what makes one goes into `{self.instead}`" if maker else None


class Called(Demand, frozen=True, kw_only=True):
    """A function that is called with so many arguments, as `says` tells.

    It is called by `names`, if it takes all of those, else by position. Where it is `waited` for it has to be async.
    """

    takes: int
    says: str
    names: tuple[str, ...] = ()
    waited: bool = False

    def objection(self, value: Value) -> str | None:
        taken, function = parameters_of(value), function_of(value)
        if taken is None or function is None:
            return None
        if not accepts(taken, self.takes, by_name=bool(self.names)):
            return f'"{function.name}" has {len(taken)} parameters, and it is given {self.says}'
        shifted = shifted_name(taken, self.names)
        if shifted is not None:
            given = self.names[shifted]
            return f'"{function.name}" takes "{taken[shifted].name}" in the place of "{given}", and gets that'
        plain = self.waited and isinstance(function.node, FunctionDef) and not function.node.is_async
        return f'"{function.name}" is waited for: it has to be async' if plain else None


class Filled(Demand, frozen=True, kw_only=True):
    """A row of things, or a text where `texts`, that is not empty."""

    texts: bool = True

    def objection(self, value: Value) -> str | None:
        empty = (self.texts and text_of(value) == "") or (isinstance(value, Sequence | Dict) and not value.content)
        return "it is not empty" if empty else None


class Never(Demand, frozen=True, kw_only=True):
    """What is not for people to set, because of what `says` tells."""

    says: str

    def breach(self, arguments: Arguments) -> str | None:
        return self.says if is_surely_set(arguments.get(self.name, self.position)) else None


class Gone(Demand, frozen=True, kw_only=True):
    """A call that releases have no longer; `says` what stands in its place."""

    says: str

    def breach(self, arguments: Arguments) -> str | None:  # noqa: ARG002 (whatever it is given)
        return self.says

    def subject(self, constructed: str) -> str:
        """The call itself."""
        return f"`{constructed}`"


class Needs(Demand, frozen=True, kw_only=True):
    """What is given together with another argument only; with `word`, where it is that word."""

    other: str
    word: str | None = None

    def breach(self, arguments: Arguments) -> str | None:
        given = arguments.get(self.name, self.position)
        asked = is_surely_set(given) if self.word is None else text_of(given) == self.word
        lacking = not arguments.open and is_unset(arguments.get(self.other))
        return f"it needs `{self.other}`" if asked and lacking else None


class Apart(Demand, frozen=True, kw_only=True):
    """What is not given beside another argument."""

    other: str

    def breach(self, arguments: Arguments) -> str | None:
        both = is_surely_set(arguments.get(self.name, self.position)) and is_surely_set(arguments.get(self.other))
        return f"it does not go with `{self.other}`" if both else None


class Some(Demand, frozen=True, kw_only=True):
    """Something that is given, or one of `others` in its place; where `takes_none`, None is something, too."""

    others: tuple[str, ...] = ()
    takes_none: bool = False

    def breach(self, arguments: Arguments) -> str | None:
        given = arguments.get(self.name, self.position)
        values = [given, *(arguments.get(name) for name in self.others)]
        unset = all(value is None if self.takes_none else is_unset(value) for value in values)
        return "give it one of them" if unset and not arguments.open else None

    def subject(self, constructed: str) -> str:
        """What is refused for lack of it."""
        return f"{constructed} without " + " or ".join(f"`{name}`" for name in (self.name, *self.others))


MAKERS = frozenset(f"builtins.{name}" for name in ("dict", "float", "int", "list", "set", "str", "tuple"))

MADE = ".made"
"""What the evaluator calls the object that a decorator with arguments gives, behind the decorator's own name."""

Demands = Mapping[str, tuple[Demand, ...]]
"""By the path of what is constructed or called."""


Refusing = Callable[[Interpreter], Iterator[Fault]]
"""What the parts of a framework refuse that takes code to find."""


def refusing_nothing(_interp: Interpreter) -> Iterator[Fault]:
    """The refusals of a framework whose rows say it all."""
    return iter(())
