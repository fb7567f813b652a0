"""Prompts that code reads from files: an edit of one counts, and what is not below the root is never read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recovery.edited import Repo

CREW = """
from pathlib import Path

from crewai import Agent, Crew, Task

PROMPTS = Path(__file__).parent / "prompts"


def load(name):
    return (PROMPTS / f"{name}.md").read_text(encoding="utf-8")


clerk = Agent(role="clerk", goal="sort letters", backstory="tidy")
task = Task(description=load("sort"), expected_output="a list", agent=clerk)
crew = Crew(agents=[clerk], tasks=[task])
crew.kickoff(inputs={"letters": "a"})
"""
APP = ("app/main.py",)
FILES = {"app/main.py": CREW, "app/prompts/sort.md": "Sort {letters}.\n"}


def findings(said: str, code: str = "WF101") -> list[tuple[str, int, int]]:
    """Where the findings of a rule are: path, line, column."""
    found = json.JSONDecoder().raw_decode(said)[0]["findings"]
    places = (each["location"] for each in found if each["code"] == code)
    return [(place["path"], place["line"], place["column"]) for place in places]


def test_an_edit_of_a_prompt_counts(repo: Repo) -> None:
    repo.write(FILES)
    assert findings(repo.check()) == []
    repo.write({"app/prompts/sort.md": "Sort {letters}\nfor {customer}.\n"})
    after = repo.check()
    assert repo.evaluated == [APP]
    assert findings(after) == [("app/prompts/sort.md", 2, 5)]
    assert after == repo.check(fresh=True)
    repo.check()
    assert repo.evaluated == []


def test_the_finding_is_told_to_who_asks_about_the_prompt(repo: Repo) -> None:
    repo.write(FILES | {"app/prompts/sort.md": "Sort for {customer}.\n", "app/prompts/other.md": "Other {thing}.\n"})
    assert findings(repo.check("app/prompts/sort.md")) == [("app/prompts/sort.md", 1, 10)]
    assert findings(repo.check("app/prompts/other.md")) == []
    assert findings(repo.check("app/main.py")) == []


def test_a_prompt_that_comes_later_counts(repo: Repo) -> None:
    repo.write({"app/main.py": CREW})
    assert findings(repo.check()) == []
    repo.write({"app/prompts/sort.md": "Sort for {customer}.\n"})
    after = repo.check()
    assert repo.evaluated == [APP]
    assert findings(after) == [("app/prompts/sort.md", 1, 10)]
    (repo.root / "app/prompts/sort.md").unlink()
    assert findings(repo.check()) == []


def test_a_file_that_is_empty_at_first_is_no_module(repo: Repo) -> None:
    repo.write(FILES | {"app/prompts/sort.md": "", "app/empty.py": ""})
    repo.check()
    repo.write({"app/prompts/sort.md": "{customer}"})
    assert findings(repo.check()) == [("app/prompts/sort.md", 1, 1)]


ALL = CREW.replace('load("sort")', '"; ".join(p.read_text() for p in sorted(PROMPTS.glob("*.md")))')


def test_a_further_file_in_a_folder_counts(repo: Repo) -> None:
    repo.write(FILES | {"app/main.py": ALL})
    assert findings(repo.check()) == []
    repo.write({"app/prompts/next.md": "For {customer}."})
    after = repo.check()
    assert repo.evaluated == [APP]
    assert [path for path, _, _ in findings(after)] == ["app/prompts/next.md"]
    assert after == repo.check(fresh=True)


def test_what_is_ignored_hidden_a_link_or_outside_is_not_read(repo: Repo, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("{customer}", encoding="utf-8")
    for name, source in {
        "ignored": CREW,
        "hidden": CREW.replace('"prompts"', '".prompts"'),
        "link": CREW,
        "outside": CREW.replace('"prompts"', '".." / ".." / ".."'),
    }.items():
        repo.write({f"{name}/main.py": source})
    repo.write({"ignored/prompts/sort.md": "{customer}", "ignored/.gitignore": "prompts/\n"})
    repo.write({"hidden/.prompts/sort.md": "{customer}", "link/prompts/plain.md": ""})
    (repo.root / "link/prompts/sort.md").symlink_to(secret)
    said = repo.check()
    assert findings(said) == []
    assert "secret" not in said
    assert "customer" not in said


def test_what_is_no_text_is_unknown(repo: Repo) -> None:
    repo.write(FILES)
    place = repo.root / "app/prompts/sort.md"
    for data in (b"{customer}\0", b"{customer} " * 50_000):
        place.write_bytes(data)
        assert findings(repo.check()) == []
    place.write_bytes(b"For\n{customer} \xe9")
    said = repo.check()
    assert findings(said) == []
    assert "not utf-8: what code reads here is not known" in said
    assert repo.check() == said


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig"])
def test_the_encoding_that_code_tells_counts(repo: Repo, encoding: str) -> None:
    repo.write({"app/main.py": CREW.replace("utf-8", encoding)})
    place = repo.root / "app/prompts/sort.md"
    place.parent.mkdir(parents=True)
    place.write_bytes("Für\r\n{customer}".encode(encoding))
    assert findings(repo.check()) == [("app/prompts/sort.md", 2, 1)]
