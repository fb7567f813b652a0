from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.revisions.repositories import Repository
from wflint.revisions.provenance import Provenance, provenance_of, public_address

ADDRESS = "https://github.com/somebody/something"
HASH = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/somebody/something.git", ADDRESS),
        ("https://token:secret@github.com/somebody/something", ADDRESS),
        ("http://git.example.test:8080/a/b.git", "https://git.example.test:8080/a/b"),
        ("git@github.com:somebody/something.git", ADDRESS),
        ("ssh://git@github.com:22/somebody/something.git", ADDRESS),
        ("git://github.com/somebody/something.git", ADDRESS),
        ("/srv/git/something.git", None),
        ("../something", None),
        ("file:///srv/git/something.git", None),
        ("ext::sh -c evil", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_an_address_that_others_can_reach(remote: str, address: str | None) -> None:
    assert public_address(remote) == address


def test_a_clone(tmp_path: Path) -> None:
    made = Repository.make(tmp_path / "made")
    revision = made.commit({"a.py": "x = 1\n"})
    made.git("remote", "add", "origin", "git@github.com:somebody/something.git")
    assert provenance_of(made.root) == Provenance(ADDRESS, revision, "main")
    made.git("pack-refs", "--all")
    assert provenance_of(made.root) == Provenance(ADDRESS, revision, "main")
    made.git("checkout", "-q", "--detach")
    assert provenance_of(made.root) == Provenance(ADDRESS, revision)


def test_a_worktree(tmp_path: Path) -> None:
    made = Repository.make(tmp_path / "made")
    made.commit({"a.py": "x = 1\n"})
    made.git("remote", "add", "origin", "https://github.com/somebody/something.git")
    made.git("worktree", "add", "-q", "-b", "side/way", str(tmp_path / "other"))
    revision = Repository(tmp_path / "other").commit({"b.py": "y = 1\n"})
    assert provenance_of(tmp_path / "other") == Provenance(ADDRESS, revision, "side/way")


def test_a_clone_without_a_commit(tmp_path: Path) -> None:
    made = Repository.make(tmp_path)
    made.git("remote", "add", "origin", ADDRESS)
    assert provenance_of(tmp_path) == Provenance(ADDRESS, None, "main")


def test_git_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Repository.make(tmp_path)
    revision = made.commit({"a.py": "x = 1\n"})
    made.git("remote", "add", "origin", ADDRESS)
    monkeypatch.setenv("PATH", "")
    assert shutil.which("git") is None
    monkeypatch.setattr(subprocess, "Popen", None)
    assert provenance_of(tmp_path) == Provenance(ADDRESS, revision, "main")


def test_what_is_no_repository(tmp_path: Path) -> None:
    assert provenance_of(tmp_path) is None
    (tmp_path / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    assert provenance_of(tmp_path) is None


def _fake(root: Path, head: str, config: str = f'[remote "origin"]\n\turl = {ADDRESS}\n') -> None:
    (root / ".git").mkdir()
    (root / ".git/config").write_text(config, encoding="utf-8")
    (root / ".git/HEAD").write_text(head, encoding="utf-8")


@pytest.mark.parametrize(
    "head", ["ref: refs/heads/../../../secret\n", "ref: /etc/passwd\n", "nonsense\n", "", "ref: refs/heads/a b\n"]
)
def test_a_head_that_leads_elsewhere_is_not_followed(tmp_path: Path, head: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret").write_text(HASH, encoding="utf-8")
    _fake(inner, head)
    assert provenance_of(inner) == Provenance(ADDRESS, None)


def test_files_that_never_end_are_not_read(tmp_path: Path) -> None:
    _fake(tmp_path, HASH)
    (tmp_path / ".git/HEAD").unlink()
    os.mkfifo(tmp_path / ".git/HEAD")
    assert provenance_of(tmp_path) == Provenance(ADDRESS, None)


def test_other_remotes_do_not_count(tmp_path: Path) -> None:
    _fake(
        tmp_path, HASH, '[remote "fork"]\n\turl = https://github.com/other/x\n[branch "origin"]\n\turl = https://a/b\n'
    )
    assert provenance_of(tmp_path) is None
