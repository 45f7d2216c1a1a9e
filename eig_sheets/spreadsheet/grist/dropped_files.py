"""The files attached to a Grist document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from eig_sheets.spreadsheet.grist.client import Client
from eig_sheets.spreadsheet.model.dropped_files import DroppedFile


def dropped_files(client: Client) -> Iterator[DroppedFile]:
    """All of them, in whatever cell; one that no cell has any more stays a while. Raises WorkbookError."""
    for record in client.attachments():
        fields = record["fields"]
        yield DroppedFile(
            str(fields.get("fileName") or ""),
            str(fields.get("timeUploaded") or ""),
            partial(client.attachment, int(record["id"])),
        )
