from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from tests.samples import BOOK, PATH, PROGRAM, WORKFLOW, at
from wflint.analyses.facts import Facts, ProgramFacts
from wflint.config import Config
from wflint.engine import Outcome, run, worst
from wflint.engine.comments import Comment
from wflint.engine.settings import settle
from wflint.errors import ConfigError
from wflint.model.containment import Containment
from wflint.model.finding import Confidence, Finding, Level, Observation, Persona
from wflint.model.program import Notice, Program
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Unresolved, Workflow
from wflint.rulebook import Rule

OPEN = replace(WORKFLOW, unresolved=(Unresolved("computed", at(1), Aspect.EDGES, ("draft",)),))


def saying(name: str, *observations: Observation) -> Rule:
    def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
        assert facts.workflow is workflow
        yield from observations

    return Rule(name, check)


def saying_of_program(name: str, *observations: Observation) -> Rule:
    def check(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
        assert facts.program is program
        yield from observations

    return Rule(name, check)


def see(line: int, message: str = "look", key: str = "draft") -> Observation:
    return Observation(message, at(line), key=(key,))


def judge(
    *rules: Rule,
    config: Config | None = None,
    comments: tuple[Comment, ...] = (),
    program: Program = PROGRAM,
    contained: Containment | None = None,
) -> Outcome:
    settings = settle(config or Config(), BOOK, None)
    placed = {PATH: comments} if comments else {}
    return run(program, rules, BOOK, settings, placed, ProgramFacts(program), contained or Containment())


def rows(findings: tuple[Finding, ...]) -> list[tuple[str, int, str]]:
    return [(finding.code, finding.span.line, finding.message) for finding in findings]


def comment(line: int, *codes: str, alone: bool = False, file_wide: bool = False) -> Comment:
    return Comment(at(line, 20), codes, own_line=alone, file_wide=file_wide)


def test_findings_come_in_order_of_place_then_code() -> None:
    found = judge(
        saying("concurrent-write", see(7), see(3)),
        saying("unreachable-step", see(7)),
        saying_of_program("join-runs-twice", see(1)),
    )
    assert rows(found.findings) == [
        ("WF502", 1, "look"),
        ("WF501", 3, "look"),
        ("WF301", 7, "look"),
        ("WF501", 7, "look"),
    ]


def test_a_finding_has_what_page_and_observation_say() -> None:
    plain = see(7)
    own = replace(plain, level=Level.ERROR, confidence=Confidence.LOW, span=at(8))
    first, second = judge(saying("concurrent-write", plain, own)).findings
    assert first == Finding(
        code="WF501",
        name="concurrent-write",
        level=Level.WARNING,
        confidence=Confidence.HIGH,
        persona=Persona.REGULAR,
        observation=plain,
        workflow=WORKFLOW.id,
        fingerprint=first.fingerprint,
    )
    assert (second.level, second.confidence) == (Level.ERROR, Confidence.LOW)


def test_what_is_said_twice_is_printed_once() -> None:
    twin = replace(WORKFLOW, id=f"{PATH}::twin")
    found = judge(saying("concurrent-write", see(7), see(7)), program=Program((WORKFLOW, twin)))
    assert [(finding.workflow, finding.message) for finding in found.findings] == [(WORKFLOW.id, "look")]


def test_one_workflow_may_have_several_faults_of_a_kind_at_the_place_that_makes_it() -> None:
    twin = replace(WORKFLOW, id=f"{PATH}::twin")
    faults = [Observation(f'"{name}" is unknown', WORKFLOW.span, key=(name,)) for name in ("draft", "check")]
    found = judge(saying("concurrent-write", *faults), program=Program((WORKFLOW, twin)))
    assert [(finding.workflow, finding.message) for finding in found.findings] == [
        (WORKFLOW.id, '"check" is unknown'),
        (WORKFLOW.id, '"draft" is unknown'),
    ]


def test_fingerprints_survive_shifted_lines_and_are_unique() -> None:
    before = judge(saying("concurrent-write", see(3), see(5), see(6, key="other"))).findings
    after = judge(saying("concurrent-write", see(13), see(15), see(16, key="other"))).findings
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert len({finding.fingerprint for finding in before}) == 3


def test_fingerprints_do_not_depend_on_what_is_ignored() -> None:
    rule = saying("concurrent-write", see(3), see(5))
    everything = judge(rule).findings
    found = judge(rule, comments=(comment(3, "WF501"),))
    assert found.findings == everything[1:]
    assert found.silenced == everything[:1]


def test_a_rule_that_reasons_from_absence_whispers_where_edges_are_open() -> None:
    rule = saying("unreachable-step", see(3))
    program = Program((OPEN,))
    assert judge(rule, program=program).findings == ()
    (heard,) = judge(rule, program=program, config=Config(persona=Persona.AUDITOR)).findings
    assert (heard.persona, heard.confidence) == (Persona.AUDITOR, Confidence.MEDIUM)


def test_a_rule_without_that_need_speaks_up_all_the_same() -> None:
    assert rows(judge(saying("concurrent-write", see(3)), program=Program((OPEN,))).findings) == [("WF501", 3, "look")]


@pytest.mark.parametrize(
    ("persona", "heard"),
    [(Persona.REGULAR, [1]), (Persona.PEDANTIC, [1, 2]), (Persona.AUDITOR, [1, 2, 3])],
)
def test_a_persona_hears_its_own_and_those_below(persona: Persona, heard: list[int]) -> None:
    spoken = [replace(see(line), persona=who) for line, who in enumerate(Persona, start=1)]
    found = judge(saying("concurrent-write", *spoken), config=Config(persona=persona)).findings
    assert [finding.span.line for finding in found] == heard


@pytest.mark.parametrize(
    ("config", "codes"),
    [
        pytest.param(Config(), ["WF301", "WF501"], id="all by default"),
        pytest.param(Config(select=("WF5",)), ["WF501"], id="by prefix"),
        pytest.param(Config(select=("unreachable-step",)), ["WF301"], id="by name"),
        pytest.param(Config(select=("WF5",), extend_select=("WF301",)), ["WF301", "WF501"], id="extended"),
        pytest.param(Config(ignore=("WF3",)), ["WF501"], id="ignored"),
        pytest.param(Config(per_file_ignores={"app/**": ("WF501",)}), ["WF301"], id="ignored in this file"),
        pytest.param(Config(per_file_ignores={"tests/**": ("WF501",)}), ["WF301", "WF501"], id="ignored elsewhere"),
    ],
)
def test_selection(config: Config, codes: list[str]) -> None:
    found = judge(saying("unreachable-step", see(3)), saying("concurrent-write", see(3)), config=config)
    assert [finding.code for finding in found.findings] == codes


def test_severity_overrides_page_and_observation() -> None:
    loud = replace(see(5), level=Level.ERROR)
    found = judge(saying("concurrent-write", see(3), loud), config=Config(severity={"WF5": Level.NOTE}))
    assert [finding.level for finding in found.findings] == [Level.NOTE, Level.NOTE]


def test_an_unknown_code_in_a_setting_is_an_error() -> None:
    with pytest.raises(ConfigError, match="unknown rule 'WF999'"):
        judge(config=Config(severity={"WF999": Level.NOTE}))


@pytest.mark.parametrize(
    ("where", "silenced"),
    [
        pytest.param(comment(5, "WF501"), True, id="on the line, by code"),
        pytest.param(comment(5, "concurrent-write"), True, id="on the line, by name"),
        pytest.param(comment(5), True, id="on the line, bare"),
        pytest.param(comment(6, "WF501"), True, id="on a later line of the place"),
        pytest.param(comment(7, "WF501"), False, id="below the place"),
        pytest.param(comment(4, "WF501", alone=True), True, id="alone on the line above"),
        pytest.param(comment(4, "WF501"), False, id="beside other code on the line above"),
        pytest.param(comment(3, "WF501", alone=True), False, id="two lines above"),
        pytest.param(comment(1, "WF501", alone=True, file_wide=True), True, id="file-wide"),
        pytest.param(comment(5, "WF301"), False, id="for another rule"),
    ],
)
def test_inline_ignores(where: Comment, silenced: bool) -> None:  # noqa: FBT001 (a column of the table)
    long = Observation("look", Span(PATH, 5, 1, 6, 4), key=("draft",))
    found = judge(saying("concurrent-write", long), comments=(where,))
    assert ("WF501" not in [finding.code for finding in found.findings]) is silenced


def test_ignores_that_ignore_nothing_are_reported() -> None:
    comments = (
        comment(1),
        comment(2, "WF501", "WF301"),
        comment(3, "WF501", "WF502"),
        comment(4, "WF5O1"),
        comment(5, "no-such-rule", "WF502"),
    )
    found = judge(saying("concurrent-write", see(3)), comments=comments)
    assert rows(found.findings) == [
        ("WF990", 1, "unused ignore: no finding here; remove the comment"),
        ("WF990", 2, "unused ignore WF501, WF301: no such finding here"),
        ("WF990", 3, "unused ignore WF502: no such finding here"),
        ("WF990", 4, "unknown rule WF5O1; did you mean 'WF501'?"),
        ("WF990", 5, "unknown rule no-such-rule"),
        ("WF990", 5, "unused ignore WF502: no such finding here"),
    ]
    assert rows(found.silenced) == [("WF501", 3, "look")]


def test_an_ignore_for_a_rule_that_did_not_run_is_left_in_peace() -> None:
    comments = (comment(1), comment(2, "WF301"), comment(3, "WF5"))
    assert judge(config=Config(select=("WF501", "WF990")), comments=comments).findings == ()


def test_an_ignore_for_what_this_persona_does_not_hear_is_used() -> None:
    quiet = replace(see(3), persona=Persona.AUDITOR)
    found = judge(saying("concurrent-write", quiet), comments=(comment(3, "WF501"),))
    assert found == Outcome(findings=(), silenced=())


def test_unused_ignores_can_be_ignored_by_name_only() -> None:
    named = judge(comments=(comment(3, "WF501", "WF990"),))
    assert rows(named.findings) == []
    bare = judge(comments=(comment(3), comment(1, file_wide=True)))
    assert [finding.span.line for finding in bare.findings] == [1, 3]


def test_unused_ignores_obey_the_selection() -> None:
    assert judge(config=Config(ignore=("unused-ignore",)), comments=(comment(3),)).findings == ()


def test_a_rule_that_fails_is_told_and_takes_nothing_along() -> None:
    def check(workflow: Workflow, _facts: Facts) -> Iterator[Observation]:
        yield see(1)
        raise KeyError(workflow.name)

    contained = Containment()
    found = judge(Rule("concurrent-write", check), contained=contained)
    assert [finding.span.line for finding in found.findings] == [1]
    message = 'internal error in rule concurrent-write: KeyError; more of its findings in "builder" may be missing'
    assert contained.notices == (Notice(message, WORKFLOW.span),)
    assert "KeyError: 'builder'" in contained.errors[0].traceback


def test_the_worst_level_decides() -> None:
    loud = replace(see(5), level=Level.ERROR)
    assert worst(judge(saying("concurrent-write", see(3), loud)).findings) is Level.ERROR
    assert worst(()) is None


def test_thousands_of_comments_are_looked_at_where_a_finding_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    plain = Comment.touches

    def counted(self: Comment, span: Span) -> bool:
        asked.append(self.span.line)
        return plain(self, span)

    monkeypatch.setattr(Comment, "touches", counted)
    many = (comment(7, "WF501"), *(comment(line, "WF502") for line in range(100, 5_100)))
    found = judge(saying("concurrent-write", *(see(line) for line in range(1, 60))), comments=many)
    assert [finding.span.line for finding in found.silenced] == [7]
    assert len(asked) < 3 * len(many)
