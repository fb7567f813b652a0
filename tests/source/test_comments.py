"""Comments that speak to wflint, and those that only look like it."""

from __future__ import annotations

import pytest

from wflint.source.code import Ignore, Misread
from wflint.source.lower import lower_module


@pytest.mark.parametrize(
    ("comment", "codes", "reason"),
    [
        pytest.param("# wflint: ignore", (), "", id="everything"),
        pytest.param("# wflint: ignore because", (), "because", id="everything, with a reason"),
        pytest.param("# wflint: ignore[WF501]", ("WF501",), "", id="a code"),
        pytest.param("#wflint:ignore[ WF501 , dead-route ]why not", ("WF501", "dead-route"), "why not", id="two"),
        pytest.param("# noqa: E501  # wflint: ignore[WF501] [sic]", ("WF501",), "[sic]", id="behind another comment"),
    ],
)
def test_what_is_asked(comment: str, codes: tuple[str, ...], reason: str) -> None:
    source = f"x = 1  {comment}\n"
    start = source.index("#", source.index("wflint") - 2 if " wflint" in source else 0)
    expected = Ignore((start, len(source) - 1), 1, codes, reason, alone=False, file_wide=False)
    assert lower_module(source).ignores == (expected,)


@pytest.mark.parametrize(
    "order",
    ["ignore[WF501", "ignore[]", "ignore[WF501,]", "ignore[WF 501]", "ignored", "disable", "ignore]", ""],
)
def test_what_cannot_be_understood(order: str) -> None:
    lowered = lower_module(f"x  # wflint: {order}\n")
    assert lowered.ignores == ()
    assert lowered.misread == (Misread((3, len(f"x  # wflint: {order}".rstrip())), order),)


def test_where_they_stand() -> None:
    source = (
        "#!/usr/bin/env python\n# wflint: ignore[WF101] everywhere\n\nimport a\n"
        "# wflint: ignore[WF102]\nb(  # wflint: ignore[WF103]\n    # wflint: ignore[WF104]\n)\n"
    )
    found = [(each.line, each.codes[0], each.alone, each.file_wide) for each in lower_module(source).ignores]
    assert found == [
        (2, "WF101", True, True),
        (5, "WF102", True, False),
        (6, "WF103", False, False),
        (7, "WF104", True, False),
    ]


def test_text_is_no_comment() -> None:
    assert lower_module("x = '# wflint: ignore'\n").ignores == ()


def test_a_file_of_comments() -> None:
    assert [each.file_wide for each in lower_module("# wflint: ignore\n").ignores] == [True]
