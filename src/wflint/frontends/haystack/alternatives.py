"""Pipelines that may stand for each other: made by one place, or run by one call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Location, Object, Value, text_of
from wflint.frontends.haystack.table import RUNNING


class PipelineAlternatives(Struct, frozen=True):
    """The names of the components of all pipelines that a place makes (`made`), and that a call runs (`run`).

    What a setting decides when a pipeline is made, it may decide again where it is run: whoever reads both cannot tell
    which call is for which of them. `makers` are the places that make what a call runs. A call that is certain runs the
    pipeline that it is seen with, whatever others run there.
    """

    made: Mapping[Location | None, frozenset[str | None]]
    run: Mapping[Location, frozenset[str | None]]
    makers: Mapping[Location, frozenset[Location | None]]

    @classmethod
    def of(cls, api_calls: Mapping[Value, list[ApiCall]]) -> PipelineAlternatives:
        """Those of all pipelines, each with the calls on it."""
        made: dict[Location | None, frozenset[str | None]] = defaultdict(frozenset)
        run: dict[Location, frozenset[str | None]] = defaultdict(frozenset)
        makers: dict[Location, frozenset[Location | None]] = defaultdict(frozenset)
        for pipeline, done in api_calls.items():
            if not isinstance(pipeline, Object):
                continue
            adding = (api_call for api_call in done if api_call.method == "add_component")
            names = frozenset(text_of(api_call.get("name", 0)) for api_call in adding)
            made[pipeline.location] |= names
            for api_call in done:
                if api_call.method in RUNNING and not api_call.certain:
                    run[api_call.location] |= names
                    makers[api_call.location] |= {pipeline.location}
        return cls(made, run, makers)

    def names(self, pipeline: Object, api_call: ApiCall) -> frozenset[str | None]:
        """The names that inputs of a run may be for, some of them perhaps of another pipeline."""
        others = self.run.get(api_call.location, frozenset()) if not api_call.certain else frozenset[str | None]()
        return self.made.get(pipeline.location, frozenset()) | others

    def has_others(self, api_call: ApiCall) -> bool:
        """Whether a call may run pipelines of several places."""
        return not api_call.certain and len(self.makers.get(api_call.location, ())) > 1
