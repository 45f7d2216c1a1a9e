"""Open points when the jury deliberates: dossiers and notes left out, doubtful recusals, reserves. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.eligibilite import reasons
from eig_sheets.call.scoring.rules_proposals import Condition
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.merged_evaluations import says_something
from eig_sheets.campaign.reviews.recusals import RecusalSource, of_source, recusals_of
from eig_sheets.spreadsheet.model.cell_names import between, name_of
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.text.french import listed, plural, typographic
from eig_sheets.workbook.anomalies import Anomaly, Severity
from eig_sheets.workbook.parse import Table

LEFT_ASIDE: Final = "laisse_de_cote"
"""The reason why a received dossier has no rank when every row of it is left out."""
_RECUSAL_FIELDS: Final = {"jury": ("deports",), "evaluations": ("deport",), "notes_recues": ("deport",)}

_DOUBTFUL: Final = "Un déport du juré semble désigner ce dossier : confirmez-le ou corrigez-le dans « Jury »."


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is not settled: about which dossier ('' for none), by its name; which juror, if any; why.

    `place`: the cell, as « Candidatures!A12 »; '' where no single cell is at fault.
    """

    numero: str
    name: str
    why: str
    place: str = ""
    juror: str = ""
    administration: str = ""

    @property
    def text(self) -> str:
        """Why, with the cell."""
        return f"{self.place} : {self.why}" if self.place else self.why


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """Every open point. `received`: how many distinct dossiers; `dossiers`: those of them that no result counts.

    `unnumbered`: rows of dossiers whose number cannot be read: nobody knows how many dossiers they are. `evaluations`:
    those that do not count. `recusals`: what may mean that a juror steps aside. `reserves`: what the dossiers that are
    proposed « sous réserve » lack.
    """

    received: int
    dossiers: tuple[OpenPoint, ...]
    unnumbered: tuple[OpenPoint, ...]
    evaluations: tuple[OpenPoint, ...]
    recusals: tuple[OpenPoint, ...]
    reserves: tuple[OpenPoint, ...]


def received_numbers(reading: Reading) -> list[str]:
    """The numbers of the dossiers that were received, each once, including those left aside."""
    return [str(numero) for numero in reading.tables["candidatures"].frame["numero"].dropna().unique()]


def left_aside(reading: Reading) -> tuple[OpenPoint, ...]:
    """The dossiers that were received and count in no result, since every row of theirs is left out."""
    counted = {*reading.valid_rows("candidatures")["numero"]}
    return tuple(point for point in _aside(reading) if point.numero and point.numero not in counted)


def open_points(reading: Reading, results: Results) -> OpenPoints:
    """The open points of a reading and its results."""
    return OpenPoints(
        len(received_numbers(reading)),
        left_aside(reading),
        tuple(point for point in _aside(reading) if not point.numero),
        (*_evaluations(reading, results),),
        (*_recusals(reading),),
        (*reserves_of(reading, results),),
    )


def sentences(points: OpenPoints) -> Iterator[str]:
    """One line each, for whoever is about to write the minutes: first how many dossiers, then what stands open."""
    yield counts_text(points)
    for label, some in (
        ("Dossier laissé de côté", (*points.dossiers, *points.unnumbered)),
        ("Évaluation qui ne compte pas", points.evaluations),
        ("Déport à trancher", points.recusals),
        ("Sous réserve", points.reserves),
    ):
        for point in some:
            about = " – ".join(filter(None, (point.numero, point.name, point.juror)))
            yield typographic(f"• {label}{f' ({about})' if about else ''}. {point.text}")


def counts_text(points: OpenPoints) -> str:
    """How many dossiers were received, and how many points of each kind stand open."""
    aside = f", dont {plural(len(points.dossiers), 'laissé', 'laissés')} de côté" if points.dossiers else ""
    kinds = (
        (points.unnumbered, "ligne sans numéro lisible", "lignes sans numéro lisible"),
        (points.evaluations, "évaluation qui ne compte pas", "évaluations qui ne comptent pas"),
        (points.recusals, "déport à trancher", "déports à trancher"),
        (points.reserves, "dossier sous réserve", "dossiers sous réserve"),
    )
    counts = [plural(len(some), *words) for some, *words in kinds if some]
    left = f"À regarder : {listed(counts)}." if counts else "Rien d’autre n’est ouvert."
    return typographic(f"{plural(points.received, 'dossier reçu', 'dossiers reçus')}{aside}. {left}")


