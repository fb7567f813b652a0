"""Calls from one repository into another: what does not fit is told, and what is only called alike is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.link.programs import link_of
from wflint.link.interfaces.addresses import Address, address_of
from wflint.link.records import Channel
from wflint.link.report import LinkedCall

FLOW = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Trip(TypedDict):
    guest: str
    nights: int
    quote: str


def price(state: Trip):
    return {"quote": state["guest"] * state["nights"]}


builder = StateGraph(Trip)
builder.add_node(price)
builder.add_edge(START, "price")
builder.add_edge("price", END)
quotes = builder.compile()
"""
PROJECT = """
[project]
name = "lodge-quotes"
"""
ROUTES = """
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field


class Stay(BaseModel):
    guest: str
    nights: int = Field(..., ge=1)
    breakfast: bool = False


class Quote(BaseModel):
    euros: int


router = APIRouter(prefix="/lodging")
app = FastAPI()


@router.post("/quotations/{house}", response_model=Quote)
def quote(house: str, stay: Stay):
    return Quote(euros=1)


@app.post("/chat")
def chat(stay: Stay):
    return {"reply": "hello"}
"""
TOOLS = """
from fastmcp import Context, FastMCP

server = FastMCP("lodge")


@server.tool
def room_occupancy(house: str, week: int, ctx: Context, year: int = 2026) -> int:
    return 1


@server.tool()
def search(query: str, limit: int) -> str:
    return query
"""
CARD = """
from a2a.types import AgentCard

card = AgentCard(name="Lodge Concierge", url="http://concierge:9000/", description="helps")
"""


def calls(tmp_path: Path, provider: dict[str, str], caller: str) -> list[LinkedCall]:
    return list(link_of(tmp_path, {"lodge": provider, "desk": {"main.py": caller}}).calls)


def told(found: list[LinkedCall]) -> list[tuple[Channel, str, tuple[str, ...], tuple[str, ...]]]:
    return [(call.channel, call.address, call.missing, call.unknown) for call in found]


PACKAGE = {"pyproject.toml": PROJECT, "lodge_quotes/__init__.py": "", "lodge_quotes/flow.py": FLOW}


def test_a_published_workflow_that_is_run_without_what_it_needs(tmp_path: Path) -> None:
    caller = """
    from lodge_quotes.flow import quotes

    def main(guest):
        answer = quotes.invoke({"guest": guest})
        return answer["quote"], answer["currency"]
    """
    [call] = calls(tmp_path, PACKAGE, caller)
    assert (call.caller, call.provider, call.workflow) == ("desk", "lodge", "lodge_quotes/flow.py::builder")
    assert (call.location.line, call.provided_at.path) == (5, "lodge_quotes/flow.py")
    assert (call.missing, call.unknown) == (("nights",), ("currency",))


@pytest.mark.parametrize(
    "given",
    ['{"guest": guest, "nights": 2}', '{"guest": guest, **rest}', "rest", '{"guest": guest, "nights": 2, "mood": 1}'],
)
def test_a_run_with_all_that_is_needed_or_with_what_is_not_known_is_no_gap(tmp_path: Path, given: str) -> None:
    caller = f"""
    from lodge_quotes.flow import quotes

    def main(guest, rest):
        return quotes.invoke({given})["quote"]
    """
    assert [call for call in calls(tmp_path, PACKAGE, caller) if call.is_gap] == []


def test_a_package_of_ones_own_is_not_somebody_elses(tmp_path: Path) -> None:
    own = {
        "lodge_quotes/__init__.py": "",
        "lodge_quotes/flow.py": FLOW,
        "main.py": "from lodge_quotes.flow import quotes\n\nprint(quotes.invoke({'guest': 'A'}))\n",
    }
    assert link_of(tmp_path, {"lodge": PACKAGE, "desk": own}).calls == ()


def test_a_package_that_nobody_publishes_is_not_told(tmp_path: Path) -> None:
    provider = {path: text for path, text in PACKAGE.items() if path != "pyproject.toml"}
    caller = "from lodge_quotes.flow import quotes\n\nprint(quotes.invoke({'guest': 'A'}))\n"
    assert calls(tmp_path, provider, caller) == []


