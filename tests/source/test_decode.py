"""Bytes become the text that Python would read."""

from __future__ import annotations

import codecs

import pytest

from wflint.errors import UnreadableSource
from wflint.source.decode import load


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param("é = 1\n".encode(), "é = 1\n", id="UTF-8 without saying so"),
        pytest.param(codecs.BOM_UTF8 + b"x\n", "x\n", id="a byte order mark"),
        pytest.param(codecs.BOM_UTF8 + b"# coding: utf_8\n", "# coding: utf_8\n", id="a mark and a cookie"),
        pytest.param(b"# -*- coding: latin-1 -*-\n\xe9", "# -*- coding: latin-1 -*-\né", id="a cookie"),
        pytest.param(
            b"#!/bin/x\n# vim: set fileencoding=cp1252 :\n\x80",
            "#!/bin/x\n# vim: set fileencoding=cp1252 :\n€",
            id="a cookie on the second line",
        ),
        pytest.param(b"x = 1\n# coding: latin-1\n", "x = 1\n# coding: latin-1\n", id="a comment behind code"),
        pytest.param(b"\n\n# coding: rot13\n", "\n\n# coding: rot13\n", id="a comment too far down"),
        pytest.param(b"a\r\nb\rc\n", "a\r\nb\rc\n", id="line ends stay"),
    ],
)
def test_load(data: bytes, text: str) -> None:
    assert load(data) == text


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"a\nb\r\n\xff\n", 3, id="no UTF-8"),
        pytest.param(b"\n# coding: martian\n", 2, id="an encoding nobody knows"),
        pytest.param(b"# coding: zlib\n", 1, id="an encoding that is not of text"),
        pytest.param(b"# coding: undefined\n", 1, id="an encoding that always fails"),
        pytest.param(codecs.BOM_UTF8 + b"# coding: latin-1\n", 1, id="a mark and a cookie that contradicts it"),
        pytest.param(codecs.BOM_UTF16_LE + "x".encode("utf-16-le"), 1, id="UTF-16"),
    ],
)
def test_bytes_that_do_not_fit(data: bytes, line: int) -> None:
    with pytest.raises(UnreadableSource) as caught:
        load(data)
    assert caught.value.line == line
