"""Bodies on the wire: compressed both ways, counted before and after; parameters that every method takes."""

import gzip
import json
import random

import pytest
import requests

from tests.sheets_server.wire import accepts_gzip


def recorded(server):
    return requests.get(f"{server.url}/_control/calls", timeout=300).json()


def raw_get(api, path="", **headers):
    """One answer as it crossed, not decompressed."""
    url = f"{api.server.url}/v4/spreadsheets/{api.book_id}{path}"
    with requests.get(url, headers=api.headers | headers, stream=True, timeout=300) as answer:
        return answer.headers, answer.raw.read(decode_content=False)


@pytest.fixture
def notes(api):
    api.type("A1", *([f"dossier {n}", n] for n in range(500)))
    api.server.script.post([])
    return api


def test_a_large_answer_is_compressed_for_those_who_accept_it(server, notes):
    headers, packed = raw_get(notes, "/values/A:B", **{"Accept-Encoding": "deflate, gzip"})
    assert headers["Content-Encoding"] == "gzip"
    plain_headers, plain = raw_get(notes, "/values/A:B", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain_headers
    assert gzip.decompress(packed) == plain
    one, other = recorded(server)
    assert one["bytes_out"] == other["bytes_out"] == len(plain)
    assert (one["bytes_wire"], other["bytes_wire"]) == (len(packed), len(plain))
    assert len(packed) < len(plain) / 3


def test_refusals_are_compressed_and_what_would_grow_is_not(notes):
    for path, coding in (("/values:batchGet?ranges=A1", None), ("/values/Nulle%20part?ranges=A1", "gzip")):
        headers, body = raw_get(notes, path, **{"Accept-Encoding": "gzip"})
        assert headers.get("Content-Encoding") == coding
        assert json.loads(gzip.decompress(body) if coding else body)


def test_files_and_pages_are_not(server, book):
    server.script.post([{"on_call": 2, "fault": {"kind": "html_502"}}])
    url = f"{server.url}/drive/v3/files/{book.id}"
    headers = {"Authorization": "Bearer emulator", "Accept-Encoding": "gzip"}
    exported = requests.get(f"{url}/export", params={"mimeType": "text/csv"}, headers=headers, timeout=300)
    page = requests.get(url, headers=headers, timeout=300)
    assert (exported.status_code, page.status_code) == (200, 502)
    assert "Content-Encoding" not in exported.headers.keys() | page.headers.keys()


def test_a_compressed_request_is_read_and_counted_at_its_full_size(server, api):
    rows = [[random.choice(["oui", "non"])] for _ in range(900)]
    body = json.dumps({"values": rows}).encode()
    url = f"{server.url}/v4/spreadsheets/{api.book_id}/values/A1?valueInputOption=RAW"
    sent = gzip.compress(body)
    headers = api.headers | {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    api.server.script.post([])
    answer = requests.put(url, data=sent, headers=headers, timeout=300)
    assert answer.status_code == 200, answer.text
    [call] = recorded(server)
    assert (call["bytes_in"], call["bytes_wire"]) == (len(body), len(sent) + int(answer.headers["Content-Length"]))
    assert api.values("A1:A900") == rows


@pytest.mark.parametrize(("coding", "status"), [("gzip", 400), ("br", 415)])
def test_a_body_that_is_not_what_its_headers_say_is_refused(api, coding, status):
    url = f"{api.server.url}/v4/spreadsheets/{api.book_id}:batchUpdate"
    headers = api.headers | {"Content-Encoding": coding}
    answer = requests.post(url, data=b'{"requests": []}', headers=headers, timeout=300)
    assert (answer.status_code, answer.json()["error"]["status"]) == (status, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br, deflate", False),
    ],
)
def test_who_accepts_gzip(header, accepted):
    assert accepts_gzip(header) is accepted


STANDARD = {"prettyPrint": "false", "alt": "json", "quotaUser": "sync", "key": "k"}


@pytest.mark.parametrize(
    ("verb", "path", "body", "field"),
    [
        ("GET", "", None, "spreadsheetId"),
        ("GET", "/values/A1", None, "range"),
        ("GET", "/values:batchGet", None, "spreadsheetId"),
        ("PUT", "/values/A1", {"values": [["x"]]}, "updatedCells"),
        ("POST", "/values/A1:append", {"values": [["x"]]}, "spreadsheetId"),
        ("POST", "/values/A1:clear", {}, "clearedRange"),
        ("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": []}, "spreadsheetId"),
        ("POST", "/values:batchGetByDataFilter", {"dataFilters": [{"a1Range": "A1"}]}, "spreadsheetId"),
        ("POST", ":batchUpdate", {"requests": [{"addSheet": {}}]}, "spreadsheetId"),
        ("POST", ":getByDataFilter", {}, "spreadsheetId"),
        ("POST", "/developerMetadata:search", {"dataFilters": []}, "matchedDeveloperMetadata"),
    ],
)
def test_every_method_takes_the_standard_parameters(api, verb, path, body, field):
    writing = path.startswith("/values/") and verb != "GET" and not path.endswith(":clear")
    options = STANDARD | ({"valueInputOption": "RAW"} if writing else {})
    answer = api.call(verb, path, body, fields=field, **options)
    assert answer.status_code == 200, answer.text
    assert answer.json().keys() <= {field}
    assert "\n" not in answer.text


def test_other_forms_of_answers_are_not_implemented(api):
    assert api.call("GET", "", alt="proto").status_code == 501
