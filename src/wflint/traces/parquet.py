"""Spans as Parquet, for what outgrows one machine: the same table, with texts in place of numbers.

Written and read with Polars (the extra `parquet`); DuckDB and everything else that reads Parquet can query it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from wflint.errors import UsageError
from wflint.traces.columns import COLUMNS, empty_rows
from wflint.traces.draft import Kind
from wflint.traces.table import POOLED, Identity

if TYPE_CHECKING:
    from types import ModuleType

    from polars import DataFrame

    from wflint.traces.reading.reading import TraceReading

_PLAIN = tuple(name for name, _ in COLUMNS if name not in (*POOLED, "trace", "identity", "file"))
_NAMES = tuple(name for name in Identity.__struct_fields__ if name != "kind")


def write_rows(found: TraceReading, path: Path) -> None:
    """Write all spans of a reading; it is as it was before."""
    polars = _polars()
    table = found.table
    rows = table.columns()
    table.restore(rows)
    identities, texts = table.identities, table.texts.texts
    columns: dict[str, object] = {"trace": _looked_up(polars, table.traces.texts, rows["trace"])}
    for name in _NAMES:
        columns[name] = _looked_up(polars, [str(getattr(one, name)) for one in identities], rows["identity"])
    columns["kind"] = _looked_up(polars, [Kind(one.kind).name.lower() for one in identities], rows["identity"])
    columns |= {name: _looked_up(polars, texts, rows[name]) for name in POOLED}
    columns |= {name: rows[name] for name in _PLAIN}
    columns["file"] = _looked_up(polars, table.files, rows["file"])
    try:
        polars.DataFrame(columns).write_parquet(path, compression="zstd")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


def read_rows(path: Path, into: TraceReading) -> None:
    """Add the spans of a file that `write_rows` has written, or the records in a table of somebody else's."""
    polars = _polars()
    table = into.table
    table.begin_file(path.as_posix())
    try:
        frame = polars.read_parquet(path)
        wanted = {"trace", "kind", *_NAMES, *POOLED, *_PLAIN}
        missing = sorted(wanted - set(frame.columns))
    except (OSError, polars.exceptions.PolarsError) as error:
        into.report(path.as_posix(), 1, f"cannot be read as Parquet: {str(error)[:120]}")
        return
    if missing:
        _read_records(frame, path, into)
        return
    rows = empty_rows(len(frame))
    for name in _PLAIN:
        rows[name] = frame[name].to_numpy()
    rows["trace"] = [table.traces.number(text) for text in frame["trace"]]
    for name in POOLED:
        rows[name] = [table.texts.number(text) for text in frame[name]]
    rows["identity"] = [
        table.number(Identity(kind=Kind[str(kind).upper()], **dict(zip(_NAMES, names, strict=True))))
        for kind, *names in frame.select("kind", *_NAMES).iter_rows()
    ]
    table.extend(rows)


def _read_records(frame: DataFrame, path: Path, into: TraceReading) -> None:
    """Add what a table of somebody else's holds: a record of a trace in each row."""
    from wflint.traces.reading.reading import FileReader
    from wflint.traces.reading.tables import cell

    rows = (
        (number, {name: found for name, value in row.items() if (found := cell(value)) is not None})
        for number, row in enumerate(frame.iter_rows(named=True), 1)
    )
    FileReader(path, into).read_rows(rows)


def _looked_up(polars: ModuleType, texts: list[str], numbers: object) -> object:
    """Texts by number, as a column that keeps each text once."""
    return polars.Series(texts, dtype=polars.String).gather(numbers).cast(polars.Categorical)


def _polars() -> ModuleType:
    try:
        return import_module("polars")
    except ImportError as error:
        raise UsageError("Parquet needs the extra: pip install 'wflint[parquet]'") from error
