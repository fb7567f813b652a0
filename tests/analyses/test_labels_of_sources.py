"""Every feature of an edge, told from real source: where it speaks, and the nearest code where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.analyses.edge_programs import (
    AGENTS,
    AROUND,
    AROUND_FOR_EVER,
    ASKED,
    BACK,
    CALLED,
    CHAIN,
    CHOSEN,
    FLOW,
    GUARDED,
    HANDOFF,
    HEAD,
    IMPERATIVE,
    LOOK,
    LOOP,
    MANY,
    NESTED,
    NEWS,
    NODES,
    PICKED,
    PIPELINE,
    RETRIED,
    RUN,
    SHORTENED,
    SUPERVISED,
    TEAM,
    THROUGH,
    TOOLED,
    chain,
    crew,
    graph,
    spoken,
    tools_again,
)
from wflint.analyses.labels.weights import Feature
from wflint.request import CacheChoice, Request
from wflint.survey import survey


def features(folder: Path, source: str, edge: str = "a -> b") -> set[str]:
    """The features of an edge; steps that frameworks name by their classes are capital letters."""
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = survey(replace(Request.of(folder), cache=CacheChoice(is_off=True)))
    ends = tuple(name.strip() for name in edge.split("->"))
    flow = next(one for one in found.program.workflows if ends[1] in {step.id.lower() for step in one.steps})
    labels = found.labels(flow)
    return {
        reason.feature
        for one in flow.edges
        if (one.source.lower(), one.target.lower()) == ends
        for reason in labels[one].reasons
    }


CASES = [
    (Feature.CONTROL_ONLY, chain("asks", "done"), chain("asks", "uses_notes")),
    (Feature.MODEL_DECIDES, HANDOFF.format(options="", handoff="b"), TEAM.format(options="")),
    (Feature.MODEL_DECIDES, HEAD + CHOSEN.format(a="asks"), HEAD + CHOSEN.format(a="plain")),
    (Feature.CODED_ROUTE, HEAD + CHOSEN.format(a="asks"), HANDOFF.format(options="", handoff="b")),
    (Feature.ENDLESS_LOOP, TEAM.format(options=""), TEAM.replace("[a, b]", "[a, b], max_turns=4").format(options="")),
    (Feature.UNCOUNTED_LOOP, spoken('TextMentionTermination("DONE")', first="b"),
     spoken('TextMentionTermination("DONE") | MaxMessageTermination(9)', first="b")),
    (Feature.UNCOUNTED_LOOP, spoken('TextMentionTermination("DONE")', first="b"),
     spoken('TextMentionTermination("DONE")')),
    (Feature.CALLER_INPUT, chain("asks", "uses_topic"), chain("asks", "uses_notes")),
    (Feature.EXACT_MATCH, chain("plain", "uses_notes"), chain("plain", "uses_unknown")),
    (Feature.MISSING_FIELD, chain("plain", "uses_score"), chain("ranks", "uses_score")),
    (Feature.SOFT_MATCH_ONLY, HEAD + NEWS.format(offered="notes"), HEAD + NEWS.format(offered="price")),
    (Feature.PATH_DEPENDENT, HEAD + AROUND.format(fill="plain") + RUN, HEAD + AROUND.format(fill="write") + RUN),
    (Feature.POSSIBLE_OFFER, chain("sometimes", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.MODEL_OUTPUT, chain("asks", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.STRUCTURED_OUTPUT, chain("plans", "uses_plan"), chain("parses", "uses_score")),
    (Feature.STRUCTURED_OUTPUT, chain("plans_loosely", "uses_plan"), chain("asks", "uses_notes")),
    (Feature.ENFORCED_FORM, chain("plans", "uses_plan"), chain("plans_loosely", "uses_plan")),
    (Feature.VALIDATED_INPUT, chain("plain", "uses_notes", "Strict"), chain("plain", "uses_notes")),
    (Feature.RETRY_ON_VALIDATION, chain("plans_again", "uses_plan"), chain("plans", "uses_plan")),
    (Feature.RETRY_ON_VALIDATION, RETRIED.replace("{on}", "retry_on=ValueError"), RETRIED.replace("{on}", "")),
    (Feature.RETRIES, RETRIED.replace("{on}", ""), chain("plans", "uses_plan")),
    (Feature.PLAIN_CODE, chain("plain", "uses_notes"), chain("asks", "uses_notes")),
    (Feature.NO_DECLARED_SCHEMA, chain("asks", "uses_notes", "dict"), chain("asks", "uses_notes")),
    (Feature.NO_DECLARED_SCHEMA, chain("asks", "uses_notes", "dict"), chain("asks", "retells", "dict")),
    (Feature.TYPED, chain("asks", "uses_notes"), chain("asks", "uses_notes", "dict")),
    (Feature.FREE_TEXT_PARSED, chain("parses", "uses_key", "dict"), chain("plans", "uses_plan", "dict")),
    (Feature.VALIDATOR, HEAD + GUARDED.replace("{test}", 'state.get("notes")') + RUN,
     HEAD + GUARDED.replace("{test}", 'state.get("topic")') + RUN),
    (Feature.OPEN_CONTRACT, chain("asks", "uses_unknown"), chain("asks", "uses_notes")),
    (Feature.OPEN_ROUTER, HEAD + LOOP.format(around='"a"', decision="somewhere"),
     HEAD + LOOP.format(around='"b"', decision="decide")),
    (Feature.CYCLE, HEAD + BACK, HEAD + LOOP.format(around='"b"', decision="decide")),
    (Feature.LONG_FAN_IN, HEAD + MANY.format(names='["a", "c", "d"]'), HEAD + MANY.format(names='["a", "c"]')),
    (Feature.HUMAN, chain("person", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.OUTSIDE, HEAD + TOOLED, HEAD + TOOLED.replace("ToolNode([lookup])", "says")),
    (Feature.OUTSIDE, chain("fetches", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.FORWARDED, HEAD + THROUGH.format(between="log"), HEAD + THROUGH.format(between="rewrites")),
    (Feature.WITH_TOOLS, LOOK + TEAM.format(options=", tools=[look]"), TEAM.format(options="")),
    (Feature.WITH_TOOLS, LOOK + TEAM.format(options=", tools=[look]"),
     LOOK + HANDOFF.format(options=", tools=[look]", handoff="b")),
    (Feature.UNCHECKED_FINDS, chain("searches", "retells"), chain("searches", "uses_notes")),
    (Feature.UNCHECKED_FINDS, chain("searches", "retells"), chain("fetches", "retells")),
    (Feature.UNCHECKED_FINDS, chain("searches", "retells"), chain("searches", "may_retell")),
    (Feature.STRUCTURED_OUTPUT, HANDOFF.format(options="", handoff="handoff(b, input_type=Reason, on_handoff=print)"),
     HANDOFF.format(options=", output_type=Reason", handoff="b")),
    (Feature.STRUCTURED_OUTPUT, AGENTS.replace(', output_key="plan"', "").format(options=", output_schema=Plan"),
     AGENTS.replace(', output_key="plan"', "").format(options="")),
    (Feature.CONTROL_ONLY, NODES.format(field="pass", argument=""), NODES.format(field="size: int", argument="2")),
    (Feature.SUB_WORKFLOW, HEAD + NESTED, chain("plain", "uses_notes")),
    (Feature.HANDED_BY_CODE, IMPERATIVE, HANDOFF.format(options="", handoff="b")),
    (Feature.ENDLESS_LOOP, HEAD + AROUND_FOR_EVER, chain("plain", "done")),
    (Feature.CONTROL_ONLY, HEAD + AROUND_FOR_EVER, HEAD + LOOP.format(around='"b"', decision="decide")),
    (Feature.CODE_READS_MODEL, chain("asks", "uses_notes"), chain("asks", "retells")),
    (Feature.CODE_TO_CODE, chain("plain", "uses_notes"), chain("plain", "retells")),
    (Feature.CODE_READS_FINDS, chain("fetches", "uses_notes"), chain("fetches", "retells")),
    (Feature.SILENT_DEFAULT, chain("asks", "may_retell"), chain("asks", "retells")),
    (Feature.SILENT_DEFAULT, chain("asks", "may_retell"), chain("asks", "may_use")),
    (Feature.FAILURE_CAUGHT, chain("carefully", "uses_notes"), chain("fetches", "uses_notes")),
    (Feature.TOOL_LOOP, HEAD + tools_again("ToolNode([lookup])"), HEAD + TOOLED),
    (Feature.TOOL_LOOP, HEAD + tools_again("runs"),
     HEAD + tools_again("runs", 'add_edge("b", END)').replace('START, "b"', 'START, "a"')),
    (Feature.TYPED_EVENT, FLOW.format(again=""), ASKED.format(again="")),
    (Feature.PARSED_TEXT, chain("parses", "uses_score"), chain("ranks", "uses_score")),
    (Feature.TYPED_EVENT, FLOW.format(again=""), crew()),
    (Feature.RETRY_ON_VALIDATION, FLOW.format(again="(retry_policy=policy)"), FLOW.format(again="")),
    (Feature.STRUCTURED_OUTPUT, crew(", output_pydantic=Plan"), crew()),
    (Feature.ENFORCED_FORM, AGENTS.format(options=", output_schema=Plan"), crew(", output_pydantic=Plan")),
    (Feature.GUARDRAIL, crew(", guardrail=is_long"), crew()),
    (Feature.GUARDRAIL, crew(", guardrails=[is_long]"), crew(", guardrails=[]")),
    (Feature.RETRY_ON_VALIDATION, crew(", guardrail=is_long"), crew(", guardrail=is_long, guardrail_max_retries=0")),
    (Feature.STRUCTURED_OUTPUT, TEAM.format(options=", output_content_type=Plan"), TEAM.format(options="")),
    (Feature.STRUCTURED_OUTPUT, AGENTS.format(options=", output_schema=Plan"), AGENTS.format(options="")),
    (Feature.STRUCTURED_OUTPUT, graph(", output_type=Plan"), graph()),
    (Feature.RETRY_ON_VALIDATION, graph(", output_type=Plan"), graph(", output_type=Plan, retries=0")),
    (Feature.GUARDRAIL, graph(validator="@planner.output_validator"), graph()),
    (Feature.ENFORCED_FORM,
     HANDOFF.format(options="", handoff="handoff(b, input_type=Reason, on_handoff=print)"),
     HANDOFF.format(options=", output_type=Reason, output_guardrails=[print]", handoff="b")),
    (Feature.MODEL_DECIDES, HEAD + SUPERVISED.format(picked="answer.goal"),
     HEAD + SUPERVISED.format(picked='"b" if state["topic"] else "c"')),
    (Feature.CODED_ROUTE, HEAD + CHOSEN.format(a="asks"), HEAD + SUPERVISED.format(picked="answer.goal")),
    (Feature.MODEL_OUTPUT, CALLED.format(options=", output_type=Reason"), HEAD + AROUND_FOR_EVER),
    (Feature.MODEL_DECIDES, spoken('TextMentionTermination("DONE")', first="b"),
     spoken("MaxMessageTermination(9)", first="b")),
    (Feature.MODEL_DECIDES, spoken('TextMentionTermination("DONE") | MaxMessageTermination(9)', first="b"),
     TEAM.replace("[a, b]", "[b, a], max_turns=4").format(options="")),
    (Feature.MADE_OF, HEAD + SHORTENED.format(first="asks"), HEAD + SHORTENED.format(first="plain")),
    (Feature.PLAIN_CODE, HEAD + SHORTENED.format(first="plain"), HEAD + SHORTENED.format(first="asks")),
    (Feature.WITH_TOOLS, TEAM.format(options=", workbench=workbench"), TEAM.format(options=", workbench=None")),
    (Feature.TYPED_EVENT, PIPELINE.format(made="JsonSchemaValidator()", socket="validated"),
     PIPELINE.format(made="Unheard()", socket="found")),
]  # fmt: skip


@pytest.mark.parametrize(("feature", "speaks", "silent"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)])
def test_a_feature(tmp_path: Path, feature: Feature, speaks: str, silent: str) -> None:
    assert feature in features(tmp_path, speaks)
    found = features(tmp_path, silent)
    assert Feature.BASE in found
    assert feature not in found


def test_where_the_caller_hands_over(tmp_path: Path) -> None:
    edge = "__start__ -> a"
    assert Feature.CALLERS_CONTRACT in features(tmp_path, chain("asks", "uses_notes"), edge)
    broken = features(tmp_path, chain("uses_score", "uses_notes"), edge)
    assert Feature.CALLERS_CONTRACT not in broken
    assert Feature.MISSING_FIELD in broken


def test_who_picks_whose_turn_it_is(tmp_path: Path) -> None:
    assert Feature.TURN_BY_TURN in features(tmp_path, PICKED, "__manager__ -> b")
    assert Feature.TURN_BY_TURN not in features(tmp_path, HEAD + CHOSEN.format(a="asks"))


def test_a_model_that_asks_tools_hears_what_they_say(tmp_path: Path) -> None:
    assert Feature.TOOL_CALL in features(tmp_path, HEAD + tools_again("ToolNode([lookup])"), "b -> a")
    assert Feature.TOOL_CALL not in features(tmp_path, HEAD + tools_again("ToolNode([lookup])"), "a -> b")


def test_every_feature_has_a_case() -> None:
    elsewhere = {Feature.BASE, Feature.CALLERS_CONTRACT, Feature.TURN_BY_TURN, Feature.TOOL_CALL}
    assert {feature for feature, _, _ in CASES} | elsewhere == set(Feature)


def test_what_comes_through_a_step_counts_with_its_writer(tmp_path: Path) -> None:
    assert Feature.MODEL_OUTPUT in features(tmp_path, HEAD + THROUGH.format(between="log"))
    assert Feature.PLAIN_CODE in features(tmp_path, HEAD + THROUGH.format(between="rewrites"))
    assert Feature.MODEL_OUTPUT not in features(tmp_path, HEAD + THROUGH.format(between="rewrites"))


def test_what_is_there_from_the_beginning_is_never_missing(tmp_path: Path) -> None:
    declared = HEAD.replace("    notes: str\n    facts", "    notes: Annotated[str, operator.add]\n    facts")
    source = declared + CHAIN.format(a="sometimes", b="uses_notes", state="State")
    assert Feature.POSSIBLE_OFFER not in features(tmp_path, source)