def _aside(reading: Reading) -> Iterator[OpenPoint]:
    """The rows of `Candidatures` that are left out, a dossier once."""
    table = reading.tables["candidatures"]
    rows = table.frame[table.frame["row"].isin(table.blocked)]
    causes = _causes(reading, table)
    for row in _records(rows[rows["numero"].isna() | ~rows["numero"].duplicated()]):
        place, why = causes.get(row["row"], (_reference(table, row["row"]), "une anomalie bloque sa ligne."))
        host = row["administration"] or ""
        yield OpenPoint(row["numero"] or "", row["projet"] or "", why, place, administration=host)


def _evaluations(reading: Reading, results: Results) -> Iterator[OpenPoint]:
    """The evaluations that say something and do not count: their row is left out, or a note is missing."""
    counted = {*results.of(SCORES).evaluations[["numero", "jure"]].itertuples(index=False, name=None)}
    names, projects = _jurors(reading), _projects(reading)
    for table in reading.review_tables:
        causes = _causes(reading, table)
        filled = {*table.frame.loc[says_something(table), "row"]}
        for row in _records(table.frame[table.frame["row"].isin(table.blocked)]):
            is_replaced = (row["numero"], row["jure"]) in counted
            if not is_replaced and (row["row"] in causes or row["row"] in filled):
                waiting = (_reference(table, row["row"]), "son dossier est laissé de côté.")
                place, why = causes.get(row["row"], waiting)
                yield _evaluation(row, names, projects, why, place)
    yield from _incomplete(reading, results, names, projects)


def _incomplete(
    reading: Reading, results: Results, names: Mapping[str, str], projects: Mapping[str, str]
) -> Iterator[OpenPoint]:
    labels = reading.campaign.labels
    incomplete = results.of(SCORES).evaluated["status"] == EvaluationStatus.INCOMPLETE
    for row in _records(results.of(SCORES).evaluations[incomplete]):
        missing = [
            label for criterion, label in labels.items() if row[criterion] is None and not row[f"{criterion}_nsp"]
        ]
        if len(missing) < len(labels):  # else nobody began it: it is awaited
            layout = reading.layout_of(row["source"])
            place = layout.reference("jure", int(row["row"])) or ""
            lacking = listed([f"« {label} »" for label in missing])
            yield _evaluation(row, names, projects, f"il manque {lacking}.", place)


def _evaluation(
    row: Mapping[str, Any], names: Mapping[str, str], projects: Mapping[str, str], why: str, place: str
) -> OpenPoint:
    numero, juror = row["numero"] or "", row["jure"] or ""
    name = names.get(juror, juror)
    return OpenPoint(numero, projects.get(numero, ""), why.replace(juror, name) if juror else why, place, name)


def _recusals(reading: Reading) -> Iterator[OpenPoint]:
    """Possible recusals: a wrong cell of a déport, or a doubtful pair that no anomaly mentions."""
    names, projects, told = _jurors(reading), _projects(reading), list[tuple[str, str]]()
    for anomaly in reading.anomalies:
        for cell in anomaly.cells or (anomaly.cell or "",):
            if cell and _is_of_a_recusal(reading, anomaly, cell):
                juror, numero = _juror_of(reading, anomaly.tab, parse_a1(cell)[0]), anomaly.dossier or ""
                told.append((juror, anomaly.message))
                place, name = _place(reading, anomaly.tab, cell), projects.get(numero, "")
                yield OpenPoint(numero, name, anomaly.message, place, names.get(juror, juror))
    for numero, juror in of_source(recusals_of(reading), RecusalSource.DOUBTFUL):
        if not any(whose == juror and numero in message for whose, message in told):
            yield OpenPoint(numero, projects.get(numero, ""), _DOUBTFUL, juror=names.get(juror, juror))


