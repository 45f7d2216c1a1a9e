"""The proposals of feedback: of each dossier, what jurors agreed to pass on, and what is left out of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.received_notes import NOTES
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.campaign.robot_sheets import RobotRows
from eig_sheets.domain.frames import is_yes, records_of, unreadable
from eig_sheets.features.feedback.rules_redaction import Known, Redacted, Subject, by_text
from eig_sheets.features.feedback.tab import TAB, TABLE, Proposal
from eig_sheets.personal_data import people_of
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, is_too_long
from eig_sheets.text.french import listed, typographic
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.layout import TabLayout

_COMMENT, _CONSENT = "commentaire", "communicable"
UNREADABLE: Final = "« Commentaire communicable » n’y est ni oui ni non"
RECUSED: Final = "cette personne s’est déportée, ou le devrait peut-être"
NOT_COUNTED: Final = "cette évaluation ne compte pas, ou une saisie dans Évaluations la remplace"
TOO_LONG: Final = "il n’y a plus de place dans cette cellule"
_MARK: Final = "– "


def proposals_of(reading: Reading) -> list[Proposal]:
    """A proposal a dossier of which a juror agreed to pass on a comment, in the order of the dossiers."""
    if NOTES not in reading.tables or not reading.has("candidatures"):
        return []
    notes, known = _notes(reading), known_of(reading)
    if notes.empty:
        return []
    recused = recusals_of(reading)
    names = _names_of_jurors(reading)
    layout, blocked = reading.tables[NOTES].layout, reading.tables[NOTES].blocked
    said = {numero: records_of(rows) for numero, rows in notes.groupby("numero", sort=False)}
    proposals = []
    for dossier in records_of(reading.valid_rows("candidatures")):
        kept: list[str] = []
        left: list[str] = []
        for row in said.get(dossier["numero"], ()):
            if why := _why_not(row, recused, blocked):
                left.append(_at(layout, row, why))
                continue
            redacted = known.redacted(row[_COMMENT], row["numero"], names.get(row["jure"], ""))
            kept.append(redacted.text)
            if redacted.reasons:
                left.append(_at(layout, row, _cut(redacted)))
        if kept or left:
            proposals.append(_proposal(dossier, kept, left))
    return proposals


def _notes(reading: Reading) -> pd.DataFrame:
    """The rows of pages with a comment to pass on, and those of which nobody can tell whether it is."""
    frame = reading.tables[NOTES].frame
    doubtful = unreadable(frame, (_COMMENT, _CONSENT))
    asked = is_yes(frame[_CONSENT]) & (frame[_COMMENT].notna().to_numpy() | doubtful[_COMMENT])
    doubt = doubtful[_CONSENT] & frame[_COMMENT].notna().to_numpy()
    return frame[asked | doubt].dropna(subset=["numero", "jure"])


def _why_not(row: dict[str, Any], recused: Any, blocked: frozenset[int]) -> str:
    """Why a comment is not passed on; '' for one that may be."""
    if row["unreadable"] & {_COMMENT, _CONSENT}:
        return UNREADABLE
    if (row["numero"], row["jure"]) in recused:
        return RECUSED
    return NOT_COUNTED if row["row"] in blocked else ""


def _cut(redacted: Redacted) -> str:
    what = "une phrase au moins" if redacted.text else "tout"
    return f"{what} en est ôté : {listed(redacted.reasons)}"


def _at(layout: TabLayout, row: dict[str, Any], why: str) -> str:
    return typographic(f"{layout.reference(_COMMENT, row['row']) or layout.name} : {why}.")


def _proposal(dossier: dict[str, Any], comments: list[str], left: list[str]) -> Proposal:
    fitting: list[str] = []
    for comment in by_text(filter(None, comments)):
        if is_too_long("\n".join((*fitting, _MARK + comment)), MAX_TEXT):
            left = [*left, TOO_LONG.capitalize() + "."]
            break
        fitting.append(_MARK + comment)
    return Proposal(
        dossier["numero"],
        dossier["projet"],
        dossier["decision"],
        len(fitting),
        "\n".join(fitting),
        "\n".join(left),
        "oui" if dossier["retour"] else "",
    )


def known_of(reading: Reading) -> Known:
    """Who and what a comment may name: everybody whom a tab of people's names, every dossier."""
    dossiers = records_of(reading.tables["candidatures"].frame) if "candidatures" in reading.tables else []
    subjects = [
        Subject(dossier["numero"], dossier["projet"] or "", dossier["administration"] or "")
        for dossier in dossiers if dossier["numero"]
    ]  # fmt: skip
    return Known([*_people(reading)], [*_names_of_jurors(reading).values()], subjects)


def _people(reading: Reading) -> Iterator[str]:
    for column in people_of(reading.campaign.features):
        table = reading.tables.get(column.tab)
        fields = [name for name in column.names if table is not None and name in table.frame]
        if table is not None and fields:
            for row in table.frame[fields].dropna(how="all").itertuples(index=False):
                yield " ".join(str(part) for part in row if isinstance(part, str))


def _names_of_jurors(reading: Reading) -> dict[str, str]:
    """Address → name; of a juror whose name is not in the tab, what their address says of it."""
    if "jury" not in reading.tables:
        return {}
    jury = reading.tables["jury"].frame.dropna(subset=["email"])
    of_addresses = jury["email"].str.partition("@")[0].str.replace(r"[^\w]+", " ", regex=True)
    return dict(zip(jury["email"], jury["nom"].fillna(of_addresses), strict=True))


def _rows(reading: Reading, _results: Results) -> Rows:
    return TABLE.cells(proposals_of(reading))


ROWS: Final = RobotRows(TAB, _rows)
