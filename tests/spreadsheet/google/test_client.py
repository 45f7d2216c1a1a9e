"""Calls to the local Sheets server with the robot's real key: requests, responses, and secrets that are not shown."""

import json
import logging
import traceback
from pathlib import Path
from zlib import crc32

import pytest

from eig_sheets import __version__
from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.google.error_messages import ApiError, UnknownOutcomeError
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.sheets_server.auth import EMAIL
from tests.spreadsheet.google.calls import (
    FAILURES,
    REFUSALS,
    call_count,
    error_text,
    inject_faults,
    read,
    tab_titles,
    write,
)
from tests.spreadsheet.google.conftest import environment_of
from tests.spreadsheet.google.odd_google import chunked

# ---- Plain calls


def test_a_read_gives_the_json_and_its_size_on_the_wire(google, client):
    answer = client.read("GET", google.spreadsheet_id, {"fields": "sheets.properties.title"})
    assert answer.json == {"sheets": [{"properties": {"title": "Sheet1"}}]}
    [call] = google.script.calls
    assert (call.method, call.path) == ("GET", f"/v4/spreadsheets/{google.spreadsheet_id}")
    assert 0 < answer.size <= call.bytes_out
    assert not answer.truncated


def test_a_large_read_is_compressed(google, client):
    body = {"requests": [{"addSheet": {"properties": {"title": f"Onglet {n}"}}} for n in range(30)]}
    client.write(f"{google.spreadsheet_id}:batchUpdate", body)
    answer = client.read("GET", google.spreadsheet_id)
    assert len(answer.json["sheets"]) == 31
    assert answer.size * 2 < google.script.calls[-1].bytes_out


def test_a_read_may_be_a_post(google, client):
    body = {"dataFilters": [{"a1Range": "Sheet1!A1"}], "valueRenderOption": "UNFORMATTED_VALUE"}
    answer = client.read("POST", f"{google.spreadsheet_id}/values:batchGetByDataFilter", body=body)
    assert answer.json["spreadsheetId"] == google.spreadsheet_id


def test_a_write_is_done_and_answered(google, client):
    answer = write(client, google, "Été « 2027 »")
    assert answer["replies"][0]["addSheet"]["properties"]["title"] == "Été « 2027 »"
    assert tab_titles(google) == ["Sheet1", "Été « 2027 »"]
    assert call_count(google) == 1


def test_the_thin_methods_of_gspread_follow_the_same_rules(google, client):
    inject_faults(google, 503, None)
    assert client.fetch_sheet_metadata(google.spreadsheet_id)["spreadsheetId"] == google.spreadsheet_id
    inject_faults(google, 503, None)
    with pytest.raises(UnknownOutcomeError):
        client.batch_update(google.spreadsheet_id, {"requests": [{"addSheet": {"properties": {"title": "Nouveau"}}}]})
    assert call_count(google) == 1
    client.batch_update(google.spreadsheet_id, {"requests": [{"addSheet": {"properties": {"title": "Nouveau"}}}]})
    assert tab_titles(google) == ["Sheet1", "Nouveau"]


def test_how_google_is_asked(odd, odd_client):
    odd_client.write("clé:batchUpdate", {"requests": ["é"]})
    odd_client.read("GET", "clé", {"fields": "sheets(a,b)"})
    wrote, got = odd.asked
    assert (wrote.method, wrote.path) == ("POST", "/v4/spreadsheets/cl%C3%A9:batchUpdate?prettyPrint=false")
    assert wrote.body == '{"requests":["é"]}'.encode()
    assert wrote.headers["Content-Type"] == "application/json"
    assert (got.method, got.path) == ("GET", "/v4/spreadsheets/cl%C3%A9?prettyPrint=false&fields=sheets%28a%2Cb%29")
    for request in (wrote, got):
        assert request.headers["Authorization"] == "Bearer ya29.test"
        assert request.headers["Accept-Encoding"] == "gzip"
        assert request.headers["User-Agent"] == f"eig-sheets/{__version__} (gzip)"


