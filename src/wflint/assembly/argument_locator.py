"""Where in the source calls and lists stand that made values, and their arguments and items."""

from __future__ import annotations

from msgspec import Struct, field

from wflint.assembly.recording import once
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.python.documents import SETTINGS
from wflint.evaluate.values import Location, Mapping, Object
from wflint.source.code import Call, Display, ExprT, TextRange
from wflint.source.walking import nodes_in


class ArgumentLocator(Struct):
    """Finds the code behind values; a module is gone through once, when it is first asked about."""

    known: dict[Module, dict[TextRange, Call | Display]] = field(default_factory=dict)

    @classmethod
    def of(cls, interp: Interpreter) -> ArgumentLocator:
        """The one of an evaluation."""
        return once(interp, cls, cls)

    def call(self, location: Location | None) -> Call | None:
        """The call at a place."""
        node = self._node(location)
        return node if isinstance(node, Call) else None

    def items(self, location: Location | None) -> tuple[ExprT, ...]:
        """The items of the written-out list at a place."""
        node = self._node(location)
        return node.items if isinstance(node, Display) else ()

    def written(self, made: Object, name: str) -> Location | None:
        """Where the keyword argument `name` of the call that made an object is written."""
        call = self.call(made.location)
        at = next((keyword.value.at for keyword in call.keywords if keyword.name == name), None) if call else None
        return Location(made.site.module, at) if at is not None else None

    def argument(self, made: Object, name: str) -> Location:
        """The place of the argument `name` of what made an object, a document perhaps; of the whole without one."""
        settings = made.content.get(SETTINGS)
        if isinstance(settings, Mapping):
            return settings.locations.get(name, made.site)
        return self.written(made, name) or made.site

    def _node(self, location: Location | None) -> Call | Display | None:
        if location is None or location.module.lowered is None or location.module.stub:
            return None
        if location.module not in self.known:
            nodes = [node for node in nodes_in(location.module.body) if isinstance(node, Call | Display)]
            self.known[location.module] = {node.at: node for node in reversed(nodes)}
        return self.known[location.module].get(location.at)
