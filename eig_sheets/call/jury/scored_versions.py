"""Which version of a dossier each juror scored, and the evaluations whose dossier changed since. Pure.

A juror's page says which version it described. What is typed in `Évaluations` does not: the version is the one of the
day on which the robot first saw these scores.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Result
from eig_sheets.campaign.reviews import notes_recues
from eig_sheets.storage.last_run import ScoredVersion
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.read_back import digest

DESCRIBED_BY: Final = ("projet", "administration", "resume", "fiche", "presentation", "simulation")
"""The fields of `Candidatures` that describe a dossier to its jurors.

Not the questions of the preselection: they are the officers', who may type them while jurors score.
"""


def version_of(dossier: Mapping[str, Any]) -> str:
    """The version of one dossier, from its values by field id; spaces and a missing column make no difference."""
    return digest(_text(dossier.get(field)) for field in DESCRIBED_BY)


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if pd.notna(value) else ""


def versions_of(dossiers: pd.DataFrame) -> dict[str, str]:
    """The version of each dossier of `Candidatures` as parsed, by number."""
    columns = (_read_texts(dossiers[field]) if field in dossiers else [""] * len(dossiers) for field in DESCRIBED_BY)
    return dict(zip(dossiers["numero"], map(digest, zip(*columns, strict=True)), strict=True))


def _read_texts(column: pd.Series) -> list[str]:
    """`_text` of each value of a column."""
    values = zip(column.tolist(), column.isna().tolist(), strict=True)
    return ["" if blank else " ".join(str(value).split()) for value, blank in values]


EARLIER_VERSION: Final = warning(
    "version_anterieure",
    "{value} a noté ce dossier sur une version antérieure : sa description a changé depuis. La note compte.",
    "Demandez-lui de relire le dossier et de confirmer ou corriger ses notes, puis de mettre la date du jour dans "
    "« Évalué le » ; avec sa page, de l’enregistrer de nouveau.",
)

Known = Mapping[str, ScoredVersion]
"""What each juror scored, by `key_of` the dossier and the juror."""

NOTHING_KNOWN: Final[Known] = MappingProxyType({})

OUTDATED: Final = Result[tuple[Anomaly, ...]]("outdated")
"""An anomaly for each evaluation whose dossier changed after it was scored."""


class _Scored(NamedTuple):
    """An evaluation with scores: the dossier, the juror, the row of `Évaluations`, a digest of what was typed."""

    numero: str
    jure: str
    row: int
    digest: str


def key_of(numero: str, juror: str) -> str:
    """The key of a dossier and a juror in what is kept."""
    return f"{numero}\t{juror}"


def scored_versions(reading: Reading, known: Known) -> dict[str, ScoredVersion]:
    """The version that each score typed in `Évaluations` is of: the known one, else today's if it is new.

    A juror who read the dossier again and changes nothing types another date in « Évalué le ».
    """
    if not reading.owns("candidatures"):
        return {}
    versions, scored = _versions(reading), dict[str, ScoredVersion]()
    for evaluation in _typed(reading):
        before, now = _as_known(evaluation, known), versions.get(evaluation.numero)
        if before is not None or now is not None:
            scored[key_of(evaluation.numero, evaluation.jure)] = before or ScoredVersion(evaluation.digest, now or "")
    return scored


def _versions(reading: Reading) -> dict[str, str]:
    """The version of each dossier whose whole description can be read: nobody knows whether others changed."""
    dossiers = reading.valid_rows("candidatures")
    return versions_of(dossiers[dossiers["unreadable"].map(frozenset(DESCRIBED_BY).isdisjoint).astype(bool)])


def _as_known(evaluation: _Scored, known: Known) -> ScoredVersion | None:
    before = known.get(key_of(evaluation.numero, evaluation.jure))
    return before if before is not None and before.scores == evaluation.digest else None


def _typed(reading: Reading) -> Iterator[_Scored]:
    """The evaluations of `Évaluations` that have a score."""
    criteria = [criterion.id for criterion in reading.campaign.criteria]
    rows = reading.tables["evaluations"].valid_rows
    rows = rows[rows[criteria].notna().any(axis=1)].dropna(subset=["numero", "jure"])
    typed = [*zip(*(_texts(rows[name]) for name in (*criteria, "evalue_le")), strict=True)]
    digests = {texts: digest(texts) for texts in {*typed}}
    columns = zip(rows["numero"], rows["jure"], rows["row"].tolist(), map(digests.__getitem__, typed), strict=True)
    return itertools.starmap(_Scored, columns)


def _texts(column: pd.Series) -> list[str]:
    """The text of each value of a column, '' for a blank; each distinct value is formatted once."""
    codes, distinct = pd.factorize(column)
    texts = [*map(str, distinct.astype(object)), ""]
    return [texts[code] for code in codes.tolist()]  # −1, that of a blank, is the last


def outdated(reading: Reading, known: Known) -> tuple[Anomaly, ...]:
    """An anomaly for each evaluation whose dossier changed after it was scored, in the workbook that has dossiers."""
    if not reading.owns("candidatures"):
        return ()
    return (*_outdated_in_the_sheet(reading, known), *_outdated_on_pages(reading))


def _outdated_in_the_sheet(reading: Reading, known: Known) -> Iterator[Anomaly]:
    if not known:
        return
    versions = _versions(reading)
    tab = reading.layout.tabs["evaluations"]
    for evaluation in _typed(reading):
        before = _as_known(evaluation, known)
        if before is not None and before.version != versions.get(evaluation.numero, before.version):
            yield anomaly(
                EARLIER_VERSION, tab.name, tab.cell("jure", evaluation.row), evaluation.numero, value=evaluation.jure
            )


def _outdated_on_pages(reading: Reading) -> Iterator[Anomaly]:
    notes = reading.tables.get("notes_recues")
    if notes is None:
        return
    criteria = [*reading.campaign.labels.items()]
    scores = [criterion for criterion, _ in criteria]
    versions = _versions(reading)
    rows = reading.valid_rows("evaluations")
    rows = rows[(rows["source"] == notes.layout.schema.id) & rows[scores].notna().any(axis=1)]
    counting = {*rows["row"]}
    for row in notes_recues.read_rows(notes.layout.tab, criteria):
        version = notes_recues.record_of(row).version
        now = versions.get(version.numero)
        if row.number in counting and version.described and now not in (None, version.described):
            cell = notes.layout.cell("jure", row.number)
            yield anomaly(EARLIER_VERSION, notes.layout.name, cell, version.numero, value=version.juror)