def test_an_answer_in_compressed_chunks_is_weighed_as_it_came(odd, odd_client):
    content = {"text": "Présélection " * 300}
    answer, size = chunked(json.dumps(content).encode())
    odd.answers = [answer]
    *loaded, date = odd_client.read("GET", "clé")
    assert loaded == [content, size, crc32(json.dumps(content).encode()), False]
    assert date.endswith(" GMT")


@pytest.mark.parametrize("in_chunks", [True, False])
def test_an_answer_is_read_no_further_than_wanted(odd, odd_client, in_chunks):
    body = json.dumps([*range(60_000)]).encode()
    packed, size = chunked(body, 1000)
    odd.answers = [packed if in_chunks else (200, {}, body)]
    size = size if in_chunks else len(body)
    assert odd_client.read("GET", "clé", max_bytes=size).json == [*range(60_000)]
    short = odd_client.read("GET", "clé", max_bytes=size - 1)
    assert (short.json, short.truncated) == (None, True)
    assert odd_client.read("GET", "clé").size == size


def test_by_default_google_itself_is_asked(google):
    client = connect({"GOOGLE_APPLICATION_CREDENTIALS": google.service_account})
    assert client._url("clé") == "https://sheets.googleapis.com/v4/spreadsheets/clé"
    assert client.timeout == (10, 190)
    assert client._backoff == Backoff(base=1, cap=32, budget=150)
    assert client.account == EMAIL


def test_what_is_no_json_is_not_sent(google, client):
    with pytest.raises(ValueError, match="Out of range float values"):
        client.write(f"{google.spreadsheet_id}:batchUpdate", {"requests": [float("nan")]})
    assert call_count(google) == 0


# ---- Tokens


def test_a_token_that_expired_is_replaced(google, client):
    read(client, google)
    google.accounts.tokens.clear()
    inject_faults(google)
    assert write(client, google)
    assert [call.status for call in google.script.calls] == [401, 200]


def test_a_connection_is_used_again_even_when_google_says_no(google, client):
    inject_faults(google, None, 401, 503, 429, None, 404)
    for _ in range(2):
        read(client, google)
    error_text(ApiError, read, client, google)
    pools = client.session.get_adapter(google.url).poolmanager.pools
    [pool] = [pools[key] for key in pools.keys()]  # noqa: SIM118 (not iterable by itself)
    assert (pool.num_connections, pool.num_requests) == (1, 6)


# ---- Secrets


def test_no_secret_is_logged_or_told(google, caplog):
    for name in (None, "google", "urllib3", "requests", "gspread"):
        caplog.set_level(logging.DEBUG, logger=name)
    key = json.loads(Path(google.service_account).read_text(encoding="utf-8"))["private_key"]
    told, tokens = [], []
    for kind in (None, 401, *FAILURES, *REFUSALS):
        client = connect(environment_of(google), Backoff(budget=-1))
        inject_faults(google, kind)
        for act in (read, write):
            try:
                act(client, google)
            except WorkbookError as error:
                told += [repr(error), *traceback.format_exception(error), repr(error.__context__)]
        tokens.append(client.session.credentials.token)
        client.close()
    logged = [record.getMessage() + repr(vars(record)) for record in caplog.records]
    assert logged
    assert len(told) > 20
    secrets = [*tokens, *(line for line in key.splitlines() if len(line) > 30 and "KEY" not in line)]
    assert len(secrets) > 20
    assert [secret for secret in secrets for text in (*logged, *told) if secret in text] == []


@pytest.mark.parametrize("in_chunks", [True, False])
def test_an_answer_that_would_fill_the_memory_is_a_sentence(odd, odd_client, monkeypatch, in_chunks):
    """Repeated cells compress a hundred times: what counts is what they are once decompressed."""
    monkeypatch.setattr("eig_sheets.spreadsheet.google.client.LARGEST_READ_BYTES", 100_000)
    body = json.dumps(["x"] * 30_000).encode()
    odd.answers = [chunked(body, 1000)[0] if in_chunks else (200, {}, body)]
    with pytest.raises(WorkbookError, match="trop gros pour être lu"):
        odd_client.read("GET", "clé")
    odd.answers = [chunked(json.dumps(["x"] * 10_000).encode(), 1000)[0]]
    assert len(odd_client.read("GET", "clé").json) == 10_000
