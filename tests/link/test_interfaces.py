"""Names that come from other files: prefixes, addresses, forms, servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.link.programs import link_of
from wflint.link.records import Channel
from wflint.link.report import LinkedCall

CONFIG = """
import os

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    prefix: str = "/api/v2"
    desk: str = Field(default="http://lodge:8080", description="where the lodge is")


settings = Settings()
LODGE = os.getenv("LODGE", "http://lodge:8080")
BASE = f"{LODGE}/api/v2"
"""
MODELS = """
from typing import Annotated, Optional

from pydantic import BaseModel, Field


class Guest(BaseModel):
    guest: str


class Stay(Guest):
    nights: int
    rooms: Annotated[int, Field(default=1)]
    mood: Optional[str]
"""
ROUTER = """
from fastapi import APIRouter, Depends

from .models import Stay

router = APIRouter()


@router.post("/price")
def price(stay: Stay, user: str = Depends(str)):
    return {"euros": 1}
"""
MAIN = """
from fastapi import APIRouter, FastAPI

from lodge import quotes
from lodge.config import settings

inner = APIRouter(prefix="/stays")
inner.include_router(quotes.router, prefix="/quotes")
app = FastAPI()
app.include_router(inner, prefix=settings.prefix)
"""
LODGE = {
    "lodge/__init__.py": "",
    "lodge/config.py": CONFIG,
    "lodge/models.py": MODELS,
    "lodge/quotes.py": ROUTER,
    "lodge/main.py": MAIN,
}


def calls(tmp_path: Path, provider: dict[str, str], caller: dict[str, str]) -> list[LinkedCall]:
    return list(link_of(tmp_path, {"lodge": provider, "desk": caller}).calls)


def asking(address: str, imports: str = "") -> str:
    return f"import httpx\n{imports}\n\ndef ask(guest):\n    return httpx.post({address}, json={{'guest': guest}})\n"


@pytest.mark.parametrize(
    ("address", "imports"),
    [
        ('"http://lodge:8080/api/v2/stays/quotes/price"', ""),
        ('f"{BASE}/stays/quotes/price"', "from shop.config import BASE"),
        ('LODGE + "/api/v2/stays/quotes/price"', "from .config import LODGE"),
        ('config.BASE + "/stays/quotes/price"', "from shop import config"),
        ('f"{settings.desk}/api/v2/stays/quotes/price"', "from shop.config import settings"),
        ("f\"{settings.desk.rstrip('/')}/api/v2/stays/quotes/price\"", "from shop.config import settings"),
        ('urljoin(LODGE, "/api/v2/stays/quotes/price")', "from urllib.parse import urljoin\nfrom .config import LODGE"),
    ],
)
def test_a_route_and_an_address_that_are_put_together_in_other_files(
    tmp_path: Path, address: str, imports: str
) -> None:
    caller = {"shop/__init__.py": "", "shop/config.py": CONFIG, "shop/ask.py": asking(address, imports)}
    [call] = calls(tmp_path, LODGE, caller)
    assert (call.address, call.why) == ("/api/v2/stays/quotes/price", "the host lodge goes by its name")
    assert (call.missing, call.provided_at.path) == (("nights",), "lodge/quotes.py")


def test_a_client_that_is_made_elsewhere_has_its_base_there(tmp_path: Path) -> None:
    caller = {
        "client.py": 'import httpx\n\nclient = httpx.Client(base_url="http://lodge:8080/api/v2")\n',
        "ask.py": "import httpx\nfrom client import client\n\n\n"
        'def ask():\n    return client.post("/stays/quotes/price", json={"nights": 1})\n',
    }
    [call] = calls(tmp_path, LODGE, caller)
    assert (call.address, call.missing) == ("/api/v2/stays/quotes/price", ("guest",))


def test_a_request_whose_method_is_an_argument(tmp_path: Path) -> None:
    caller = """
    import httpx

    def ask(method):
        httpx.request("POST", "http://lodge/api/v2/stays/quotes/price", json={"guest": 1})
        httpx.request("GET", "http://lodge/api/v2/stays/quotes/price", json={"guest": 1})
        httpx.request(method, "http://lodge/api/v2/stays/quotes/price", json={"guest": 1})
        with httpx.stream(method="post", url="http://lodge/api/v2/stays/quotes/price", json={"nights": 1}) as answer:
            return answer
    """
    found = calls(tmp_path, LODGE, {"ask.py": caller})
    assert [(call.location.line, call.missing) for call in found] == [(5, ("nights",)), (8, ("guest",))]


def test_a_base_whose_path_is_dropped_for_addresses_that_begin_with_a_slash(tmp_path: Path) -> None:
    caller = """
    import aiohttp

    async def ask():
        async with aiohttp.ClientSession(base_url="http://lodge:8080/api/") as session:
            await session.post("/v2/stays/quotes/price", json={"nights": 1})
            await session.post("v2/stays/quotes/price", json={"nights": 1})
    """
    [call] = calls(tmp_path, LODGE, {"ask.py": caller})
    assert (call.location.line, call.missing) == (7, ("guest",))


def test_a_parameter_that_is_said_to_be_a_client_is_one(tmp_path: Path) -> None:
    caller = """
    import httpx

    async def ask(client: httpx.AsyncClient, other: dict):
        other.post("http://lodge/api/v2/stays/quotes/price", json={"guest": 1})
        return await client.post("http://lodge/api/v2/stays/quotes/price", json={"guest": 1})
    """
    [call] = calls(tmp_path, LODGE, {"ask.py": caller})
    assert (call.location.line, call.missing) == (6, ("nights",))


@pytest.mark.parametrize("path", ["/stays/quotes/price", "/quotes/price", "/api/v1/stays/quotes/price"])
def test_a_route_under_another_prefix_is_not_this_one(tmp_path: Path, path: str) -> None:
    assert calls(tmp_path, LODGE, {"ask.py": asking(f'"http://lodge:8080{path}"')}) == []


def test_a_prefix_that_is_not_known_is_left_out(tmp_path: Path) -> None:
    main = MAIN.replace("prefix=settings.prefix", "prefix=read_prefix()")
    caller = {"ask.py": asking('"http://lodge:8080/any/stays/quotes/price"')}
    [call] = calls(tmp_path, LODGE | {"lodge/main.py": main}, caller)
    assert call.missing == ("nights",)


def test_a_blueprint_goes_by_the_prefix_that_it_is_registered_under(tmp_path: Path) -> None:
    pages = """
    from flask import Blueprint

    pages = Blueprint("pages", __name__, url_prefix="/old")


    @pages.route("/house_rules", methods=["GET"])
    def rules():
        return {"rules": []}
    """
    main = 'from flask import Flask\nfrom pages import pages\n\napp = Flask("a")\n'
    main += 'app.register_blueprint(pages, url_prefix="/lodging")\n'
    caller = """
    import requests

    print(requests.get("http://lodge/lodging/house_rules").json()["pets"])
    print(requests.get("http://lodge/old/house_rules").json()["pets"])
    """
    [call] = calls(tmp_path, {"pages.py": pages, "main.py": main}, {"ask.py": caller})
    assert (call.location.line, call.address, call.unknown) == (4, "/lodging/house_rules", ("pets",))


def test_a_tool_on_a_server_that_another_file_makes_under_a_name_of_a_third(tmp_path: Path) -> None:
    provider = {
        "names.py": 'OCCUPANCY = "room_occupancy"\n',
        "server.py": 'from fastmcp import FastMCP\n\nmcp = FastMCP("lodge")\n',
        "tools/rooms.py": "from names import OCCUPANCY\nfrom server import mcp\n\n\n"
        "@mcp.tool(name=OCCUPANCY)\ndef occupancy(house: str, week: int) -> int:\n    return 1\n",
    }
    caller = {
        "names.py": 'TOOL = "room_occupancy"\n',
        "ask.py": "from mcp import ClientSession\nfrom names import TOOL\n\n\n"
        'async def ask(session: ClientSession):\n    return await session.call_tool(TOOL, {"house": "east"})\n',
    }
    [call] = calls(tmp_path, provider, caller)
    assert (call.channel, call.address, call.missing) == (Channel.MCP, "room_occupancy", ("week",))


def test_two_forms_of_one_name_are_told_apart_by_their_imports(tmp_path: Path) -> None:
    other = {"lodge/bills.py": "from pydantic import BaseModel\n\n\nclass Stay(BaseModel):\n    bill: str\n"}
    [call] = calls(tmp_path, LODGE | other, {"ask.py": asking('"http://lodge/api/v2/stays/quotes/price"')})
    assert call.missing == ("nights",)


@pytest.mark.parametrize(
    "change",
    [
        "    model_config = ConfigDict(alias_generator=to_camel)\n",  # the fields go by other names
        '    house: str = Field(alias="House")\n',  # likewise
        '    @model_validator(mode="before")\n    def fill(cls, data):\n        return {"nights": 1} | data\n',
    ],
)
def test_a_form_that_says_more_than_its_fields_is_not_known(tmp_path: Path, change: str) -> None:
    caller = {"ask.py": asking('"http://lodge/api/v2/stays/quotes/price"')}
    [call] = calls(tmp_path, LODGE | {"lodge/models.py": f"{MODELS}\n{change}"}, caller)
    assert not call.is_gap


@pytest.mark.parametrize(
    "parameter", ["stay: Stay = Depends()", "stay: Stay = Body(embed=True)", "stay: Stay, note: str = Body()"]
)
def test_a_form_that_is_not_the_whole_of_what_is_sent_asks_for_nothing(tmp_path: Path, parameter: str) -> None:
    router = ROUTER.replace("stay: Stay, user: str = Depends(str)", parameter)
    caller = {"ask.py": asking('"http://lodge/api/v2/stays/quotes/price"')}
    [call] = calls(tmp_path, LODGE | {"lodge/quotes.py": router}, caller)
    assert not call.is_gap


def test_files_that_import_from_each_other_come_to_an_end(tmp_path: Path) -> None:
    provider = {
        "one.py": "from fastapi import FastAPI\nfrom two import app, router\n\napp.include_router(router)\n",
        "two.py": "from one import app, router\n\n\n@app.get('/round_and_round')\ndef get():\n    return {}\n",
    }
    caller = {"ask.py": 'import httpx\n\nprint(httpx.get("http://lodge/round_and_round"))\n'}
    assert calls(tmp_path, provider, caller) == []
