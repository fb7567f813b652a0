"""A server of the SDK that refuses arguments which a tool does not have, in place of dropping them, and says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, Tool

from wflint.errors import UsageError
from wflint.model.lookup import known
from wflint.writers.escape import printable


class StrictServer(MCPServer[None]):
    """The same server; an unknown argument is a mistake that the assistant is told of, with the nearest right one."""

    async def list_tools(self) -> list[Tool]:
        """The tools; the schema of each says that there are no further arguments."""
        return [
            tool.model_copy(update={"input_schema": {**tool.input_schema, "additionalProperties": False}})
            for tool in await super().list_tools()
        ]

    async def call_tool(
        self, name: str, arguments: dict[str, object], context: Context[None, object] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool."""
        for tool in await self.list_tools():
            if tool.name == name:
                _refuse_unknown(arguments, tool.input_schema["properties"])
        return await super().call_tool(name, arguments, context)


def _refuse_unknown(arguments: Iterable[str], there: Collection[str]) -> None:
    try:
        for argument in arguments:
            known(argument, there, "argument")
    except UsageError as error:
        raise ToolError(printable(str(error))) from error
