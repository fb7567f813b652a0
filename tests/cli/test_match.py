from __future__ import annotations

import io
import json
import sys

import pytest

from wflint.cli import run
from wflint.errors import ExitCode

FIELDS = {"upstream": {"name": "query", "type": "str", "description": ""}, "downstream": {"name": "question"}}
STEPS = {"a": {"name": "plan", "doc": "Plan the trip."}, "b": {"name": "plan", "doc": "Plan the trip."}, "id": "S1"}


def match(monkeypatch: pytest.MonkeyPatch, text: bytes, *options: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    return run(["match", *options])


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_a_line_in_is_a_line_out(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert match(monkeypatch, lines(FIELDS, FIELDS)) == ExitCode.CLEAN
    answers = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert len(answers) == 2
    assert answers[0] == answers[1]
    assert set(answers[0]) == {"similarity", "match", "reasons"}
    assert answers[0]["match"] is True
    assert set(answers[0]["reasons"][0]) == {"feature", "text", "weight"}


def test_steps(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert match(monkeypatch, lines(STEPS), "--job", "steps") == ExitCode.CLEAN
    assert json.loads(capsysbinary.readouterr().out)["match"] is True


def test_nothing_in_nothing_out(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert match(monkeypatch, b"\n\n") == ExitCode.CLEAN
    assert capsysbinary.readouterr().out == b""


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[]",
        b'{"upstream": {"name": "a"}}',
        b'{"upstream": {"name": 1}, "downstream": {"name": "b"}}',
        b"\xff",
        b"[" * 9999,
    ],
)
def test_a_malformed_line_is_named_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], bad: bytes
) -> None:
    assert match(monkeypatch, lines(FIELDS) + b"\n" + bad + b"\n" + lines(FIELDS)) == ExitCode.USAGE
    printed = capsysbinary.readouterr()
    assert printed.out == b""
    assert b"line 3 of standard input" in printed.err


def test_an_unknown_encoder_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert match(monkeypatch, b"", "--encoder", "glove") == ExitCode.USAGE
    assert b"unknown encoder 'glove'" in capsysbinary.readouterr().err
