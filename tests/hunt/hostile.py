"""What is put into sound programs and documents: Python, values, nodes and lines that are odd on purpose."""

from __future__ import annotations

from pathlib import Path

DEEP = 60
"""Nesting that parsers take and recursions feel."""

VERY_DEEP = 2_000
"""Nesting that parsers refuse."""

SNIPPETS = tuple(
    (Path(__file__).parent / "hostile_lines.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n\n")
)
"""Lines that are put between or into the definitions of a sound program.

`NAME`, `FUNCTION` and `KIND` stand for a variable, a function and a class of the program, `MODULE` for its own name.
"""

VALUES = (
    "None",
    "...",
    "''",
    "'\\ud800'",
    "'\\x00'",
    "-0.0",
    "float('nan')",
    "1e999",
    "1j",
    "b'\\xff'",
    "()",
    "{}",
    "[[]]",
    "{**{}}",
    "*[]",
    "lambda: (yield)",
    "type",
    "object()",
    "__name__",
    "__file__",
    "NotImplemented",
    "self",
    "super()",
    "[x for x in ()]",
    "{x: x for x in [[]]}",
    "print",
    "not_there",
    "not_there.at.all(1)[2]",
    "(a := 1)",
    "await x",
    "0xFFFFFFFFFFFFFFFFFFFFFFFFF",
    "9" * 5_000,
    "'{' '}' '{a.b[c]!r:>{d}}'",
    "f'{x!r:{y}}'",
    "'%s %(a)d %'",
    "1 if 2 else 3",
)
"""What an argument or another expression becomes."""

NODES: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "\ud800",
    "\x00",
    "{{",
    "*",
    "not there",
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"name": {"name": []}},
)
"""What a node of a JSON document becomes."""

YAML_LINES = (
    "own: &own [*own]",
    "own: &own {own: *own}",
    "<<: *own",
    "<<: 1",
    "<<: [1, 2]",
    "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c]\ne: [*d, *d, *d]",
    "? [a, b]\n: {c: d}",
    "? {a: b}\n: c",
    "!!python/object:os.system x",
    "!own tagged",
    "%YAML 9.9",
    "---",
    "...",
    "a: 2001-13-45",
    "1: 2",
    "null: null",
    "~: ~",
    "a: .nan\nb: .inf\nc: 0o9\nd: 1_000:20:30",
    "a: |9\n b",
    "\ttab: 1",
    "a: a: a",
    'a: "\\ud800"',
    'a: "\\x00"',
    "- stray",
    "@at",
    "a: &a\nb: *c",
)

TOML_LINES = (
    "[tool.wflint]",
    "[[tool.wflint]]",
    "tool.wflint = 1",
    "[tool.wflint.labels]\nruns = nan",
    "[tool.wflint.severity]\nWF301 = 'loud'",
    "exclude = ['[', '**', '', '!', '/']",
    "select = ['\\u0000']",
    'decisions = "../../../etc"',
    'decisions = "\\u0000"',
    "min-coverage = inf",
    "min-coverage = 1e400",
    "a = " + "[" * DEEP + "]" * DEEP,
    "a = " + "[" * VERY_DEEP + "]" * VERY_DEEP,
    ".".join("a" * DEEP) + " = 1",
    ".".join("a" * VERY_DEEP) + " = 1",
    "d = 2001-13-45",
    "encoder = 'sentence-transformers:'",
    "encoder = ''",
    "output-format = 1",
    "per-file-ignores = {'[' = ['WF301']}",
)

MAGICS = (
    "%%bash\ntouch /tmp/run\n",
    "!touch /tmp/run\n",
    "%run ../outside.py\n",
    "%load ../outside.py\n",
    "x = !ls\n",
    "%%\n",
    "?x\n",
    "%%writefile ../outside.py\nx\n",
    "%%time\n%%capture\n",
    "files = %sx ls\n",
    "x??\n",
    "  %matplotlib\n",
    "await x\n",
    "{{x}}\n",
)
"""Cells of a notebook that are no Python."""

REQUIREMENTS = (
    "-r ../outside.txt",
    "-r requirements.txt",
    "-e .",
    "langgraph",
    "langgraph @ http://x",
    "langgraph==",
    "langgraph==1.*.*",
    "langgraph>=1!2,<~3",
    "langgraph===1",
    "langgraph ; python_version",
    "[x]",
    "==",
    "\\",
    "langgraph>=1 \\",
    "--hash=x",
    "langgraph>=" + "9" * 500,
    "langgraph[" * 50,
    "%",
    "name: {x}",
    "[options]",
    "install_requires = x",
    "${X}",
    "langgraph>=1,<" * 40,
    "\ud800",
)
"""Lines of files that say which releases there are."""

AROUND = (
    "({0})()",
    "(await {0})",
    "[{0}]",
    "[*{0}]",
    "{{**{0}}}",
    "({0} if {1} else {1})",
    "[{0} for x in {1}]",
    "(lambda x={1}: {0})",
    "(lambda: {0})()",
    "({0} or {1})",
    "not {0}",
    "{1}[{0}]",
    "{0}[{1}]",
    "{0} | {1}",
    "{0}.__class__",
    "type({0})",
    "str({0})",
    "list({0})",
    "dict({0})",
    "getattr({0}, {1})",
    "f'{{{0}}}'",
    "(x := {0})",
    "({0},)",
    "{{{0}: {1}}}",
    "{{'a': {0}, **{1}}}",
    "map({0}, {1})",
    "next(iter({0}))",
    "{0} + {1}",
    "{0} * 3",
    "(yield {0})",
)
"""What is put around an expression."""

ELSEWHERE = (
    "../outside.py",
    "../outside.yaml",
    "../outside.json",
    "../outside.py:graph",
    "./../outside.py:graph",
    "/etc/passwd",
    "/dev/zero",
    "/dev/stdin",
    "/proc/self/environ",
    "~/.bashrc",
    "file:///etc/passwd",
    "..",
    "../..",
    "/",
    ".",
    "",
    "../" * 40 + "etc/passwd",
    "a/../../outside.yaml",
    "outside\\..\\..\\outside.yaml",
    "..outside",
    "...outside.x",
    "\\x00",
    "http://localhost:9/x",
    "x" * 5_000,
)
"""Where nothing is read, whoever names it."""
