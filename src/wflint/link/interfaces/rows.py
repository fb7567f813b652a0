"""What libraries' names mean where one program gets at another, as rows: who serves, who asks, and how.

These are libraries of the web and of protocols between agents; what frameworks of workflows mean is their front ends'.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wflint.link.records import Channel


class Server(Struct, frozen=True):
    """A class whose objects serve functions by decorators; `prefix` is the parameter that goes before each route."""

    constructor: str
    channel: Channel
    prefix: str = ""


class Mount(Struct, frozen=True):
    """A method that puts what one object serves into what another does, below a prefix.

    `served` is the parameter of what is put there, `prefix` that of what goes before its routes, each with its place.
    One that `replaces` takes the place of the prefix that the object has itself.
    """

    method: str
    served: str
    at: int
    prefix: str
    prefix_at: int | None = None
    replaces: bool = False


class Asker(Struct, frozen=True):
    """A function that asks another program, or a class whose objects have methods that do.

    `address` is the parameter that says whom, `at` its place, counted from 0; `base` is a parameter of the constructor
    that goes before each address; one that `appends` keeps the path of it before addresses that begin with a slash.
    `body` are the parameters that hold what is handed over.
    """

    name: str
    channel: Channel
    methods: tuple[str, ...] = ()
    address: str = "url"
    at: int = 0
    base: str = ""
    body: tuple[str, ...] = ("json",)
    appends: bool = False


VERBS: Final = ("get", "post", "put", "patch", "delete")
"""Methods of HTTP, as libraries call their functions and decorators."""

METHOD_FIRST: Final = ("request", "stream")
"""Functions that take the method of HTTP as their first argument, before the address."""
REQUESTS: Final = (*VERBS, *METHOD_FIRST)
"""What libraries call the functions that ask."""

SERVES: Final = (*VERBS, "route", "api_route", "tool")
"""Methods whose decorators serve a function."""

CALLS_TOOLS: Final = "call_tool"
"""The method that calls a tool of an MCP server."""
SERVERS: Final = (
    Server("fastapi.FastAPI", Channel.HTTP, "root_path"),
    Server("fastapi.APIRouter", Channel.HTTP, "prefix"),
    Server("fastapi.routing.APIRouter", Channel.HTTP, "prefix"),
    Server("flask.Flask", Channel.HTTP),
    Server("flask.Blueprint", Channel.HTTP, "url_prefix"),
    Server("sanic.Sanic", Channel.HTTP),
    Server("quart.Quart", Channel.HTTP),
    Server("mcp.server.fastmcp.FastMCP", Channel.MCP),
    Server("mcp.server.FastMCP", Channel.MCP),
    Server("fastmcp.FastMCP", Channel.MCP),
)
MOUNTS: Final = (
    Mount("include_router", "router", 0, "prefix"),
    Mount("mount", "app", 1, "path", 0),
    Mount("register_blueprint", "blueprint", 0, "url_prefix", replaces=True),
    Mount("blueprint", "blueprint", 0, "url_prefix", replaces=True),
)
ASKERS: Final = (
    Asker("requests", Channel.HTTP, REQUESTS),
    Asker("requests.Session", Channel.HTTP, REQUESTS),
    Asker("httpx", Channel.HTTP, REQUESTS),
    Asker("httpx.Client", Channel.HTTP, REQUESTS, base="base_url", appends=True),
    Asker("httpx.AsyncClient", Channel.HTTP, REQUESTS, base="base_url", appends=True),
    Asker("aiohttp.ClientSession", Channel.HTTP, REQUESTS, base="base_url"),
    Asker("mcp.ClientSession", Channel.MCP, (CALLS_TOOLS,), "name", body=("arguments", "1")),
    Asker("mcp.client.session.ClientSession", Channel.MCP, (CALLS_TOOLS,), "name", body=("arguments", "1")),
    Asker("fastmcp.Client", Channel.MCP, (CALLS_TOOLS,), "name", body=("arguments", "1")),
)
CARDS: Final = frozenset({"a2a.types.AgentCard", "a2a.types.a2a_pb2.AgentCard"})
"""What an agent says of itself to others: its `name` and `url`."""
REMOTES: Final = {
    "a2a.client.A2ACardResolver": "base_url",
    "a2a.client.A2AClient": "url",
}
"""What stands for somebody else's agent, with the parameter that says where that is."""
WELL_KNOWN: Final = "/.well-known/agent"
"""What the path of an agent's card has in it, by the protocol."""
WELL_KNOWN_NAME: Final = "WELL_KNOWN_PATH"
"""What a constant is called that stands for that path."""
RUNS: Final = frozenset(
    "invoke ainvoke stream astream kickoff kickoff_async run arun run_async run_sync".split()  # noqa: SIM905 (a list)
)
"""Methods that run a workflow; what is handed over is the first argument, or `inputs`."""
LIBRARIES: Final = ("fastapi", "flask", "sanic", "quart", "mcp", "fastmcp", "requests", "httpx", "aiohttp", "a2a")
"""A file that imports none of them serves nobody, and asks nobody by itself."""