@pytest.mark.parametrize(
    "project",
    [
        '[tool.setuptools]\npackages = ["lodge_quotes", "lodge_quotes.more"]',
        '[tool.hatch.build.targets.wheel]\npackages = ["src/lodge_quotes"]',
        '[tool.poetry]\npackages = [{ include = "lodge_quotes", from = "src" }]',
    ],
)
def test_a_package_goes_by_the_name_that_it_is_listed_under(tmp_path: Path, project: str) -> None:
    provider = PACKAGE | {"pyproject.toml": f'[project]\nname = "prices"\n{project}\n'}
    caller = "from lodge_quotes.flow import quotes\n\nprint(quotes.invoke({'guest': 'A'}))\n"
    [call] = calls(tmp_path, provider, caller)
    assert (call.missing, call.why) == (("nights",), "the package lodge_quotes is published there")


@pytest.mark.parametrize(
    ("folder", "project"),
    [
        ("lodge_quotes", '[tool.setuptools]\npackages = ["elsewhere"]'),
        ("lodge_quotes", "[tool.setuptools]\npackages = 7"),
        ("agent", '[tool.setuptools]\npackages = ["agent"]'),  # anybody's
    ],
)
def test_a_package_that_is_not_listed_or_may_be_anybodys_is_not_told(tmp_path: Path, folder: str, project: str) -> None:
    provider = {"pyproject.toml": f'[project]\nname = "prices"\n{project}\n', f"{folder}/__init__.py": ""}
    provider |= {f"{folder}/flow.py": FLOW}
    caller = f"from {folder}.flow import quotes\n\nprint(quotes.invoke({{'guest': 'A'}}))\n"
    assert calls(tmp_path, provider, caller) == []


def test_a_request_that_lacks_a_field_and_uses_another(tmp_path: Path) -> None:
    caller = """
    import httpx

    async def ask(guest, house):
        async with httpx.AsyncClient(base_url="https://lodge.internal") as client:
            answer = await client.post(f"/lodging/quotations/{house}", json={"guest": guest})
            found = answer.json()
        return found["euros"], found["discount"]
    """
    [call] = calls(tmp_path, {"app.py": ROUTES}, caller)
    assert told([call]) == [(Channel.HTTP, "/lodging/quotations/{}", ("nights",), ("discount",))]
    assert (call.method, call.why) == ("POST", "the host lodge.internal goes by its name")


@pytest.mark.parametrize(
    "request_",
    [
        'requests.post("http://lodge/lodging/quotations/a", json={"guest": guest, "nights": 2})',  # all is there
        'requests.post("http://lodge/lodging/quotations/a", json=guest)',  # nobody knows what is
        'requests.post("http://lodge/lodging/quotations/a", data={"guest": guest})',  # not as JSON
        'requests.get("http://lodge/lodging/quotations/a")',  # another method
        'requests.post("http://localhost:8000/chat", json={"guest": guest})',  # everybody has that
        'requests.post("https://api.elsewhere.example/chat", json={"guest": guest})',  # somebody else's
        'requests.post("https://api.elsewhere.example/lodging/quotations/a", json={"guest": guest})',  # likewise
    ],
)
def test_requests_that_fit_or_may_go_elsewhere_are_no_gaps(tmp_path: Path, request_: str) -> None:
    caller = f"import requests\n\ndef ask(guest):\n    return {request_}\n"
    assert [call for call in calls(tmp_path, {"app.py": ROUTES}, caller) if call.is_gap] == []


def test_a_parameter_may_be_written_out_where_a_route_is_called(tmp_path: Path) -> None:
    routes = f"""{ROUTES}

@router.post("/quotations/standard")
def standard():
    return {{"euros": 1}}
"""
    caller = """
    import requests

    requests.post("http://lodge/lodging/quotations/east", json={"guest": 1})
    requests.post("http://lodge/lodging/quotations/standard", json={"guest": 1})
    requests.post("http://lodge/lodging/quotations/east/west", json={"guest": 1})
    """
    found = calls(tmp_path, {"app.py": routes}, caller)
    assert [(call.location.line, call.missing) for call in found] == [(4, ("nights",)), (5, ())]


def test_a_route_that_is_parameters_only_is_anybodys(tmp_path: Path) -> None:
    routes = (
        'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/{place}/{room}")\ndef get():\n    return {}\n'
    )
    caller = 'import requests\n\nprint(requests.get(f"{HOST}/harbour/lighthouse").json()["keeper"])\n'
    assert calls(tmp_path, {"app.py": routes}, caller) == []


