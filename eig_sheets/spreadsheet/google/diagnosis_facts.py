"""The call that diagnoses the set-up of a Google Sheet; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime

from eig_sheets.spreadsheet.google import diagnosis
from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.google.credentials import SCOPES, VARIABLE
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.diagnosis import CONNECTION, Finding, clock, of_exception

_NOT_RECOGNISED = 401


def findings(client: Client, key: str, reads: int, environment: Mapping[str, str]) -> Iterator[Finding]:
    """The findings of one reading of spreadsheet `key`; `reads`: the readings of a sync."""
    with closing(client):
        path = environment.get(VARIABLE, "")
        before = datetime.now(UTC)
        try:
            answer = client.read("GET", key, {"fields": diagnosis.FIELDS})
        except ApiError as error:  # Google answered, thus knows the account
            known = error.status != _NOT_RECOGNISED
            if known:
                yield diagnosis.of_key(client.account, path)
            yield of_exception(_refused(error), error)
            return
        except WorkbookError as error:
            yield of_exception(CONNECTION, error)
            return
        drift = clock(answer.date, before, datetime.now(UTC))
        yield diagnosis.of_key(client.account, path)
        yield diagnosis.of_scopes(SCOPES)
        yield diagnosis.of_sharing(client.account)
        yield from diagnosis.of_writing(diagnosis.protections(answer.json), client.account)
        yield diagnosis.of_quota(reads)
        if drift:
            yield drift


def _refused(error: ApiError) -> str:
    """The check that an answer of Google's fails."""
    if error.status == _NOT_RECOGNISED:
        return diagnosis.KEY
    if error.is_rate_limited:
        return diagnosis.QUOTA
    return diagnosis.SCOPES if error.lacks_scope else diagnosis.SHARING
