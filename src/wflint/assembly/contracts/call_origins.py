"""Where the result of a library call comes from: a model, a search, something outside, a person."""

from __future__ import annotations

from typing import Final

from wflint.assembly.contracts.lookups import looks_up, owner_of
from wflint.assembly.contracts.models import AGENTS, ASKING, PIPE, RUNNING, TELLING, is_model, runs_model
from wflint.evaluate.class_values import Class
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Const,
    ExternalAttribute,
    ExternalName,
    Function,
    Object,
    Value,
    last_of,
)
from wflint.model.contract import Origin
from wflint.model.patterns import pattern

STORES: Final = (
    "requests", "httpx", "aiohttp", "niquests", "urllib", "urllib3", "http.client", "socket", "websockets", "ftplib",
    "imaplib", "smtplib", "paramiko", "grpc", "sqlalchemy", "sqlmodel", "psycopg", "psycopg2", "asyncpg", "sqlite3",
    "aiosqlite", "pymysql", "mysql", "pymongo", "motor", "redis", "neo4j", "duckdb", "snowflake", "boto3", "botocore",
    "aioboto3", "google.cloud", "googleapiclient", "azure.storage", "azure.cosmos", "supabase", "firebase_admin",
    "subprocess", "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "docker", "shutil.which",
    "os.popen", "os.listdir", "os.scandir", "os.walk", "os.stat", "os.path.getsize", "glob", "builtins.open", "io.open",
    "aiofiles", "shelve", "pandas.read_", "polars.read_", "feedparser", "yfinance", "praw", "tweepy", "github",
    "gitlab", "jira", "slack_sdk", "notion_client", "stripe", "twilio", "playwright", "selenium", "firecrawl", "mcp",
    "fastmcp", "langchain_mcp_adapters", "e2b", "e2b_code_interpreter", "langchain_community.document_loaders",
    "langchain_community.utilities", "langchain_experimental.utilities", "llama_index.readers", "pypdf", "PyPDF2",
    "fitz", "pdfplumber", "docx", "openpyxl", "trafilatura", "newspaper",
)  # fmt: skip
"""Names of libraries, or their beginnings, that bring something in from outside; a method of theirs is no search."""
SEARCHES: Final = (
    "tavily", "exa_py", "serpapi", "duckduckgo_search", "ddgs", "googlesearch", "wikipedia", "wikipediaapi", "arxiv",
)  # fmt: skip
"""Libraries of searches, whatever their methods are called."""
HARMLESS: Final = ("urllib.parse", "http.HTTPStatus", "socket.gethostname", "sqlalchemy.Column")
"""What in the libraries above brings in nothing."""
FILES: Final = frozenset({"read_text", "read_bytes", "iterdir", "glob", "rglob"})
"""Methods of paths that look into files and folders."""
PEOPLE: Final = (
    "builtins.input", "getpass.getpass", "rich.prompt.", "questionary.", "click.prompt", "click.confirm",
    "typer.prompt", "typer.confirm", "streamlit.text_input", "streamlit.chat_input", "streamlit.text_area",
)  # fmt: skip
"""Functions by which a program asks whoever sits before it."""
RUN: Final = frozenset({"invoke", "ainvoke", "run", "arun", "call", "acall", "_run", "_arun", "execute", "__call__"})
"""How tools are run."""
CALLED: Final = frozenset({"call_tool", "acall_tool", "run_tool", "execute_tool", "invoke_tool", "run_json"})
"""Methods that run a tool, whatever is known of the object."""
TOOL: Final = pattern(r"(?:Tool|Tools|Toolkit|ToolNode|ToolExecutor|REPL)$|(?:^|(?<!bind)(?<!with)_)tools?$")
"""How names of tools, and of what runs them, end."""
HOSTED: Final = frozenset({"converse", "converse_stream", "invoke_model", "invoke_model_with_response_stream"})
"""Methods of a library for all kinds of services that ask a model."""
FOUND: Final = pattern(r"(?i)(?:retriever|vector_?store|vectordb|search_?engine)$")
"""How names of things end that are there to look something up."""
DECLARED: Final = frozenset(
    {
        "response_format", "format", "response_schema", "response_model", "text_format", "output_type", "result_type",
        "output_cls",
    }
)  # fmt: skip
"""Settings of models that declare the form of the answer."""
FORMED: Final = pattern(r"structured|(?:^|\.)parse$")
"""Methods that are told the form of the answer."""
PARSER: Final = pattern(r"(?<!\bStr)(?:OutputParser|OutputFixingParser)$")
PLAIN_PARSER: Final = "StrOutputParser"
DEEPEST: Final = 6