def test_a_route_of_ones_own_is_not_somebody_elses(tmp_path: Path) -> None:
    caller = 'import requests\n\nprint(requests.post(f"{HOST}/lodging/quotations/a", json={"guest": 1}))\n'
    both = link_of(tmp_path, {"lodge": {"app.py": ROUTES}, "desk": {"main.py": caller, "app.py": ROUTES}})
    assert both.calls == ()


def test_a_route_that_the_caller_has_too_is_the_one_at_the_host_that_is_named(tmp_path: Path) -> None:
    caller = """
    import requests

    requests.post("http://lodge/chat", json={"guest": 1})
    requests.post("http://desk/chat", json={"guest": 1})
    requests.post("http://localhost:8000/chat", json={"guest": 1})
    """
    both = link_of(tmp_path, {"lodge": {"app.py": ROUTES}, "desk": {"main.py": caller, "app.py": ROUTES}})
    assert [(call.location.line, call.provider, call.missing) for call in both.calls] == [(4, "lodge", ("nights",))]


def test_a_route_that_two_repositories_have_is_nobodys_for_certain(tmp_path: Path) -> None:
    caller = 'import requests\n\nprint(requests.post(f"{HOST}/lodging/quotations/a", json={"guest": 1}))\n'
    three = {"lodge": {"app.py": ROUTES}, "barn": {"app.py": ROUTES}, "desk": {"main.py": caller}}
    assert link_of(tmp_path, three).calls == ()


def test_a_dict_that_is_filled_later_is_not_known(tmp_path: Path) -> None:
    caller = """
    import requests

    def ask(guest):
        stay = {"guest": guest}
        stay["nights"] = 2
        return requests.post("http://lodge/lodging/quotations/a", json=stay)
    """
    assert [call for call in calls(tmp_path, {"app.py": ROUTES}, caller) if call.is_gap] == []


def test_a_tool_that_is_called_without_what_it_needs(tmp_path: Path) -> None:
    caller = """
    from mcp import ClientSession

    async def ask(read, write):
        async with ClientSession(read, write) as session:
            await session.call_tool("room_occupancy", {"house": "east"})
            await session.call_tool("room_occupancy", arguments={"house": "east", "week": 3})
            await session.call_tool("search", {"text": "sauna"})
    """
    found = calls(tmp_path, {"tools.py": TOOLS}, caller)
    assert told(found) == [
        (Channel.MCP, "room_occupancy", ("week",), ()),
        (Channel.MCP, "room_occupancy", (), ()),
    ]


def test_a_remote_agent_is_the_one_whose_card_says_so(tmp_path: Path) -> None:
    caller = """
    from somewhere import RemoteAgent

    helper = RemoteAgent(name="lodge concierge", agent_card="http://concierge:9000/.well-known/agent-card.json")
    other = RemoteAgent(name="cook", agent_card="http://kitchen:9000/.well-known/agent-card.json")
    """
    found = calls(tmp_path, {"agent.py": CARD}, caller)
    assert told(found) == [(Channel.A2A, "lodge concierge", (), ())]


def test_tests_call_nobody(tmp_path: Path) -> None:
    caller = "from lodge_quotes.flow import quotes\n\nprint(quotes.invoke({'guest': 'A'}))\n"
    found = link_of(tmp_path, {"lodge": PACKAGE, "desk": {"tests/test_quotes.py": caller}})
    assert found.calls == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://lodge:8000/a/b", Address("lodge:8000", "/a/b")),
        ("https://me:secret@Lodge.example/a?key=1#top", Address("lodge.example", "/a")),
        ("\0host\0/a/\0id\0/b", Address("", "/a/{}/b")),
        ("/items/{item_id}/", Address("", "/items/{}")),
        ("/items/<int:item>", Address("", "/items/{}")),
        ("https://hooks.example/services/T01/a8Zk3Lq9Wm2Xc7Vb5Nn1", Address("hooks.example", "/services/T01/{}")),
        ("https://api.example/bot123:AAE-x9y8z7/send", Address("api.example", "/{}/send")),
        ("items", None),
        ("\0url\0", None),
        ("", None),
    ],
)
def test_addresses(text: str, expected: Address | None) -> None:
    assert address_of(text) == expected
