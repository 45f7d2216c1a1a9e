"""Calls that diagnose the set-up of a Grist document; none changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime

from eig_sheets.spreadsheet.grist import diagnosis
from eig_sheets.spreadsheet.grist.client import Client
from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.error_messages import GristError
from eig_sheets.spreadsheet.grist.readers import OWNERS
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.diagnosis import CONNECTION, Finding, clock, of_exception


def findings(
    client: Client, read: Callable[[Client], Document], officers: Sequence[str], environment: Mapping[str, str]
) -> Iterator[Finding]:
    """The findings in the order of the calls; what needs a call that failed, or the role of an owner, is left out."""
    with closing(client):
        check = diagnosis.KEY
        try:
            account = client.account()
            yield diagnosis.of_key(account, environment)
            check, before = diagnosis.ROLE, datetime.now(UTC)
            role, date = client.access()
            drift = clock(date, before, datetime.now(UTC))
            yield diagnosis.of_role(role, account)
            if drift:
                yield drift
            if role != OWNERS:
                return
            check = diagnosis.PEOPLE
            yield from diagnosis.of_people(client.people(), officers)
            check = diagnosis.READING
            yield from diagnosis.of_document(read(client))
        except WorkbookError as error:
            is_answer = isinstance(error, GristError) or check == diagnosis.READING
            yield of_exception(check if is_answer else CONNECTION, error)
