"""Baselines and earlier versions, through the command line."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.history.programs import DESK, MENDED, MOVED, OPEN, PATH, WORSE
from tests.revisions.repositories import Repository
from tests.waiting import PATIENCE
from wflint import cli

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository.make(tmp_path / "work")
    made.commit({PATH: DESK})
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return made


@pytest.fixture
def wflint(capsys: pytest.CaptureFixture[str]) -> Check:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def codes(text: str) -> list[str]:
    return sorted(line.split(": ")[1].split()[0] for line in text.splitlines() if ": WF" in line)


def test_a_baseline_hides_what_it_knows(repository: Repository, wflint: Check) -> None:
    assert wflint("baseline") == (0, "3 findings kept in wflint.baseline.json\n", "")
    code, out, _ = wflint("check", "--baseline", "wflint.baseline.json")
    assert (code, codes(out)) == (0, [])
    assert out.splitlines()[-1] == "Against wflint.baseline.json: 0 introduced, 3 existing, 0 fixed."
    repository.write({PATH: WORSE})
    code, out, _ = wflint("check", "--baseline", "wflint.baseline.json")
    assert (code, codes(out)) == (1, ["WF107"])
    assert out.splitlines()[-1] == "Against wflint.baseline.json: 1 introduced, 2 existing, 1 fixed."


def test_a_baseline_survives_moved_lines(repository: Repository, wflint: Check) -> None:
    wflint("baseline")
    repository.write({PATH: MOVED})
    code, out, _ = wflint("check", "--baseline", "wflint.baseline.json")
    assert (code, codes(out)) == (0, [])
    assert out.splitlines()[-1] == "Against wflint.baseline.json: 0 introduced, 3 existing, 0 fixed."


def test_pruning_strikes_out_and_adds_nothing(repository: Repository, wflint: Check) -> None:
    wflint("baseline")
    before = (repository.root / "wflint.baseline.json").read_text(encoding="utf-8").splitlines()
    repository.write({PATH: WORSE})
    assert wflint("baseline", "--prune")[1] == "1 finding struck out, 2 findings kept in wflint.baseline.json\n"
    after = (repository.root / "wflint.baseline.json").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line.rstrip(",") not in {each.rstrip(",") for each in after}] != []
    assert {line.rstrip(",") for line in after} < {line.rstrip(",") for line in before}
    assert codes(wflint("check", "--baseline", "wflint.baseline.json")[1]) == ["WF107"]


def test_a_baseline_of_a_part_leaves_the_rest_alone(repository: Repository, wflint: Check) -> None:
    repository.write({"other/desk.py": DESK, "wflint.toml": 'ignore = ["WF201"]\n'})
    assert wflint("baseline")[1] == "6 findings kept in wflint.baseline.json\n"
    repository.write({PATH: MENDED})
    assert wflint("baseline", "app")[1] == "5 findings kept in wflint.baseline.json\n"
    assert wflint("baseline", "--prune", "app")[1].startswith("0 findings struck out, 5 findings kept")
    out = wflint("check", "app", "--baseline", "wflint.baseline.json")[1]
    assert out.splitlines()[-1] == "Against wflint.baseline.json: 0 introduced, 2 existing, 0 fixed."


def test_rules_that_do_not_run_fix_nothing(repository: Repository, wflint: Check) -> None:
    wflint("baseline")
    del repository
    out = wflint("check", "--select", "WF101", "--baseline", "wflint.baseline.json")[1]
    assert out.splitlines()[-1] == "Against wflint.baseline.json: 0 introduced, 1 existing, 0 fixed."


def test_the_configuration_names_a_baseline(repository: Repository, wflint: Check) -> None:
    repository.write({"wflint.toml": 'baseline = "known/findings.json"\n'})
    code, _, err = wflint("check")
    assert (code, "there is no such baseline" in err) == (2, True)
    assert wflint("baseline")[1] == "3 findings kept in findings.json\n"
    assert wflint("check")[0] == 0


@pytest.mark.parametrize("key", ["baseline", "decisions"])
@pytest.mark.parametrize("value", ["../outside.json", "/etc/passwd", "link/x.json"])
def test_the_configuration_does_not_lead_out(repository: Repository, wflint: Check, key: str, value: str) -> None:
    (repository.root / "link").symlink_to(repository.root.parent)
    repository.write({"wflint.toml": f'{key} = "{value}"\n'})
    code, out, err = wflint("check")
    assert (code, out) == (2, "")
    assert f"key {key!r}: {value!r} leads out of" in err


def test_a_link_in_the_place_of_the_baseline_is_not_written_through(repository: Repository, wflint: Check) -> None:
    outside = repository.root.parent / "outside.json"
    (repository.root / "wflint.baseline.json").symlink_to(outside)
    code, _, err = wflint("baseline")
    assert (code, outside.exists()) == (2, False)
    assert "'wflint.baseline.json' leads out of" in err
    (repository.root / "wflint.baseline.json").unlink()
    (repository.root / "wflint.baseline.json").symlink_to("wflint.baseline.json")
    code, _, err = wflint("baseline")
    assert (code, "internal" in err) == (2, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no baseline"),
        ("[]", "is no baseline: an object with the keys 'version' and 'findings' is expected"),
        ('{"version": 2, "findings": []}', "is no baseline: key 'version'"),
        ('{"version": 1, "findings": [{"fingerprint": "no"}]}', "is no baseline: key 'findings.0.fingerprint'"),
        ("\udcff", "is no baseline"),
        ("[" * 100_000, "is no baseline"),
    ],
)
def test_what_is_no_baseline_is_named(repository: Repository, wflint: Check, text: str, said: str) -> None:
    (repository.root / "b.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    code, out, err = wflint("check", "--baseline", "b.json")
    assert (code, out) == (2, "")
    assert f"b.json: {said}" in err


def test_new_since_tells_what_a_branch_has_done(repository: Repository, wflint: Check) -> None:
    repository.git("checkout", "-q", "-b", "side")
    repository.commit({PATH: MENDED})
    repository.write({PATH: WORSE.replace("class Story", "\n\nclass Story")})
    code, out, _ = wflint("check", "--new-since", "main")
    assert (code, codes(out)) == (1, ["WF107"])
    fork = repository.git("rev-parse", "main")[:12]
    assert out.splitlines()[-1] == f"Against main ({fork}): 1 introduced, 2 existing, 1 fixed."


def test_what_is_only_quieter_is_not_fixed(repository: Repository, wflint: Check) -> None:
    """Where an edge may lead anywhere, an unreachable step is for auditors; that is neither a fix nor news later."""
    repository.commit({PATH: OPEN})
    assert codes(wflint("check", "-q")[1]) == ["WF101", "WF102", "WF991"]
    code, out, _ = wflint("check", "--new-since", "HEAD~1")
    assert (code, out.splitlines()[-1].partition(": ")[2]) == (0, "1 introduced, 2 existing, 0 fixed.")
    repository.write({PATH: DESK})
    code, out, _ = wflint("check", "--new-since", "HEAD")
    assert (code, out.splitlines()[-1].partition(": ")[2]) == (0, "0 introduced, 3 existing, 1 fixed.")


def test_an_ignore_comment_is_no_fix_and_its_end_is_news(repository: Repository, wflint: Check) -> None:
    ignored = DESK.replace('"sources": 3}', '"sources": 3}  # wflint: ignore[WF102] it is read elsewhere')
    repository.commit({PATH: ignored})
    assert wflint("check", "--new-since", "HEAD~1")[1].splitlines()[-1].endswith("0 introduced, 2 existing, 0 fixed.")
    repository.write({PATH: DESK})
    assert codes(wflint("check", "--new-since", "HEAD", "-q")[1]) == ["WF102"]


def test_new_since_looks_from_the_fork_on(repository: Repository, wflint: Check) -> None:
    repository.git("checkout", "-q", "-b", "side")
    repository.commit({"app/other.py": "x = 1\n"})
    repository.git("checkout", "-q", "main")
    repository.commit({PATH: MENDED})
    repository.git("checkout", "-q", "side")
    code, out, _ = wflint("check", "--new-since", "main")
    assert (code, codes(out)) == (0, []), "what main has mended since is not what the branch has introduced"


def test_a_file_that_has_moved_is_the_same(repository: Repository, wflint: Check) -> None:
    repository.commit({"lib/newsroom.py": WORSE}, remove=(PATH,))
    code, out, _ = wflint("check", "--new-since", "HEAD~1")
    assert (code, codes(out)) == (1, ["WF107"])
    assert out.splitlines()[-1].endswith("1 introduced, 2 existing, 1 fixed.")
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.git("mv", PATH, "moved.py")
    assert codes(wflint("check", "--new-since", "HEAD")[1]) == ["WF101", "WF102", "WF301"], "not committed yet"


def test_a_new_file_is_new(repository: Repository, wflint: Check) -> None:
    repository.write({"app/second.py": DESK})
    assert codes(wflint("check", "--new-since", "HEAD", "app/second.py")[1]) == ["WF101", "WF102", "WF301"]


def test_programs_get_the_standing_of_each_finding(repository: Repository, wflint: Check) -> None:
    repository.write({PATH: WORSE})
    written = json.loads(wflint("check", "--new-since", "HEAD", "--output-format", "json")[1])
    standing = {finding["code"]: finding["standing"] for finding in written["findings"]}
    assert (standing["WF107"], standing["WF101"], standing["WF952"]) == ("introduced", "existing", None)
    assert [(each["code"], each["path"]) for each in written["fixed"]] == [("WF102", PATH)]
    lines = wflint("check", "--new-since", "HEAD", "--output-format", "jsonl")[1].splitlines()
    assert [json.loads(line)["fixed"]["code"] for line in lines if '"kind":"fixed"' in line] == ["WF102"]
    (run,) = json.loads(wflint("check", "--new-since", "HEAD", "--output-format", "sarif")[1])["runs"]
    states = {result["ruleId"]: result.get("baselineState") for result in run["results"]}
    assert (states["WF107"], states["WF101"], states["WF952"]) == ("new", "unchanged", None)
    assert "WF102" not in states


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "git knows no revision 'nowhere'"),
        ("--output=x", "git knows no revision '--output=x'"),
        ("", "it is empty; leave the option out"),
    ],
)
def test_a_revision_that_there_is_not(repository: Repository, wflint: Check, revision: str, said: str) -> None:
    code, out, err = wflint("check", "--new-since", revision)
    assert (code, out) == (2, "")
    assert said in err
    assert not (repository.root / "x").exists()


def test_where_there_is_no_repository(tmp_path: Path, wflint: Check) -> None:
    (tmp_path / "alone.py").write_text(DESK, encoding="utf-8")
    code, _, err = wflint("check", str(tmp_path), "--new-since", "HEAD", "--no-cache")
    assert (code, "is not the top of a git repository" in err) == (2, True)


def test_without_git(repository: Repository, wflint: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    del repository
    monkeypatch.setenv("PATH", "")
    code, _, err = wflint("check", "--new-since", "HEAD")
    assert (code, "git is needed" in err) == (2, True)


def test_the_two_exclude_each_other(repository: Repository, wflint: Check) -> None:
    del repository
    code, _, err = wflint("check", "--new-since", "HEAD", "--baseline", "x.json")
    assert (code, "exclude each other" in err) == (2, True)


def test_nothing_that_a_repository_configures_is_run(repository: Repository, wflint: Check) -> None:
    trap = repository.root.parent / "trap"
    evil = repository.root / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {trap}\nexit 1\n", encoding="utf-8")
    evil.chmod(evil.stat().st_mode | stat.S_IXUSR)
    repository.commit({".gitattributes": "*.py filter=evil diff=evil\n", PATH: WORSE})
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "filter.evil.smudge", "filter.evil.process"):
        repository.git("config", key, str(evil))
    for key in ("diff.evil.textconv", "diff.evil.command", "diff.external", "core.editor"):
        repository.git("config", key, str(evil))
    hooks = repository.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        (hooks / hook).symlink_to(evil)
    assert codes(wflint("check", "--new-since", "HEAD~1", "-q")[1]) == ["WF107"]
    assert not trap.exists()


def test_a_tree_cannot_write_outside(repository: Repository, wflint: Check) -> None:
    """git refuses to check out such trees, but not to hold them."""
    blob = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"],  # noqa: S607 (whichever there is)
        cwd=repository.root,
        input=b"x = 1\n",
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    ).stdout.strip()
    inner = b"100644 escaped.py\0" + bytes.fromhex(blob.decode())
    tree = _stored(repository, inner)
    outer = _stored(repository, b"40000 ..\0" + bytes.fromhex(tree))
    commit = repository.git("commit-tree", outer, "-m", "evil")
    code, _, _ = wflint("check", "--new-since", commit, "-q")
    assert code == 1
    assert list(repository.root.parent.glob("**/escaped.py")) == []


def _stored(repository: Repository, tree: bytes) -> str:
    done = subprocess.run(
        ["git", "hash-object", "-w", "-t", "tree", "--literally", "--stdin"],  # noqa: S607 (whichever there is)
        cwd=repository.root,
        input=tree,
        capture_output=True,
        check=True,
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull},
        timeout=PATIENCE,
    )
    return done.stdout.decode().strip()
