"""Where a graph is run, and what the code around uses of its state afterwards."""

from __future__ import annotations

from msgspec import Struct

from wflint.assembly.invocations import tried_again
from wflint.assembly.result_uses import CallerUses, StateAttribute, UsedFields
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import NONE, Const, Object
from wflint.frontends.pydantic_graph.table import GRAPH
from wflint.model.contract import Schema
from wflint.model.workflow import Invocation

ANSWERING = ("run", "run_sync")
"""Ways to run a graph that give its end."""
KEEPING = "persistence"
"""The argument that keeps the state for later runs."""
OUTPUT = frozenset({"output"})


class Runs(Struct, frozen=True):
    """The calls that run a graph; callers keep the object that its state is, where they have made it before."""

    caller_uses: CallerUses
    state: Schema | None

    def invocations(self, api_calls: list[ApiCall]) -> tuple[Invocation, ...]:
        """Each call, with what becomes of the state."""
        return tuple(dict.fromkeys(self._invocation(api_call) for api_call in api_calls))

    def _invocation(self, api_call: ApiCall) -> Invocation:
        if self.state is None:
            return Invocation(("inputs",), api_call.span, retry_schemes=tried_again(api_call), limits_concurrency=False)
        keys = tuple(field.name for field in self.state.fields)
        parts = [self._of_result(api_call, self.state.names), self._of_object(api_call, self.state.names)]
        takes = tuple(sorted({name for part in parts for name in part.fields}))
        whole = all(part.is_all for part in parts)
        return Invocation(
            keys,
            api_call.span,
            takes=takes,
            takes_all_shown=whole,
            unset=self._unset(api_call),
            retry_schemes=tried_again(api_call),
            limits_concurrency=False,
        )

    def _unset(self, api_call: ApiCall) -> tuple[str, ...]:
        """The fields of the state that are as empty as they are by default when the run begins."""
        given = api_call.get("state")
        held = given.content if isinstance(given, Object) and not given.arguments.open else {}
        fields = self.state.fields if self.state is not None else ()
        return tuple(field.name for field in fields if field.empty and held.get(field.name) in (NONE, Const("")))

    def _of_result(self, api_call: ApiCall, fields: frozenset[str]) -> UsedFields:
        """`result.state.x`; what a built graph gives has no state."""
        if api_call.method not in ANSWERING or api_call.get(KEEPING) is not None or api_call.arguments.open:
            return UsedFields()
        if api_call.path.rpartition(".")[0] != GRAPH:
            return UsedFields(is_all=True)
        return self.caller_uses.uses_of_state(api_call.location, StateAttribute("state", fields, OUTPUT))

    def _of_object(self, api_call: ApiCall, fields: frozenset[str]) -> UsedFields:
        """`state.x` of the state that the call was given."""
        given = api_call.get("state")
        if given is None or given == NONE:
            return UsedFields(is_all=True)
        if not isinstance(given, Object):
            return UsedFields()
        return self.caller_uses.uses_of_argument(given.site, fields, api_call.location)
