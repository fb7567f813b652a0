"""The link: from the files of summaries to the report, in steps that an engine does and that a run may take up again.

Every step gives the same whoever does it and in whatever order: pieces are told apart by their place, and numbers are
whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct

from wflint.link import details as reading_again
from wflint.link import presenting, tables
from wflint.link.calls import calls_between
from wflint.link.clustering import StepGroup, groups
from wflint.link.columns import Packed, pack
from wflint.link.copies import copy_families
from wflint.link.corpus import Corpus, ToldTexts, gather
from wflint.link.engines.engine import A, B, Engine, Failed
from wflint.link.engines.here import Here
from wflint.link.judging import Question, judge
from wflint.link.keeping import Keeper
from wflint.link.reading import Unusable
from wflint.link.report import LinkReport, left_out, linked_repository, most_saved_first
from wflint.link.tables import Pairs, pairs_in

_QUESTIONS: Final = 2_000
"""So many pairs are judged in one piece."""

Tell = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


class Linking(Struct, frozen=True):
    """How a link is done: by which engine, what is kept where, and who is told how far it is."""

    engine: Engine
    keeper: Keeper
    tell: Tell
    warn: Callable[[str], None]


class _TableJob(Struct, frozen=True):
    folder: str
    table: int


class _Kept(Struct, frozen=True):
    """Pairs as they are kept: a column of whole numbers each."""

    columns: tuple[bytes, ...]


_KEPT: Final = msgspec.json.Decoder(_Kept)
_VERDICTS: Final = msgspec.json.Decoder(tuple[float, ...])


def link(files: Sequence[Path], linking: Linking) -> LinkReport:
    """Link the summaries in these files."""
    unusable: list[Unusable] = []
    packed = _packed(files, linking, unusable)
    if not packed:
        return LinkReport(1, (), (), (), (), left_out(unusable))
    corpus, digests = gather(packed), [each.digest for each in packed]
    del packed
    key = blake2b("".join(digests).encode(), digest_size=16).hexdigest()
    likely = _judged(corpus, _pairs(corpus.texts, key, linking), key, linking, unusable)
    families = copy_families(corpus)
    found = _without_copies(groups(corpus, likely), families, corpus)
    rows = [member.row for group in found for member in group.members]
    details = reading_again.details(corpus, digests, rows, [flow for family in families for flow in family])
    unusable += details.lost
    clusters = (presenting.cluster(group, corpus, details) for group in found)
    copies = (presenting.copies(family, corpus, details) for family in families)
    if linking.keeper.fault is not None:
        linking.warn(linking.keeper.fault)
    return LinkReport(
        version=1,
        repositories=tuple(linked_repository(head) for head in corpus.heads),
        clusters=most_saved_first(each for each in clusters if each is not None),
        copies=tuple(each for each in copies if each is not None),
        calls=calls_between(corpus.heads),
        left_out=left_out(unusable),
    )


def _packed(files: Sequence[Path], linking: Linking, unusable: list[Unusable]) -> list[Packed]:
    """The files as columns, in the order of repository and file; of two about one repository, the first."""
    paths = [str(path) for path in files]
    found: list[Packed] = []
    for place, value in _answers("reading summaries", pack, paths, linking):
        if isinstance(value, Packed):
            found.append(value)
        else:
            unusable.append(value if isinstance(value, Unusable) else Unusable(paths[place], value.reason))
    found.sort(key=lambda each: (each.head.name, each.head.address or "", each.head.file))
    kept: dict[tuple[str, str], Packed] = {}
    for each in found:
        identity = (each.head.name, each.head.address or "")
        first = kept.setdefault(identity, each)
        if first is not each:
            unusable.append(Unusable(each.head.file, f"about the same repository as {first.head.file}"))
    return list(kept.values())


def _pairs(texts: ToldTexts, key: str, linking: Linking) -> Pairs:
    """All likely pairs, from every table."""
    known = {table: _read_pairs(f"{key} {table}", linking.keeper) for table in range(tables.TABLES)}
    wanted = [table for table, pairs in known.items() if pairs is None]
    found = [pairs for pairs in known.values() if pairs is not None]
    with _jobs(texts, wanted, linking) as (job, arguments, engine):
        doing = replace_engine(linking, engine)
        for place, value in _answers("comparing", job, arguments, doing):
            if isinstance(value, Failed):  # elsewhere: workers that do not see our folder, or were killed
                linking.warn(f"table {wanted[place]} of {tables.TABLES} is made here: {value.reason}")
            pairs = pairs_in(texts, wanted[place]) if isinstance(value, Failed) else value
            found.append(pairs)
            kept = _Kept(tuple(getattr(pairs, name).astype("<i8").tobytes() for name in Pairs.__struct_fields__))
            linking.keeper.write("pairs", f"{key} {wanted[place]}", kept)
    return tables.unique(found)


def replace_engine(linking: Linking, engine: Engine) -> Linking:
    """The same by another engine."""
    return Linking(engine, linking.keeper, linking.tell, linking.warn)


def _read_pairs(key: str, keeper: Keeper) -> Pairs | None:
    kept = keeper.read("pairs", key, _KEPT)
    if kept is None or len(kept.columns) != len(Pairs.__struct_fields__):
        return None
    return Pairs(*(np.frombuffer(column, "<i8").astype(np.int64) for column in kept.columns))


@contextmanager
def _jobs(
    texts: ToldTexts, wanted: Sequence[int], linking: Linking
) -> Iterator[tuple[Callable[[_TableJob], Pairs], list[_TableJob], Engine]]:
    """The pieces of work that tables are: other processes read the texts from a folder.

    Where that cannot be written, because the disk is full, this process does all of them.
    """
    if isinstance(linking.engine, Here) or not wanted:
        yield partial(_pairs_here, texts), [_TableJob("", table) for table in wanted], linking.engine
        return
    around = linking.keeper.folder
    with ExitStack() as stack:
        try:
            made = tempfile.TemporaryDirectory(prefix="wflint-link-", dir=around, ignore_cleanup_errors=True)
            folder = stack.enter_context(made)
            texts.save(Path(folder))
        except OSError as error:
            where = around or tempfile.gettempdir()
            linking.warn(f"{where}: {error.strerror or error}; one process compares all that there is")
            yield partial(_pairs_here, texts), [_TableJob("", table) for table in wanted], Here()
            return
        yield _pairs_there, [_TableJob(folder, table) for table in wanted], linking.engine


def _pairs_here(texts: ToldTexts, job: _TableJob) -> Pairs:
    return pairs_in(texts, job.table)


def _pairs_there(job: _TableJob) -> Pairs:
    return pairs_in(_loaded(job.folder), job.table)


@cache
def _loaded(folder: str) -> ToldTexts:
    return ToldTexts.load(Path(folder))


def _judged(
    corpus: Corpus, pairs: Pairs, key: str, linking: Linking, unusable: list[Unusable]
) -> dict[tuple[int, int], float]:
    """The pairs that are told the same work, with how alike they are."""
    blocks = range(0, len(pairs.one), _QUESTIONS)
    known = {start: linking.keeper.read("verdicts", f"{key} {start} {len(pairs.one)}", _VERDICTS) for start in blocks}
    wanted = [start for start, verdicts in known.items() if verdicts is None]
    questions = _Questions(corpus, pairs, wanted)
    for place, value in _answers("judging", judge, questions, linking):
        start = wanted[place]
        if isinstance(value, Failed):
            unusable.append(Unusable(f"pairs {start} to {start + _QUESTIONS}", value.reason))
            continue
        known[start] = value
        linking.keeper.write("verdicts", f"{key} {start} {len(pairs.one)}", value)
    found: dict[tuple[int, int], float] = {}
    for start, verdicts in known.items():
        for offset, similarity in enumerate(verdicts or ()):
            if similarity:
                found[int(pairs.one[start + offset]), int(pairs.other[start + offset])] = similarity
    return found


class _Questions(Sequence[tuple[Question, ...]]):
    """What is asked of each block of pairs, put together when it is handed out."""

    def __init__(self, corpus: Corpus, pairs: Pairs, starts: Sequence[int]) -> None:
        self._corpus = corpus
        self._pairs = pairs
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, place: int) -> tuple[Question, ...]:  # type: ignore[override]  # nobody asks for a slice
        if place >= len(self._starts):
            raise IndexError(place)
        start = self._starts[place]
        rows = slice(start, start + _QUESTIONS)
        columns = (getattr(self._pairs, name)[rows].tolist() for name in Pairs.__struct_fields__)
        return tuple(
            Question(self._face(one), self._face(other), *numbers)
            for one, other, *numbers in zip(*columns, strict=True)
        )

    def _face(self, text: int) -> bytes:
        return self._corpus.faces[int(self._corpus.first_rows[text])]


def _answers(
    work: str, job: Callable[[A], B], arguments: Sequence[A], linking: Linking
) -> Iterator[tuple[int, B | Failed]]:
    """What comes of each piece, as it comes; whoever takes it goes by the place."""
    for done, answer in enumerate(linking.engine.run(job, arguments), start=1):
        linking.tell(work, done, len(arguments))
        yield answer.place, answer.value


def _without_copies(found: Sequence[StepGroup], families: Sequence[Sequence[int]], corpus: Corpus) -> list[StepGroup]:
    """The groups that copies of whole workflows do not account for."""
    family_of = {flow: number for number, family in enumerate(families) for flow in family}
    if not family_of:
        return list(found)
    flow_of = _FlowOf(corpus)
    kept = []
    for group in found:
        numbers = {family_of.get(flow_of(member.row), -1 - member.row) for member in group.members}
        if len(numbers) > 1:
            kept.append(group)
    return kept


class _FlowOf:
    """The workflow of a row."""

    def __init__(self, corpus: Corpus) -> None:
        places = np.flatnonzero(corpus.shape.rows >= 0)
        flows = np.searchsorted(corpus.shape.starts, places, side="right") - 1
        self._flows = flows.tolist()

    def __call__(self, row: int) -> int:
        return int(self._flows[row])
