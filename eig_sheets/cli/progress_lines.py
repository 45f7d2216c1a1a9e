"""What the commands on the progress of a jury print: counts of evaluations, and tables under their titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eig_sheets.campaign.jury_status import Progress
from eig_sheets.cli.output import show
from eig_sheets.cli.terminal import echo
from eig_sheets.text.french import listed_first, typographic


def counts(progress: Progress) -> dict[str, Any]:
    """How many evaluations are expected and came, and what is missing, as lines have them."""
    return {
        "expected": progress.expected,
        "received": progress.received,
        "late": progress.late,
        "missing": list(progress.missing),
        "left": listed_first(progress.missing) if progress.missing else "",
    }


def section(title: str, records: Sequence[dict[str, Any]], headers: dict[str, str]) -> None:
    """Print a table under its title; nothing without lines."""
    if records:
        echo(f"\n{typographic(title)}")
        show(records, "table", headers, "")
