"""Summaries through the cache, and a repository of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import PATIENCE
from wflint.errors import UnreadableSource
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.source.cache import NoCache
from wflint.source.discover import discover
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.lowered_files import summary_of
from wflint.source.repository import Repository


class Memory:
    """A cache that counts what is written."""

    def __init__(self) -> None:
        self.entries: dict[bytes, bytes] = {}
        self.writes = 0

    def read(self, key: bytes) -> bytes | None:
        return self.entries.get(key)

    def write(self, key: bytes, value: bytes) -> None:
        self.entries[key] = value
        self.writes += 1

    def commit(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_summary_is_made_once() -> None:
    cache = Memory()
    first = summary_of(b"x = f(1)\n", cache)
    assert summary_of(b"x = f(1)\n", cache) == first
    assert cache.writes == 1


def test_a_file_that_cannot_be_read_is_tried_once() -> None:
    cache = Memory()
    for _ in range(2):
        with pytest.raises(UnreadableSource) as caught:
            summary_of(b"a\nb c\n", cache)
        assert caught.value.line == 2
    assert cache.writes == 1


@pytest.mark.parametrize(
    "value", [b"", b"\xff", b"{}", b"[]", b'["Summary",[["Gone",[0,1]]],[0],[],null]', b"[" * 5000]
)
def test_a_broken_entry_is_a_miss(value: bytes) -> None:
    cache = Memory()
    expected = summary_of(b"x\n", cache)
    cache.entries = dict.fromkeys(cache.entries, value)
    assert summary_of(b"x\n", cache) == expected
    assert cache.writes == 2


@pytest.mark.slow
def test_a_summary_from_the_cache_needs_no_parser(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from wflint.source.cache import open_cache;"
        "from wflint.source.lowered_files import summary_of;"
        f"cache = open_cache(Path({str(tmp_path)!r})); summary_of(b'x = 1', cache); cache.close();"
        "print('wflint.source.lower' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE) for _ in range(2)]  # noqa: S603
    assert [run.stdout.strip() for run in runs] == ["True", "False"]


def test_repository(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_bytes(b"import langgraph\n")
    (tmp_path / "bad.py").write_bytes(b"\nx y\n")
    (tmp_path / "latin.py").write_bytes(b"\xe9 = 1\n")
    overlays = {"open.py": b"from langgraph import a\n"}
    repository = Repository(discover(tmp_path, [tmp_path, tmp_path / "gone.py"]), NoCache(), overlays)
    assert repository.paths == ("bad.py", "gone.py", "good.py", "latin.py", "open.py")
    names = ImportPrefilter((b"langgraph",))
    assert [path for path in repository.paths if repository.holds(path, names)] == ["good.py", "open.py"]
    assert [path for path in repository.paths if repository.lowered(path)] == ["good.py", "open.py"]
    assert repository.lowered("nowhere.py") is None
    assert repository.text("open.py") == "from langgraph import a\n"
    assert repository.text("latin.py") == "\N{REPLACEMENT CHARACTER} = 1\n"
    assert list(repository.unopened) == ["gone.py"]
    assert (*repository.unwalked, *(notice for path in repository.paths for notice in repository.unread_in(path))) == (
        Notice("invalid syntax", Span("bad.py", 2, 3, 2, 3)),
        Notice("cannot be read: No such file or directory", Span("gone.py", 1, 1, 1, 1)),
        Notice("not utf-8: invalid continuation byte", Span("latin.py", 1, 1, 1, 1)),
    )
