"""The part by which a feature adds to a night: what it does once a workbook is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class NightWork:
    """What a feature does after each write of `sync`, and the sending of its e-mails.

    `place`: its function, « module:name », imported when it is asked for: it takes the session.
    """

    place: str
