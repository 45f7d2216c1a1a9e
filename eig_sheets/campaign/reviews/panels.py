"""The groups of jurors who note the same dossiers or candidates. Pure."""

from __future__ import annotations

from eig_sheets.campaign.reading import Reading


def panels(reading: Reading) -> dict[str, str]:
    """The group of each juror that has one, by address."""
    jury = reading.valid_rows("jury").dropna(subset=["email", "groupe"])
    return dict(zip(jury["email"], jury["groupe"], strict=True))
