"""What a step's code was seen to do about failures, loops and pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from wflint.assembly.contracts.awaited_in_turn import awaited_in_turn
from wflint.assembly.contracts.error_texts import error_texts_of, tested_fields
from wflint.assembly.contracts.false_success import false_successes
from wflint.assembly.contracts.growth import counted, extended, fields_of, handed_back_longer, told_whole
from wflint.assembly.contracts.missed_labels import missed_labels
from wflint.assembly.contracts.models import asks
from wflint.assembly.contracts.outlets import outlets_of
from wflint.assembly.contracts.remote_calls import remote_calls_of, retry_schemes_of
from wflint.assembly.contracts.retry_schemes import levels_around, levels_of
from wflint.assembly.contracts.stale_writes import stale_writes
from wflint.assembly.contracts.stuck_counts import stuck_counts_of
from wflint.assembly.contracts.thresholds import thresholds_of
from wflint.assembly.contracts.verdicts import heeded_fields, heeds_only_model
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.answers import is_answer
from wflint.evaluate.values import Location
from wflint.model.conduct import AwaitedInTurn, Conduct, StaleWrite, Told
from wflint.source.code import FunctionDef, StmtT, TextRange


def conduct_of(summary: FunctionSummary | None) -> Conduct:
    """All of it but what a pause makes run again, which is for the framework to say."""
    seen = Conduct(
        thresholds=thresholds_of(summary),
        remote_calls=remote_calls_of(summary),
        retry_schemes=retry_schemes_of(summary),
        error_texts=error_texts_of(summary),
        outlets=outlets_of(summary),
        tested=tested_fields(summary),
        stuck_counts=stuck_counts_of(summary),
        missed_labels=tuple(dict.fromkeys(missed_labels(summary.accesses if summary is not None else ()))),
        false_successes=false_successes([summary.function] if summary is not None else ()),
    )
    if summary is None or not summary.complete or not isinstance(summary.function.node, FunctionDef):
        return seen
    return _with_prompts(seen, summary, summary.function.node.body)


def conduct_of_all(summaries: Sequence[FunctionSummary]) -> Conduct:
    """That of a step with several functions, any of which may run."""
    each = [conduct_of(summary) for summary in summaries]
    return Conduct(
        thresholds=tuple(chain.from_iterable(one.thresholds for one in each)),
        remote_calls=tuple(chain.from_iterable(one.remote_calls for one in each)),
        retry_schemes=tuple(chain.from_iterable(one.retry_schemes for one in each)),
        error_texts=tuple(chain.from_iterable(one.error_texts for one in each)),
        outlets=tuple(chain.from_iterable(one.outlets for one in each)),
        tested=tuple(chain.from_iterable(one.tested for one in each)),
        told_whole=tuple(chain.from_iterable(one.told_whole for one in each)),
        extended=tuple(sorted(set(chain.from_iterable(one.extended for one in each)))),
        stuck_counts=tuple(chain.from_iterable(one.stuck_counts for one in each)),
        awaited_in_turn=tuple(chain.from_iterable(one.awaited_in_turn for one in each)),
        false_successes=tuple(chain.from_iterable(one.false_successes for one in each)),
        missed_labels=tuple(dict.fromkeys(chain.from_iterable(one.missed_labels for one in each))),
        counted=tuple(sorted(set(chain.from_iterable(one.counted for one in each)))),
        stale_writes=tuple(chain.from_iterable(one.stale_writes for one in each)),
        heeds_only_model=bool(each) and all(one.heeds_only_model for one in each),
        heeded=each[0].heeded if len(each) == 1 else (),
        may_decline=any(one.may_decline for one in each),
    )


def _with_prompts(seen: Conduct, summary: FunctionSummary, body: tuple[StmtT, ...]) -> Conduct:
    """What the code of the step itself tells models, and what it makes of their answers."""
    module = summary.function.module
    firsts = [levels_of(summary.function, call)[0][1] for call in summary.calls if asks(call)]
    asking = [place.at for place in firsts if place.module is module]
    fields = fields_of(body, summary.parameter)
    turns = awaited_in_turn(body, {*asking, *_running(summary)})
    whole = told_whole(body, asking, fields, module.functions)
    told = dict.fromkeys(Told(name, Location(module, at).span) for name, at in whole)
    longer = extended(body, fields) | handed_back_longer(body, fields)
    return replace(
        seen,
        heeds_only_model=heeds_only_model(body, asking),
        heeded=heeded_fields(body, asking, fields),
        told_whole=tuple(told),
        extended=tuple(sorted(longer)),
        counted=tuple(sorted(counted(body, fields))),
        awaited_in_turn=tuple(AwaitedInTurn(tuple(Location(module, each.at).span for each in one)) for one in turns),
        stale_writes=tuple(
            StaleWrite(name, Location(module, at).span, Location(module, read).span)
            for name, read, at in stale_writes(body, fields)
        ),
    )


def _running(summary: FunctionSummary) -> Iterator[TextRange]:
    """The places in the step's own code that run agents, teams and the like, or lead there."""
    for api_call in summary.api_calls if summary.complete else ():
        if is_answer(api_call.result):
            yield from (at.at for function, at in levels_around(api_call) if function.node is summary.function.node)
