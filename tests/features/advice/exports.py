"""Exports of Calendly and of Livestorm, as tests make them."""

from __future__ import annotations

import csv
from pathlib import Path

CALENDLY = (
    "User Name", "Team", "Invitee Name", "Invitee First Name", "Invitee Last Name", "Invitee Email",
    "Invitee Time Zone", "Event Type Name", "Start Date & Time", "End Date & Time", "Canceled", "Cancellation reason",
    "Question 1", "Response 1", "Question 2", "Response 2", "Marked as No-Show",
)  # fmt: skip
LIVESTORM = ("Prénom", "Nom", "Email", "Company", "Date d'inscription", "A participé")


def line(start="2021-02-05 02:20 pm", end="2021-02-05 02:40 pm", **changes):
    """A booking of an export of Calendly."""
    values = {
        "Invitee Name": "Claude Roux", "Invitee Email": "Claude@Exemple.invalid", "Start Date & Time": start,
        "End Date & Time": end, "Canceled": "false", "Marked as No-Show": "No", "Event Type Name": "Parlons ensemble",
        **changes,
    }  # fmt: skip
    return tuple(values.get(header) for header in CALENDLY)


def written(folder: Path, *lines, name: str = "export.csv", headers=CALENDLY) -> Path:
    """A file of these lines under these headers."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *lines])
    return path
