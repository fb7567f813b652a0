"""The language server in a real editor: Neovim, with the configuration that the README and the editor's page show."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import consumers
from tests.history.programs import DESK
from tests.meta.refresh import ROOT

pytestmark = pytest.mark.slow

LUA = re.compile(r"^```lua\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DRIVE = """
local said = {}
vim.cmd.edit("desk.py")
local function codes()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do found[#found + 1] = one.code end
  table.sort(found)
  return found
end
local function waited(wanted) return vim.wait(60000, function() return #codes() == wanted end, 20) end
waited(3)
said.first = codes()
local client = vim.lsp.get_clients({ name = "wflint" })[1]
local function at(text)
  local line = vim.fn.search(text, "w")
  return { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = line - 1, character = #"builder.add_" } }
end
local function asked(method, params) return client:request_sync(method, params, 60000, 0).result end
said.hover = asked("textDocument/hover", at('add_node("draft"')).contents.value
local ends = asked("textDocument/definition", at('add_edge("research"'))
said.ends = vim.tbl_map(function(one) return one.range.start.line end, ends)
vim.fn.search('"sources": 3', "w")
vim.api.nvim_set_current_line((vim.api.nvim_get_current_line():gsub(', "sources": 3', "")))
waited(2)
said.typed = codes()
local read = vim.tbl_filter(function(one) return one.code == "WF101" end, vim.diagnostic.get(0))[1]
local here = { line = read.lnum, character = read.col }
local params = { textDocument = { uri = vim.uri_from_bufnr(0) }, range = { start = here, ["end"] = here } }
params.context = { diagnostics = { read.user_data.lsp } }
local function silences(one) return one.title == "Ignore WF101 on this line" end
local quiet = vim.tbl_filter(silences, asked("textDocument/codeAction", params))[1]
vim.lsp.util.apply_workspace_edit(quiet.edit, client.offset_encoding)
waited(1)
said.silenced = codes()
io.stdout:write(vim.json.encode(said) .. "\\n")
vim.cmd("qall!")
"""


@pytest.mark.parametrize("page", ["README.md", "docs/editor.md"])
def test_an_editor_shows_what_is_wrong(tmp_path: Path, page: str) -> None:
    editor = consumers.program("nvim")
    (shown,) = LUA.findall((ROOT / page).read_text(encoding="utf-8"))
    folder = tmp_path / "repo"
    (folder / ".git").mkdir(parents=True)
    (folder / "desk.py").write_text(DESK, encoding="utf-8")
    (tmp_path / "init.lua").write_text(shown, encoding="utf-8")
    (tmp_path / "drive.lua").write_text(DRIVE, encoding="utf-8")
    program = tmp_path / "bin/wflint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wflint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    homes = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
    done = subprocess.run(  # noqa: S603
        [editor, "--headless", "-u", str(tmp_path / "init.lua"), "-c", f"luafile {tmp_path / 'drive.lua'}"],
        cwd=folder,
        env={**os.environ, **homes, "PATH": path, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    said = json.loads(done.stdout)
    assert said["first"] == ["WF101", "WF102", "WF301"]
    assert said["hover"].startswith('"draft" runs code')
    assert said["ends"] == [DESK[: DESK.index(f"def {name}")].count("\n") for name in ("draft", "research")]
    assert (said["typed"], said["silenced"]) == (["WF101", "WF301"], ["WF301"])
