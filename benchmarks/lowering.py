"""How long the way from bytes to summaries takes, as multiples of the parse alone.

    python benchmarks/lowering.py FOLDER [FILES]

The floor is `libcst.parse_module` on the same files in the same run: trust the ratios, not the seconds. Each number is
the best of three.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import libcst as cst

from wflint.errors import UnreadableSource
from wflint.source.cache import open_cache
from wflint.source.concrete.nesting import refuse_deep_nesting
from wflint.source.concrete.positions import measure
from wflint.source.decode import load
from wflint.source.discover import discover, read
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.lower import lower_module
from wflint.source.lowered_files import summary_of

_ItemT = TypeVar("_ItemT")
_NAMES = (b"langgraph", b"crewai", b"autogen", b"llama_index", b"haystack", b"pydantic_graph", b"adk", b"agents")


def main(folder: Path, most: int) -> None:
    """Prints one line a stage."""
    began = time.perf_counter()
    files = discover(folder, [folder]).files
    walked = time.perf_counter() - began
    began = time.perf_counter()
    everything = [data for data in map(read, files) if isinstance(data, bytes)]
    was_read = time.perf_counter() - began
    needles = ImportPrefilter(_NAMES)
    searched = _best(needles.mentioned, everything)
    megabytes = sum(map(len, everything)) / 1e6
    print(
        f"{len(files)} files, {megabytes:.1f} MB: walk {walked:.2f} s, read {was_read:.2f} s, search {searched:.2f} s"
    )
    _lowering(everything[:: max(1, len(everything) // most)])


def _lowering(everything: Iterable[bytes]) -> None:
    readable = [(data, text) for data in everything if (text := _text(data)) is not None]
    texts = [text for _, text in readable]
    lines = sum(text.count("\n") for text in texts)
    floor = _best(cst.parse_module, texts)
    print(f"{len(texts)} files, {lines} lines: parse {floor:.2f} s, which is 1.00")
    modules = [cst.parse_module(text) for text in texts]
    _say("nesting", _best(refuse_deep_nesting, texts), floor)
    _say("positions", _best(measure, modules), floor)
    del modules
    _say("all of it", _best(lower_module, texts), floor)
    with tempfile.TemporaryDirectory() as place:
        cache = open_cache(Path(place))
        for data, _ in readable:
            summary_of(data, cache)
        cache.commit()
        _say("from the cache", _best(lambda data: summary_of(data, cache), [data for data, _ in readable]), floor)
        cache.close()
        stored = sum(path.stat().st_size for path in Path(place).iterdir())
        print(f"cache: {stored / 1e6:.1f} MB for {sum(len(data) for data, _ in readable) / 1e6:.1f} MB of source")


def _text(data: bytes) -> str | None:
    try:
        text = load(data)
        lower_module(text)
    except UnreadableSource:
        return None
    return text


def _best(work: Callable[[_ItemT], object], items: list[_ItemT]) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        for item in items:
            work(item)
        times.append(time.perf_counter() - began)
    return min(times)


def _say(stage: str, seconds: float, floor: float) -> None:
    print(f"{stage:>16} {seconds / floor:5.2f}  ({seconds:.2f} s)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)  # FOLDER FILES
