"""Requests of any kind, with whatever the discovery document allows in them: done or refused, never a failure.

After each, the whole spreadsheet is read: the server checks its answers against the discovery document, so a request
that left something misshapen behind is found out too.
"""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from tests.sheets_server import schema
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.requests.batch import HANDLERS
from tests.sheets_server.server import Server
from tests.sheets_server.world import World

SCHEMAS = schema.document("sheets.v4")["schemas"]
HEADERS = {"Authorization": "Bearer emulator"}
TEXTS = ["*", "a", "=A1", "=SUM(A:A)", "Sheet1!A1", "A1:B2", "5", "userEnteredValue", "title", "range", ""]


def anything(draw, kind, depth=0):
    """A value of a type of the API; deeper means emptier."""
    if "$ref" in kind:
        fields = SCHEMAS[kind["$ref"]].get("properties", {})
        odds = 2 if depth < 3 else 4
        chosen = [name for name in fields if depth < 7 and draw.randrange(odds) == 0]
        return {name: anything(draw, fields[name], depth + 1) for name in chosen}
    if "enum" in kind:
        return draw.choice(kind["enum"])
    if kind["type"] == "array":
        return [anything(draw, kind["items"], depth + 1) for _ in range(draw.randrange(3))]
    simple = {"object": [{}], "any": ["x"], "integer": [0, 0, 1, 2, 3, 1000], "number": [0, 1, 0.5]}
    return draw.choice(simple.get(kind["type"], [True, False] if kind["type"] == "boolean" else TEXTS))


@pytest.fixture(scope="module")
def quiet():
    return Server(World(), url="http://127.0.0.1")


@settings(max_examples=examples(70))
@given(st.integers(0, 2**32))
def test_any_request_is_done_or_refused(quiet, seed):
    draw, book = random.Random(seed), quiet.world.create("t", EMAIL)
    book.sheets[0].rows = 20
    for _ in range(12):
        name = draw.choice(sorted(HANDLERS))
        body = {"requests": [{name: anything(draw, SCHEMAS["Request"]["properties"][name])}]}
        done = quiet.reply("POST", f"/v4/spreadsheets/{book.id}:batchUpdate", HEADERS, json.dumps(body).encode())
        assert done.status in (200, 400, 501), (body, done.data)
        read = quiet.reply("GET", f"/v4/spreadsheets/{book.id}?includeGridData=true", HEADERS, b"")
        assert read.status in (200, 501), (body, read.data)