def _is_of_a_recusal(reading: Reading, anomaly: Anomaly, cell: str) -> bool:
    column = parse_a1(cell)[1]
    tables = ((tab_id, reading.tables.get(tab_id)) for tab_id in _RECUSAL_FIELDS)
    return any(
        table is not None
        and table.layout.name == anomaly.tab
        and column in {table.layout.columns.get(field) for field in _RECUSAL_FIELDS[tab_id]}
        for tab_id, table in tables
    )


def _juror_of(reading: Reading, tab: str, row: int) -> str:
    """The address of the juror of a row of `Jury`, or of an evaluation; '' where it cannot be read."""
    for table, field in (*((reviews, "jure") for reviews in reading.review_tables), (reading.tables["jury"], "email")):
        if table.layout.name == tab:
            addresses = table.frame.loc[table.frame["row"] == row, field].dropna()
            return str(addresses.iloc[0]) if len(addresses) else ""
    return ""


def reserves_of(reading: Reading, results: Results) -> Iterator[OpenPoint]:
    """What each dossier that is proposed « sous réserve » lacks, in official order."""
    projects = _projects(reading)
    for row in _records(results.of(SCORES).ranking[results.of(SCORES).ranking["proposal_reserves"].str.len() > 0]):
        yield OpenPoint(row["numero"], projects.get(row["numero"], ""), _reserve_text(reading, results, row))


def _reserve_text(reading: Reading, results: Results, row: Mapping[str, Any]) -> str:
    """What a dossier proposed « sous réserve » lacks; `row`: its row of the ranking."""
    lacking = []
    if Condition.FEW_REVIEWS in row["proposal_reserves"]:
        wanted = reading.campaign.scoring.min_reviews
        complete = plural(int(row["reviews"]), "évaluation complète", "évaluations complètes")
        lacking.append(f"{complete}, pour {wanted} au moins")
    if Condition.TO_REVIEW in row["proposal_reserves"]:
        lacking.append(f"éligibilité à instruire : {_unsettled(reading, results, row['numero'])}")
    return typographic(f"{' ; '.join(lacking)}.")


def _unsettled(reading: Reading, results: Results, numero: str) -> str:
    """What makes the eligibility of a dossier unsettled, each with its cell."""
    at = results.of(APPLICATIONS).dossiers["numero"] == numero
    layout, line = reading.layout_of("candidatures"), int(results.of(APPLICATIONS).dossiers.loc[at, "row"].iloc[0])
    unsettled = []
    for coded in results.of(APPLICATIONS).eligibility.loc[at, "reasons"].iloc[0]:
        cell = layout.reference(coded[1], line)
        unsettled.append(f"{reasons((coded,), layout.header)[0]}{f' ({cell})' if cell else ''}")
    return ", ".join(unsettled)


def _causes(reading: Reading, table: Table) -> dict[int, tuple[str, str]]:
    """The cell and the sentence of the first anomaly that leaves out each row of a table."""
    causes: dict[int, tuple[str, str]] = {}
    for anomaly in reading.anomalies:
        if anomaly.severity is Severity.BLOCKING and anomaly.tab == table.layout.name:
            for cell in anomaly.cells or (anomaly.cell or "",):
                if cell:
                    causes.setdefault(parse_a1(cell)[0], (_place(reading, anomaly.tab, cell), anomaly.message))
    return causes


def _place(reading: Reading, tab: str, cell: str) -> str:
    return f"{tab}{between(by_id=reading.snapshot.capabilities.row_ids)}{name_of(cell, tab, reading.snapshot)}"


def _reference(table: Table, row: int) -> str:
    return table.layout.reference(table.layout.schema.key, row) or table.layout.name


def _jurors(reading: Reading) -> dict[str, str]:
    jurors = reading.tables["jury"].frame.dropna(subset=["email", "nom"])
    return dict(zip(jurors["email"], jurors["nom"], strict=True))


def _projects(reading: Reading) -> dict[str, str]:
    named = reading.tables["candidatures"].frame.dropna(subset=["numero", "projet"])
    return dict(zip(named["numero"], named["projet"], strict=True))


def _records(table: pd.DataFrame) -> Sequence[Mapping[str, Any]]:
    complete = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in complete.to_dict("records")]