def origin_of_call(made: Object, persons: frozenset[str] = frozenset()) -> Origin | None:
    """What gives the result of a library call; None where it is made of the arguments alone.

    `persons` are the names of methods by which the framework asks somebody.
    """
    path = made.path or ""
    method = last_of(path)
    owner = owner_of(path, made.receiver)
    if path.startswith(PEOPLE) or method in persons:
        return Origin.PERSON
    if method in TELLING or method in HOSTED:
        return _form_of_answer(made)
    if _is_outside(made, path, owner):
        return Origin.OUTSIDE
    if looks_up(owner, method) or _begins(path, SEARCHES) or (method in RUN and FOUND.search(owner)):
        return None if _is_class(made) else Origin.LOOKUP
    if _runs_tool(made.receiver, owner, method):
        return Origin.OUTSIDE
    return _form_of_answer(made) if _is_asked(made, method) else None


def _is_class(made: Object) -> bool:
    """Whether it is merely the client that is made, which has not been asked for anything."""
    return last_of(made.path)[:1].isupper()


def _begins(path: str, names: tuple[str, ...]) -> bool:
    """Whether a dotted path begins with one of some names; `read_` and the like are beginnings of names."""
    return any(path == name or path.startswith(name if name.endswith("_") else f"{name}.") for name in names)


def _is_outside(made: Object, path: str, owner: str) -> bool:
    if owner == "pathlib.Path" and last_of(path) in FILES:
        return True
    return _begins(path, STORES) and not path.startswith(HARMLESS) and not _is_class(made)


def _runs_tool(receiver: Value | None, owner: str, method: str) -> bool:
    """Whether a call runs a tool: a function that was made one, or something that is called a tool."""
    if method in CALLED:
        return True
    if receiver is None or method not in RUN:
        return False
    match receiver:
        case Function(unmodelled_decorators=marks) | Bound(function=Function(unmodelled_decorators=marks)):
            return bool(marks)
        case Object(cls=Class() as cls):
            return any(TOOL.search(last_of(base)) for base in cls.libraries())
        case Object() | ExternalAttribute() | ExternalName():
            return TOOL.search(last_of(owner)) is not None
        case _:
            return False


# ------------------------------------------------------------------------------------------------------ models


def _is_asked(made: Object, method: str) -> bool:
    """Whether an object is what a model, or an agent of a library of models, was asked for."""
    path = made.path or ""
    if method in RUNNING and path.startswith(AGENTS):
        return True
    if any(name == "response_model" for name, _ in made.arguments.keywords):
        return True
    return method in ASKING and (is_model(path) or (made.receiver is not None and runs_model(made.receiver)))


def _form_of_answer(made: Object) -> Origin:
    last = _last_piece(made.receiver)
    while isinstance(last, ExternalAttribute):
        last = last.receiver
    path = last.path or "" if isinstance(last, Object) else ""
    if FORMED.search(last_of(made.path)) or FORMED.search(made.path or "") or "structured" in path:
        return Origin.MODEL_FORM
    if _declares(made.arguments) or (isinstance(last, Object) and _declares(last.arguments)):
        return Origin.MODEL_FORM
    return Origin.PARSED_TEXT if PARSER.search(path) and not path.endswith(PLAIN_PARSER) else Origin.MODEL_TEXT


def _declares(arguments: Arguments) -> bool:
    """Whether some settings declare the form of the answer."""
    return any(name in DECLARED and not _is_free(value) for name, value in arguments.keywords)


def _is_free(value: Value) -> bool:
    return value == Const(None) or value == ExternalName("builtins.str")


def _last_piece(model: Value | None, depth: int = DEEPEST) -> Value | None:
    """The end of a chain: what it gives is what that gives."""
    if isinstance(model, Object) and model.path == PIPE and model.arguments.positional and depth:
        return _last_piece(model.arguments.positional[-1], depth - 1)
    return model
