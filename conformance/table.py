"""The published table: what was found by running, with which releases, and what wflint says of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final

from conformance.checking import FOLDER, Outcome, Program, Release, programs, requirements

TABLE: Final = FOLDER.parent / "docs" / "conformance.md"
AGREED: Final = FOLDER / "agreed.json"
"""The programs that were run and agreed, by release: a digest of what was run."""

_HEAD = """\
# What the frameworks do, found by running them

Each line is a small program in `conformance/`, run with the release named and read by wflint with that release pinned.
"agrees" means that the framework did what the program is to prove, and that wflint's model of the same source predicts
it; "not run" that the program has changed since it was last run with that release. Where the older release does
otherwise, the line says what. `nox -s conformance` runs all of them, `python -m conformance --table` writes this page.
"""


def digest(program: Program, release: Release) -> str:
    """What tells whether a program was run as it is now, with the release that is pinned now."""
    expected = program.expectation.of(release)
    pinned = " ".join(map(str, requirements(program.framework, release)))
    proven = _dumped(expected) if expected is not None else ""
    whole = "\0".join((program.path.read_text(encoding="utf-8"), proven, pinned))
    return blake2b(whole.encode(), digest_size=8).hexdigest()


def _dumped(expected: Outcome) -> str:
    """What is expected, as text; bounds only where there are some, so that older digests stand."""
    return expected.model_dump_json(exclude=None if expected.most else {"most": True, "older": {"most"}})


def agreed() -> dict[str, dict[str, str]]:
    """The digests of the runs that agreed, by program and release."""
    return json.loads(AGREED.read_bytes()) if AGREED.exists() else {}


def keep(run: Iterable[Program], failed: Iterable[Program], release: Release) -> None:
    """Write down which programs agreed."""
    known, names = agreed(), {program.name for program in failed}
    for program in run:
        entry = known.setdefault(program.name, {})
        entry.pop(release, None)
        if program.name not in names:
            entry[release] = digest(program, release)
    there = {program.name for program in programs()}
    kept = {name: dict(sorted(entry.items())) for name, entry in sorted(known.items()) if entry and name in there}
    AGREED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def table() -> str:
    """The page."""
    known = agreed()
    every = list(programs())
    frameworks = sorted({program.framework for program in every})
    parts = [_HEAD, *("\n".join(_section(name, every, known)) for name in frameworks)]
    return "\n".join(parts) + "\n"


def _section(framework: str, every: Iterable[Program], known: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    newest, older = (_version(framework, release) for release in (Release.NEWEST, Release.OLDER))
    yield from (f"## {framework}", "", f"| behaviour | {newest} | {older} | wflint says |", "|---|---|---|---|")
    for program in every:
        if program.framework == framework:
            done = known.get(program.name, {})
            cells = (_cell(program, release, done) for release in (Release.NEWEST, Release.OLDER))
            yield f"| {' | '.join((_escaped(program.statement), *cells, _said(program.expectation)))} |"
    yield ""


def _version(framework: str, release: Release) -> str:
    pinned = requirements(framework, release)
    return str(pinned[0]).replace("==", " ") if pinned else ""


def _cell(program: Program, release: Release, done: Mapping[str, str]) -> str:
    expected = program.expectation.of(release)
    if expected is None:
        return ""
    verdict = "agrees" if done.get(release) == digest(program, release) else "not run"
    differs = release is Release.OLDER and expected is program.expectation.older
    otherwise = _escaped(json.dumps(expected.facts, ensure_ascii=False)) if differs and expected is not None else ""
    said = f"; wflint says {_said(expected)}" if otherwise and _said(expected) else ""
    return f"{verdict}: `{otherwise}`{said}" if otherwise else verdict


def _said(expected: Outcome) -> str:
    limit = [f"limit {expected.limit}"] if expected.limit is not None else []
    most = [
        f"{step} at most {count} times" if count is not None else f"{step} any number of times"
        for step, count in expected.most.items()
    ]
    return ", ".join((*expected.present, *(f"no {code}" for code in expected.absent), *limit, *most))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'") if text.startswith("{") else text.replace("|", "\\|")
