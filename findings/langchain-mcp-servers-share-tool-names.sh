#!/usr/bin/env bash
# Two MCP servers with a tool of one name: a LangChain agent calls the second server's, and nothing is said.
# Most expect: the adapter names them apart (its client knows the servers by name), or the agent refuses two tools of a name.
# What happens: `get_tools()` gives both as `look`; the agent tells the model of both and runs the last one. The first server
# is never asked. `MultiServerMCPClient(..., tool_name_prefix=True)` tells them apart.
# Seen with langchain 1.5.2, langchain-mcp-adapters 0.3.2, mcp 1.30.0, Python 3.11, 2026-11-29.
# Usage: ./langchain-mcp-servers-share-tool-names.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langchain==1.5.2" "langgraph==1.2.24" "langchain-mcp-adapters==0.3.2" "mcp==1.30.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > server.py <<'PY'
import sys

from mcp.server.fastmcp import FastMCP

server = FastMCP(sys.argv[1])


@server.tool()
def look() -> str:
    """Looks around."""
    return f"seen {sys.argv[1]}"


server.run()
PY
"$PYTHON" - <<'PY'
import asyncio
import sys

from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_mcp_adapters.client import MultiServerMCPClient


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


async def main():
    servers = {
        name: {"command": sys.executable, "args": ["server.py", name], "transport": "stdio"} for name in ("here", "there")
    }
    tools = await MultiServerMCPClient(servers).get_tools()
    call = AIMessage("", tool_calls=[{"name": "look", "args": {}, "id": "1"}])
    agent = create_agent(Scripted(messages=iter([call, AIMessage("done")])), tools=tools)
    result = await agent.ainvoke({"messages": [("user", "look")]})
    return [tool.name for tool in tools], result["messages"][2].text


names, seen = asyncio.run(main())
assert names == ["look", "look"], names
assert seen == "seen there", seen
print("tools:", names)
print("the call of look gives:", seen)
PY
