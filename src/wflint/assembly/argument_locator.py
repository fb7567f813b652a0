"""Where in a call an argument stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from wflint.evaluate.modules import Module
from wflint.evaluate.python.documents import SETTINGS
from wflint.evaluate.values import Location, Mapping, Object
from wflint.source.code import Call, TextRange
from wflint.source.walking import nodes_in


@dataclass(slots=True)
class ArgumentLocator:
    """Finds arguments of calls; a module is gone through once, when it is first asked about."""

    calls: dict[Module, dict[TextRange, Call]] = field(default_factory=dict)

    def argument(self, made: Object, name: str) -> Location:
        """The place of the keyword argument `name` of the call that made an object; of the call if it has none.

        What a document describes has its arguments there.
        """
        assert made.location is not None
        settings = made.content.get(SETTINGS)
        if isinstance(settings, Mapping):
            return settings.locations.get(name, made.location)
        module = made.location.module
        if module not in self.calls:
            self.calls[module] = {node.at: node for node in nodes_in(module.body) if isinstance(node, Call)}
        call = self.calls[module].get(made.location.at)
        given = next((k.value for k in call.keywords if k.name == name), None) if call is not None else None
        return made.location if given is None else Location(module, given.at)
