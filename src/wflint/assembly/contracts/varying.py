"""What differs each time that code runs, and whether it is in a value."""

from __future__ import annotations

from typing import Final

from wflint.evaluate.dependencies import depends_on, untracked_in
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import ExternalAttribute, Object, Value, alternatives

VARYING: Final = frozenset(
    {
        "time.time", "time.time_ns", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
        "datetime.date.today", "uuid.uuid1", "uuid.uuid4", "os.urandom", "secrets.token_hex", "secrets.token_urlsafe",
        "secrets.token_bytes", "secrets.randbelow", "secrets.choice", "random.random", "random.randint",
        "random.choice", "random.choices", "random.sample", "random.uniform", "random.randrange", "random.shuffle",
        "random.getrandbits",
    }
)  # fmt: skip
"""Calls that give something else each time."""

DEEPEST: Final = 3


def is_varying(call: LibraryCall) -> bool:
    """Whether a call certainly gives something else each time that the code around it runs."""
    return call.path in VARYING and call.certain


def is_in(call: LibraryCall, values: tuple[Value, ...], depth: int = DEEPEST) -> bool:
    """Whether what a call gives is in some values, or in what they were made with."""
    found = [*untracked_in(depends_on(*values)), *(one for value in values for one in alternatives(value))]
    if any(_made_by(made, call) for made in found):
        return True
    made_with = [one for made in found if isinstance(made, Object) for one in made.arguments]
    return depth > 0 and bool(made_with) and is_in(call, tuple(made_with), depth - 1)


def _made_by(value: Value, call: LibraryCall) -> bool:
    """Whether something is what the call gives, or is made of it by a method."""
    while isinstance(value, ExternalAttribute) or (isinstance(value, Object) and value.path != call.path):
        if value.receiver is None:
            return False
        value = value.receiver
    return isinstance(value, Object) and value.location == call.location
