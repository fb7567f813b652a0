"""Fields whose text a step's code sends to somebody, or keeps for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.contracts.side_effects import SENDING, is_done, short_name
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import text_of
from wflint.model.conduct import Outlet
from wflint.model.patterns import pattern

MAIL: Final = frozenset({"email.message.EmailMessage.set_content", "email.mime.text.MIMEText"})
"""How the text of a mail is set, which another call sends."""
KEEPING: Final = frozenset(
    {
        "write_text", "insert_one", "insert_many", "add_texts", "add_documents", "aadd_texts", "aadd_documents",
        "put_object", "upload_blob", "upload_from_string",
    }
)  # fmt: skip
"""Methods of libraries that keep what they are given."""
FILES: Final = ("builtins.open", "io.open", "aiofiles.open", "pathlib.Path.open")
RECORDS: Final = pattern(r"(?is)\s*(?:insert|update|replace|merge)\s")
"""How statements for a database begin that keep something."""


def outlets_of(summary: FunctionSummary | None) -> tuple[Outlet, ...]:
    """Each such field, at the first call that it goes into whatever else the step is given."""
    found: dict[str, Outlet] = {}
    for outlet in _outlets(summary) if summary is not None and summary.complete else ():
        found.setdefault(outlet.field, outlet)
    return tuple(found.values())


def _outlets(summary: FunctionSummary) -> Iterator[Outlet]:
    for call in summary.calls:
        kept = _keeps(call)
        if call.path_condition or not (kept or call.path in MAIL or call.method in SENDING or is_done(call)):
            continue
        symbols = depends_on(*call.arguments)
        names = {one.access_path[0] for one in symbols if one.root is summary.root and one.access_path}
        yield from (Outlet(name, short_name(call), call.span, kept) for name in sorted(names))


def _keeps(call: LibraryCall) -> bool:
    statement = text_of(call.arguments.get("statement", 0)) or ""
    owner = path_of(call.receiver) if call.receiver is not None else call.path.rpartition(".")[0]
    in_file = call.method == "write" and owner in FILES
    return in_file or call.method in KEEPING or (call.method == "execute" and RECORDS.match(statement) is not None)
