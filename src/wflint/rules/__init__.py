"""The rules: one function a file, each with its page in `rules/`. The tuple is the whole registry."""

from __future__ import annotations

from wflint.rulebook import Rule
from wflint.rules import (
    concurrent_write,
    dead_end_step,
    dead_route,
    edge_beside_choice,
    invalid_graph,
    join_never_fires,
    join_runs_twice,
    likely_static,
    loop_without_exit,
    needs_dynamic,
    not_understood,
    open_router,
    path_dependent_read,
    read_never_written,
    route_not_mapped,
    router_may_return_none,
    send_payload_missing_key,
    step_returns_non_update,
    subgraph_field_not_shared,
    type_mismatch,
    undeclared_output,
    unknown_step,
    unreachable_step,
    update_not_returned,
)

RULES: tuple[Rule, ...] = (
    Rule("read-never-written", read_never_written.check),
    Rule("undeclared-output", undeclared_output.check),
    Rule("path-dependent-read", path_dependent_read.check),
    Rule("send-payload-missing-key", send_payload_missing_key.check),
    Rule("subgraph-field-not-shared", subgraph_field_not_shared.check),
    Rule("step-returns-non-update", step_returns_non_update.check),
    Rule("type-mismatch", type_mismatch.check),
    Rule("unreachable-step", unreachable_step.check),
    Rule("dead-end-step", dead_end_step.check),
    Rule("unknown-step", unknown_step.check),
    Rule("invalid-graph", invalid_graph.check),
    Rule("route-not-mapped", route_not_mapped.check),
    Rule("router-may-return-none", router_may_return_none.check),
    Rule("dead-route", dead_route.check),
    Rule("edge-beside-choice", edge_beside_choice.check),
    Rule("open-router", open_router.check),
    Rule("concurrent-write", concurrent_write.check),
    Rule("join-runs-twice", join_runs_twice.check),
    Rule("join-never-fires", join_never_fires.check),
    Rule("update-not-returned", update_not_returned.check),
    Rule("loop-without-exit", loop_without_exit.check),
    Rule("needs-dynamic", needs_dynamic.check),
    Rule("likely-static", likely_static.check),
    Rule("not-understood", not_understood.check),
)
"""Every rule with a check, in the order of codes; `unused-ignore` has a page only, because the engine finds it."""
