"""Messages that no sound client sends, for the servers: editors' (`lsp`) and assistants' (`mcp`).

A message is a sound one with a part of it replaced, taken away or doubled. After all of them the server has to answer
a sound question as it did before, and nothing of what lies outside its root may have come out of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from tests.history.programs import DESK
from tests.hunt.nodes import places_of, put
from tests.meta.refresh import ROOT

SECRET = "nobody_outside_reads_this"  # noqa: S105 (a name to look for)
SECONDS = 120
FIRST = 900_001
"""The number of the first sound question; odd messages have lower ones."""
ODD: tuple[object, ...] = (
    None, True, -1, 0, 2**53, -(2**70), 1e308, "", " ", "x" * 5_000, "\ud800", "\u202e", "../outside.py", "/", "file:///",
    "file:///etc/hostname", "untitled:1", "http://localhost/", "%00", "WF301", [], [[]], {}, {"x": {"y": []}},
    {"line": -1, "character": 2**31}, [None] * 50,
)  # fmt: skip
Message = dict[str, object]


class Framing(Protocol):
    """How messages follow each other."""

    def write(self, stream: IO[bytes], body: bytes) -> None: ...
    def read(self, stream: IO[bytes]) -> bytes: ...


class Lines:
    """A message a line (`mcp`)."""

    def write(self, stream: IO[bytes], body: bytes) -> None:
        stream.write(body + b"\n")

    def read(self, stream: IO[bytes]) -> bytes:
        return stream.readline()


class Headed:
    """A message after a header with its length (`lsp`)."""

    def write(self, stream: IO[bytes], body: bytes) -> None:
        stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def read(self, stream: IO[bytes]) -> bytes:
        length = 0
        while line := stream.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return stream.read(length)


@dataclass(frozen=True, slots=True)
class Talk:
    """How a session begins, what may be said in it, what makes good again what odd messages changed, a question."""

    begin: list[Message]
    middle: list[Message]
    again: list[Message]
    question: Message


def lsp(root: Path) -> Talk:
    """With an editor."""
    uri = (root / "desk.py").as_uri()
    document, place = {"uri": uri}, {"line": DESK[: DESK.index("def research")].count("\n"), "character": 5}
    text = {"uri": uri, "languageId": "python", "version": 1, "text": DESK}
    begin = [
        _ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}}),
        _tell("initialized"),
    ]
    begin.append(_tell("textDocument/didOpen", {"textDocument": text}))
    stretch = {"start": place, "end": {"line": 20, "character": 0}}
    middle = [
        _tell("textDocument/didOpen", {"textDocument": text}),
        _tell(
            "textDocument/didChange",
            {
                "textDocument": {**document, "version": 2},
                "contentChanges": [{"text": DESK}, {"range": stretch, "text": "x"}],
            },
        ),
        _tell("textDocument/didSave", {"textDocument": document, "text": DESK}),
        _tell("textDocument/didClose", {"textDocument": document}),
        _ask("textDocument/hover", {"textDocument": document, "position": place}),
        _ask("textDocument/definition", {"textDocument": document, "position": place}),
        _ask(
            "textDocument/codeAction",
            {"textDocument": document, "range": stretch, "context": {"diagnostics": [], "only": ["quickfix"]}},
        ),
        _ask("workspace/executeCommand", {"command": "x", "arguments": []}),
        _tell("$/cancelRequest", {"id": 7}),
    ]
    again = [_tell("textDocument/didClose", {"textDocument": document}), begin[-1]]
    return Talk(begin, middle, again, _ask("textDocument/definition", {"textDocument": document, "position": place}))


def mcp(root: Path) -> Talk:
    """With an assistant."""
    hello: Message = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "hunt", "version": "1"},
    }
    calls: tuple[tuple[str, Message], ...] = (
        ("audit", {"paths": ["desk.py"], "least": "note", "most": 5}),
        ("audit", {"paths": ["../outside.py", str(root.parent)]}),
        ("graph", {"paths": [], "shape": "json"}),
        ("explain_workflow", {"workflow": "builder"}),
        ("explain_finding", {"rule": "WF301", "path": "desk.py"}),
        ("plan", {"workflow": "builder", "edge": "research->draft"}),
    )
    middle = [_ask("tools/call", {"name": name, "arguments": given}) for name, given in calls]
    middle += [_ask("tools/list", {}), _ask("ping", {}), _tell("notifications/cancelled", {"requestId": 7})]
    begin = [_ask("initialize", hello), _tell("notifications/initialized")]
    return Talk(begin, middle, [], _ask("tools/call", {"name": "graph", "arguments": {"shape": "text"}}))


SESSIONS: dict[str, tuple[Callable[[Path], Talk], Framing]] = {"lsp": (lsp, Headed()), "mcp": (mcp, Lines())}


def faults(kind: str, seed: int, count: int) -> list[str]:
    """What is wrong with a server after `count` odd messages of a seed."""
    chance = random.Random(f"{kind}:{seed}")  # noqa: S311 (chance, not a secret)
    with tempfile.TemporaryDirectory(prefix="hunt-") as top:
        root = Path(top) / "root"
        root.mkdir()
        (root / ".git").mkdir()
        (root / "desk.py").write_text(DESK, encoding="utf-8")
        (root.parent / "outside.py").write_text(DESK.replace("research", SECRET), encoding="utf-8")
        before = sorted(Path(top).rglob("*"))
        talked, framing = SESSIONS[kind]
        talk = talked(root)
        odd = [_odd(deepcopy(chance.choice(talk.middle)), chance) for _ in range(count)]
        found = list(_session(kind, root, framing, talk, odd))
        left = [path for path in sorted(Path(top).rglob("*")) if path not in before and "cache" not in path.parts]
        return [*found, *(f"writes {path.relative_to(top)}" for path in left)]


def _session(kind: str, root: Path, framing: Framing, talk: Talk, odd: list[bytes]) -> Iterator[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(root.parent / "cache")}
    command = [sys.executable, "-m", "wflint", kind, *(("--root", str(root)) if kind == "mcp" else ())]
    process = subprocess.Popen(  # noqa: S603 (itself)
        command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    answers: queue.Queue[bytes] = queue.Queue()
    listener = threading.Thread(target=_heard, args=(process.stdout, framing, answers), daemon=True)
    listener.start()
    try:
        said = []
        for number, bodies in enumerate((_bodies(talk.begin), (*odd, *_bodies(talk.again))), start=FIRST):
            for body in (*bodies, *_bodies([{**talk.question, "id": number}])):
                framing.write(process.stdin, body)
            process.stdin.flush()
            answer, heard = _answer(number, answers)
            said.append(answer)
            yield from ("tells of what is outside its root" for text in heard if SECRET.encode() in text)
        if not all(said):
            yield f"does not answer a sound question (exit code {process.poll()}): {said}"
        elif said[0] != said[1]:
            yield f"answers another thing: {said[0]!r}, then {said[1]!r}"
    except BrokenPipeError:
        yield f"ends with {process.wait()}"
    finally:
        process.kill()
        listener.join()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        process.wait()


def _bodies(messages: list[Message]) -> list[bytes]:
    return [json.dumps(message).encode() for message in messages]


def _heard(stream: IO[bytes], framing: Framing, answers: queue.Queue[bytes]) -> None:
    while body := framing.read(stream):
        answers.put(body)


def _answer(number: int, answers: queue.Queue[bytes]) -> tuple[object, list[bytes]]:
    """The answer to a question, None where none comes; and everything heard until then."""
    heard = []
    while True:
        try:
            heard.append(answers.get(timeout=SECONDS))
        except queue.Empty:
            return None, heard
        told = json.loads(heard[-1])
        if told.get("id") == number:
            return told.get("result", told.get("error")), heard


def _ask(method: str, params: Message) -> Message:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def _tell(method: str, params: Message | None = None) -> Message:
    return {"jsonrpc": "2.0", "method": method, "params": params or {}}


def _odd(message: Message, chance: random.Random) -> bytes:
    """A message that is not quite sound."""
    if "id" in message:
        message["id"] = chance.randrange(2, 800_000)
    for _ in range(chance.choice((1, 1, 2, 4))):
        places = [place for place in places_of(message) if place[1] not in ("jsonrpc", "id")]
        if places:
            put(chance.choice(places), deepcopy(chance.choice(ODD)), gone=chance.random() < 1 / 4)
    body = json.dumps(message).encode()
    return body[: chance.randrange(1, len(body))] + b'"' if chance.random() < 1 / 50 else body
