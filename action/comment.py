"""One comment on a pull request, kept up to date."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MARK: Final = "<!-- wflint: this comment is kept up to date -->\n"
"""How the comment is found again."""
LONGEST: Final = 65_000
"""Characters of a comment that GitHub takes, less some."""
PAGE: Final = 100
MOST_PAGES: Final = 30


def keep(text: str) -> None:
    """Write the comment, or write it anew; a token that may not is told of and fails nothing."""
    number = pull_request()
    if number is None:
        print("wflint: no pull request, so no comment")
        return
    body = {"body": (MARK + text)[:LONGEST]}
    base = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    try:
        own = next((each for each in comments(f"{base}/{number}/comments") if is_ours(each)), None)
        if own is None:
            request("POST", f"{base}/{number}/comments", body)
        else:
            request("PATCH", f"{base}/comments/{own['id']}", body)
    except (urllib.error.URLError, ValueError) as error:
        print(f"::notice title=wflint::the comment was not written: {one_line(error)}; it needs pull-requests: write")


def pull_request() -> int | None:
    """The number of the pull request that the job runs for."""
    path = os.environ.get("GITHUB_EVENT_PATH")
    event = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    number = event.get("pull_request", {}).get("number")
    return number if isinstance(number, int) else None


def comments(path: str) -> Iterator[dict[str, object]]:
    """The comments of the pull request, oldest first."""
    for page in range(1, MOST_PAGES + 1):
        found = request("GET", f"{path}?per_page={PAGE}&page={page}")
        assert isinstance(found, list)
        yield from found
        if len(found) < PAGE:
            return


def is_ours(comment: dict[str, object]) -> bool:
    """Whether a comment is the one to keep; what people write with our mark in it stays theirs."""
    user = comment.get("user")
    return str(comment.get("body") or "").startswith(MARK) and isinstance(user, dict) and user.get("type") == "Bot"


def request(method: str, path: str, body: object = None) -> object:
    """Ask GitHub's API."""
    call = urllib.request.Request(  # noqa: S310 (the runner's own address)
        os.environ.get("GITHUB_API_URL", "https://api.github.com") + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {os.environ.get('WFLINT_TOKEN', '')}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
            "User-Agent": "wflint",
        },
    )
    with urllib.request.urlopen(call, timeout=30) as response:  # noqa: S310 (likewise)
        return json.loads(response.read())


def one_line(error: Exception) -> str:
    """An error as the message of a workflow command."""
    return str(error).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
