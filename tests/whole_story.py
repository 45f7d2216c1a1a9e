"""The sample campaign with all of its story at once, on a day when much is due: what many tests work on.

On no day does a campaign look so: `eig-sheets demo` makes it as it is on one day.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from eig_sheets import sample
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.session import Session
from eig_sheets.sample.commands import create

DAY = datetime(2021, 4, 30, 12)


def write(folder: Path, *location: str) -> None:
    """Write the campaign in a folder, as `demo` lays it out, with its workbook at another location if one is given."""
    session = Session(str(sample.write_config(folder, *location)), None, DAY, verbose=0, quiet=True)
    create(session)
    sample.write_export(folder)
    sample.write_launcher(folder)
    synchronise(session)
