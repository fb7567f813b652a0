"""Messages that no sound client sends, for the servers: editors' (`lsp`) and assistants' (`mcp`).

A message is a sound one with a part of it replaced, taken away or doubled, with another text, out of its order, or no
message at all. After all of them the server has to answer a sound question as it did before, to have held little, and
to end when its client leaves; and it has read, run and written nothing that is not its own.
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
from pathlib import Path
from typing import IO, Protocol

from msgspec import Struct

from tests.history.programs import DESK
from tests.hunt.mutations import mutated
from tests.hunt.nodes import Place, places_of, put, value_at
from tests.hunt.observing import SECRET, outside_of
from tests.meta.refresh import ROOT

SECONDS = 120
"""How long an answer may take on a machine that has much else to do."""
MEGABYTES = 400
"""What a server may hold."""
FIRST = 900_001
"""The number of the first sound question; odd messages have lower ones."""
ODD: tuple[object, ...] = (
    None, True, -1, 0, 2**53, -(2**70), 1e308, "", " ", "x" * 5_000, "\ud800", "\u202e", "../outside.py", "/", "file:///",
    "file:///etc/hostname", "untitled:1", "http://localhost/", "%00", "WF301", [], [[]], {}, {"x": {"y": []}},
    {"line": -1, "character": 2**31}, [None] * 50, "file:///%00", "file://host/x.py", "desk.py", "new.py", "linked.py",
    "pipe.py", "desk.py" * 100,
)  # fmt: skip
BROKEN = (
    b"",
    b"{",
    b"[]",
    b"[{}]",
    b"null",
    b"0",
    b'"x"',
    b"\xff\xfe{}",
    b"{}",
    b'{"jsonrpc": "1.0"}',
    b'{"id": [], "jsonrpc": "2.0"}',
    b"[" * 5_000,
    b'{"a":' * 2_000,
    b'{"jsonrpc": "2.0", "id": 1e999, "method": "x"}',
    b'{"jsonrpc": "2.0", "method": null}',
    b'{"jsonrpc": "2.0", "id": 5, "result": null}',
    b'{"jsonrpc": "2.0", "id": null, "error": {"code": 1, "message": "x"}}',
)
"""Bodies that are no messages."""
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


class Talk(Struct, frozen=True):
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
        _tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]}),
        _tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": []}}),
        _ask("textDocument/documentSymbol", {"textDocument": document}),
        _tell("$/cancelRequest", {"id": 7}),
        _tell("$/setTrace", {"value": "verbose"}),
        begin[0],
        begin[1],
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
    begin = [_ask("initialize", hello), _tell("notifications/initialized")]
    middle += [_ask("tools/list", {}), _ask("ping", {}), _tell("notifications/cancelled", {"requestId": 7}), *begin]
    middle += [
        _ask("resources/list", {}),
        _ask("prompts/get", {"name": "x"}),
        _ask("logging/setLevel", {"level": "debug"}),
    ]
    return Talk(begin, middle, [], _ask("tools/call", {"name": "graph", "arguments": {"shape": "text"}}))


SESSIONS: dict[str, tuple[Callable[[Path], Talk], Framing]] = {"lsp": (lsp, Headed()), "mcp": (mcp, Lines())}


def faults(kind: str, seed: int, count: int) -> list[str]:
    """What is wrong with a server after `count` odd messages of a seed."""
    chance = random.Random(f"{kind}:{seed}")  # noqa: S311 (chance, not a secret)
    with tempfile.TemporaryDirectory(prefix="hunt-") as top:
        root = Path(top) / "root"
        (root / ".git").mkdir(parents=True)
        (root / "desk.py").write_text(DESK, encoding="utf-8")
        outside_of(root.parent)
        (root / "linked.py").symlink_to("../outside.py")
        os.mkfifo(root / "pipe.py")
        before = sorted(Path(top).rglob("*"))
        talked, framing = SESSIONS[kind]
        talk = talked(root)
        odd = [_odd(deepcopy(chance.choice(talk.middle)), chance) for _ in range(count)]
        with (Path(top) / "told").open("w+b") as told:
            found = list(_session(kind, root, framing, talk, odd, told))
            told.seek(0)
            found += dict.fromkeys(line.decode() for line in told.read().splitlines() if line.startswith(b"wflint "))
        before.append(Path(top) / "told")
        left = [path for path in sorted(Path(top).rglob("*")) if path not in before and "cache" not in path.parts]
        return [*found, *(f"writes {path.relative_to(top)}" for path in left)]


def _session(kind: str, root: Path, framing: Framing, talk: Talk, odd: list[bytes], told: IO[bytes]) -> Iterator[str]:
    cache = root.parent / "cache"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-m", "tests.hunt.guarded", str(cache), kind]
    process = subprocess.Popen(  # noqa: S603 (itself)
        [*command, *(("--root", str(root)) if kind == "mcp" else ())],
        cwd=root,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=told,
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
        yield from _ended(process)
    except BrokenPipeError:
        yield f"ends with {process.wait(SECONDS)}"
    finally:
        process.kill()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.wait(SECONDS)
        listener.join(SECONDS)
        process.stdout.close()


def _ended(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """A client that leaves takes the server along."""
    status = Path(f"/proc/{process.pid}/status")
    if status.is_file():
        peak = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        held = int(peak.split()[1]) >> 10
        if held > MEGABYTES:
            yield f"holds {held} MB"
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        yield "stays behind when its client leaves"


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
    if chance.random() < 1 / 20:
        return chance.choice(BROKEN)
    if "id" in message:
        message["id"] = chance.randrange(2, 800_000)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        places = [place for place in places_of(message) if place[1] not in ("jsonrpc", "id")]
        if places:
            place = chance.choice(places)
            put(place, _value(place, chance), gone=chance.random() < 1 / 4)
    body = json.dumps(message).encode()
    return body[: chance.randrange(1, len(body))] + b'"' if chance.random() < 1 / 50 else body


def _value(place: Place, chance: random.Random) -> object:
    """Something odd; where a source stands, mostly another source."""
    now = value_at(place)
    if isinstance(now, str) and "\n" in now and chance.random() < 3 / 4:
        with contextlib.suppress(ValueError):
            return mutated("desk.py", now.encode("utf-8", "surrogatepass"), chance)[1].decode(
                "utf-8", "surrogateescape"
            )
    if isinstance(now, str) and now.startswith("file:") and chance.random() < 1 / 2:
        return (
            now.replace("desk.py", str(chance.choice(ODD))) if chance.random() < 1 / 2 else now + chance.choice("/%.?#")
        )
    return deepcopy(chance.choice(ODD))
