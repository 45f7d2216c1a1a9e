"""Makes a new Grist document in a team's workspace."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import requests

from eig_sheets.spreadsheet.grist import error_messages
from eig_sheets.spreadsheet.grist.address import Address, address_of
from eig_sheets.spreadsheet.grist.client import TIMEOUTS
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic

_TEAM = re.compile(r"(?P<home>(?:/o/(?P<team>[^/]+))?)(?:/ws/(?P<workspace>\d+))?/?")


def create_document(team_url: str, key: str, name: str) -> Address:
    """A new document in the workspace of that URL, or in the team's first one. Raises WorkbookError."""
    url = urlsplit(team_url.strip())
    match = _TEAM.fullmatch(url.path)
    if match is None or not url.netloc or url.scheme not in ("http", "https"):
        raise WorkbookError(
            typographic(
                f"« {team_url} » n’est pas l’adresse d’une équipe Grist. Copiez celle que votre navigateur montre "
                "quand vous ouvrez votre équipe ou un espace (par exemple https://grist.numerique.gouv.fr/o/equipe/ws/12)."
            )
        )
    server = f"{url.scheme}://{url.netloc}"
    api = f"{server}{match['home']}/api"
    workspace = match["workspace"] or _first_workspace(api, key)
    document = _asked(f"{api}/workspaces/{workspace}/docs", key, {"name": name})
    return address_of(f"{server}{match['home']}/{document}")  # which refuses what is no id


def _first_workspace(api: str, key: str) -> str:
    workspaces = _asked(f"{api}/orgs/current/workspaces", key)
    try:
        return str(workspaces[0]["id"])
    except (LookupError, TypeError):
        raise error_messages.refusal(404, "no workspace", api, writing=True) from None


def _asked(url: str, key: str, body: dict[str, str] | None = None) -> Any:
    answer = _answered(url, key, body)
    if answer is None:  # outside of the except block: the request holds the key
        raise error_messages.no_answer("Grist est injoignable depuis cette machine", writing=True)
    if answer.status_code != 200:
        raise error_messages.refusal(answer.status_code, error_messages.message_of(answer.content), url, writing=True)
    try:
        return json.loads(answer.content)
    except ValueError:
        raise error_messages.refusal(200, "", url, writing=True) from None


def _answered(url: str, key: str, body: dict[str, str] | None) -> requests.Response | None:
    headers = {"Authorization": f"Bearer {key}"}
    method = "GET" if body is None else "POST"
    try:
        return requests.request(method, url, json=body, timeout=TIMEOUTS, headers=headers, allow_redirects=False)
    except requests.RequestException:
        return None
