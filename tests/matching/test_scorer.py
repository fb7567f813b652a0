from __future__ import annotations

import json
from pathlib import Path

import pytest

from wflint.errors import ConfigError
from wflint.matching.matcher import Matcher
from wflint.matching.scorer import WEIGHTS, Job, Match, load_scorer
from wflint.matching.signals import Feature, FieldFeature, Side, StepFeature
from wflint.matching.subjects import FieldText, StepText

FEATURES: dict[str, type[Feature]] = {"fields": FieldFeature, "steps": StepFeature}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


@pytest.mark.parametrize("job", ["fields", "steps"])
def test_the_weights_name_every_feature_and_keep_its_side(job: str) -> None:
    table = json.loads(WEIGHTS.read_text(encoding="utf-8"))[job]["features"]
    kinds = list(FEATURES[job])
    assert list(table) == [feature.value for feature in kinds]
    assert [entry["sentence"] for entry in table.values()] == [feature.sentence for feature in kinds]
    wrong = [feature for feature in kinds if table[feature]["weight"] * (1 if feature.side is Side.FOR else -1) < 0]
    assert wrong == []


@pytest.mark.parametrize(
    "content", ["", "[]", '{"fields": {"bias": "x"}}', '{"fields": {"bias": 1, "features": {"a": 1}}}']
)
def test_damaged_weights_say_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "scorer.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match="install wflint again"):
        load_scorer(Job.FIELDS, path)


def offer(name: str, type_: str = "str", description: str = "") -> FieldText:
    return FieldText(name, type_, description)


@pytest.mark.parametrize(
    ("upstream", "downstream"),
    [
        (offer("query"), offer("user_question")),
        (offer("src_tbl"), offer("source_table")),
        (offer("summary", description="abstract of the paper in three sentences"), offer("paper_abstract")),
        (offer("notes", "list[str]"), offer("research_notes", "list[str]")),
        (offer("doi", ""), offer("digital_object_identifier", "")),
        (offer("topic"), FieldText("subject", prompt="Write an essay about the following topic: {subject}")),
    ],
)
def test_fields_that_are_one_value(matcher: Matcher, upstream: FieldText, downstream: FieldText) -> None:
    assert matcher.compare_fields([(upstream, downstream)])[0].is_match


@pytest.mark.parametrize(
    ("upstream", "downstream", "feature"),
    [
        (offer("start_time", "datetime"), offer("end_time", "datetime"), FieldFeature.OPPOSITE_NAMES),
        (offer("draft_report"), offer("final_report"), FieldFeature.OTHER_ROLE),
        (offer("paper", "Paper"), offer("papers", "list[Paper]"), FieldFeature.CARDINALITY),
        (offer("page_url"), offer("page_title"), FieldFeature.OTHER_ASPECT),
        (offer("is_valid", "bool"), offer("is_invalid", "bool"), FieldFeature.NEGATION),
        (offer("user_id"), offer("paper_id"), FieldFeature.OTHER_OWNER),
        (offer("weather"), offer("invoice"), FieldFeature.UNRELATED),
    ],
)
def test_fields_that_are_not(
    matcher: Matcher, upstream: FieldText, downstream: FieldText, feature: FieldFeature
) -> None:
    found = matcher.compare_fields([(upstream, downstream)])[0]
    assert not found.is_match
    assert feature in {reason.feature for reason in found.reasons if reason.weight < 0}


def test_reasons_begin_with_the_weightiest(matcher: Matcher) -> None:
    weights = [
        abs(reason.weight) for reason in matcher.compare_fields([(offer("query"), offer("question"))])[0].reasons
    ]
    assert weights == sorted(weights, reverse=True)
    assert weights


def step(name: str, doc: str, given: str = "text") -> StepText:
    return StepText(name, doc, (), (offer("text"),), (offer(given),))


def test_steps_that_do_the_same_work(matcher: Matcher) -> None:
    one = step("summarize", "Summarise the text in three sentences.", "summary")
    other = step("condense_node", "Condense the text into a short summary.", "digest")
    assert matcher.compare_steps([(one, other)])[0].is_match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (step("to_french", "Translate the text into French."), step("to_german", "Translate the text into German.")),
        (step("write_tests", "Write the tests."), step("run_tests", "Run the tests.")),
        (step("encrypt", "Encrypt the file."), step("decrypt", "Decrypt the file.")),
        (step("fetch_weather", "Fetch the weather.", "weather"), step("pay", "Pay the invoice.", "receipt")),
    ],
)
def test_steps_that_do_not(matcher: Matcher, one: StepText, other: StepText) -> None:
    assert not matcher.compare_steps([(one, other)])[0].is_match


def test_the_order_of_two_steps_does_not_matter(matcher: Matcher) -> None:
    one, other = step("plan", "Plan the trip.", "plan"), step("planner", "Make a plan for the journey.", "itinerary")
    found = matcher.compare_steps([(one, other), (other, one)])
    assert found[0].similarity == found[1].similarity


@pytest.mark.parametrize("text", ["", "___", "日本語", "{}", "a" * 10_000, "\x00"])
def test_odd_texts_are_compared_like_any(matcher: Matcher, text: str) -> None:
    odd = FieldText(text, text, text, text)
    assert 0 <= matcher.compare_fields([(odd, offer("x"))])[0].similarity <= 1
    odd_step = StepText(text, text, (text,), (odd,), (odd,))
    assert 0 <= matcher.compare_steps([(odd_step, step("x", "y"))])[0].similarity <= 1


@pytest.mark.parametrize(
    ("similarity", "called", "found"), [(0.1, False, False), (0.4, True, False), (0.6, True, True)]
)
def test_a_pair_that_somebody_asks_about_needs_less(similarity: float, *, called: bool, found: bool) -> None:
    match = Match(similarity, ())
    assert (match.is_called_match, match.is_match) == (called, found)
