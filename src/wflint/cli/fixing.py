"""`wflint check --fix` and `--diff`: the fixes of findings, put into the files."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from msgspec import Struct

from wflint import atomic
from wflint.errors import UnreadableSource, UsageError
from wflint.history.review import Review
from wflint.model.fix import Patch
from wflint.source.decode import load
from wflint.source.fixing.applying import applied, compatible, edits_in

MOST_ROUNDS = 10
"""A fix may uncover the next one; after so many rounds it is no progress any more."""


class FileChange(Struct, frozen=True):
    """A file as it is and as it will be."""

    path: str
    before: str
    after: str


class Changes(Struct, frozen=True):
    """What fixes come to: the files, and so many `fixes` in them."""

    files: tuple[FileChange, ...] = ()
    fixes: int = 0

    def diff(self) -> str:
        """What changes, as a unified diff."""
        return "".join(line for change in self.files for line in _diff(change))


def changes_of(review: Review, *, unsafe: bool) -> Changes:
    """The fixes of the findings that were not known before, in files that the user asked for."""
    patches = (finding.patch for finding in review.fresh if finding.patch is not None)
    wanted = [patch for patch in patches if (patch.safe or unsafe) and _is_asked_for(patch, review)]
    chosen = compatible(wanted)
    paths = sorted({edit.span.path for patch in chosen for edit in patch.edits})
    files = {change.path: change for path in paths if (change := _changed(path, chosen, review)) is not None}
    done = sum(all(edit.span.path in files for edit in patch.edits) for patch in chosen)
    return Changes(tuple(files.values()), done)


def fixed(first: Review, again: Callable[[], Review], *, unsafe: bool) -> tuple[Review, int]:
    """Apply fixes until none is left; what is found then, and so many fixes that were made."""
    review, count = first, 0
    for _ in range(MOST_ROUNDS):
        changes = changes_of(review, unsafe=unsafe)
        if not changes.files:
            break
        _write(changes.files, review)
        count += changes.fixes
        review = again()
    return review, count


def _is_asked_for(patch: Patch, review: Review) -> bool:
    files = frozenset(review.audit.survey.files)
    return all(edit.span.path in files for edit in patch.edits)


def _changed(path: str, patches: Iterable[Patch], review: Review) -> FileChange | None:
    """A file with its edits; None where it has changed since it was read, is not UTF-8, or would not parse."""
    before = _read(path, review)
    if before is None or before != review.audit.survey.recovered.texts(path).module:
        return None
    after = applied(path, before, edits_in(path, patches))
    return FileChange(path, before, after) if after is not None and after != before else None


def _read(path: str, review: Review) -> str | None:
    try:
        data = (review.audit.survey.request.root / path).read_bytes()
        text = load(data)
    except (OSError, UnreadableSource):
        return None
    return text if data in {text.encode("utf-8"), text.encode("utf-8-sig")} else None


def _write(files: Iterable[FileChange], review: Review) -> None:
    for change in files:
        place = review.audit.survey.request.root / change.path
        try:
            marked = place.read_bytes().startswith(b"\xef\xbb\xbf")
            atomic.write(place, change.after.encode("utf-8-sig" if marked else "utf-8"))
        except OSError as error:
            raise UsageError(f"{change.path}: cannot be written: {error.strerror}") from error


def _diff(change: FileChange) -> Iterable[str]:
    before, after = change.before.splitlines(keepends=True), change.after.splitlines(keepends=True)
    for line in difflib.unified_diff(before, after, f"a/{change.path}", f"b/{change.path}"):
        yield line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
