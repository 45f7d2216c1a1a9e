"""The tab `Planning des auditions`: when and by whom each dossier is heard; what it rests on, whom it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from eig_sheets.campaign.dependencies import Act, FeatureAct, columns_of
from eig_sheets.campaign.reading_parts import HalfDays
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.config import Campaign
from eig_sheets.features.auditions.settings import half_days
from eig_sheets.personal_data import Fate, Holding, Place, Start
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.text.french import typographic
from eig_sheets.workbook.cells import sentence
from eig_sheets.workbook.quoting import for_officers
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.table import Col, Table

TAB: Final = "auditions"
_MINUTE: Final = "%Y-%m-%d %H:%M"


class AuditionStatus(StrEnum):
    """The status of an audition, as the tab shows it."""

    PROPOSED = "proposé"
    DECIDED = "décidé"  # « Audition décidée » says so
    CONVENED = "convoqué"  # and its applicants were told
    TO_MOVE = "à déplacer"  # « Audition décidée » says another hour, which somebody forced to move
    UNPLACED = "sans créneau"


@dataclass(frozen=True, slots=True)
class RecordedAudition:
    """The recorded audition of a dossier: when, and by which group it is heard.

    `replaces`: the hour that people decided and that this one is to take the place of.
    """

    numero: str
    start: datetime
    end: datetime
    group: str
    replaces: datetime | None = None

    @property
    def checksum(self) -> str:
        """Checksum that shows whether somebody edited the row, then the hour that it replaces, if any."""
        replaced = f"{self.replaces:{_MINUTE}}" if self.replaces else ""
        cells = (self.numero, f"{self.start:{_MINUTE}}", f"{self.end:{_MINUTE}}", self.group, replaced)
        return f"{digest(cells)} {replaced}".rstrip()


@dataclass(frozen=True, slots=True)
class PlannedAudition:
    """One row of the tab. `heard`: when and by whom, None without a slot; the rest is as the other tabs now say."""

    numero: str
    status: AuditionStatus
    heard: RecordedAudition | None = None
    project: str | None = None
    administration: str | None = None
    porteur: str | None = None
    present: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedTimetable:
    """The recorded auditions, by dossier: when it is heard, or why it has no slot."""

    heard: Mapping[str, RecordedAudition] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


NO_TIMETABLE: Final = RecordedTimetable()


def reason_checksum(numero: str, reason: str) -> str:
    """Checksum that shows whether somebody edited the row of a dossier without a slot."""
    return digest((numero, reason))


def _remarks(row: PlannedAudition) -> str:
    return for_officers(sentence(row.remarks) or "")


def _names(people: Sequence[str]) -> str | None:
    return typographic(" ; ".join(people)) or None


TABLE: Final = Table[PlannedAudition](
    Col("start", value=lambda row: row.heard and row.heard.start, tab=Column("Début", Format.DATETIME, 18)),
    Col("end", value=lambda row: row.heard and row.heard.end, tab=Column("Fin", Format.DATETIME, 18)),
    Col("group", value=lambda row: (row.heard and row.heard.group) or None, tab=Column("Groupe", width=10)),
    Col("numero", tab=Column("N° de dossier", width=15)),
    Col("project", tab=Column("Nom du projet", width=28)),
    Col("administration", tab=Column("Administration d’accueil", width=30)),
    Col("porteur", tab=Column("Porteur de projet", width=24)),
    Col("present", value=lambda row: _names(row.present), tab=Column("Jurés présents", Format.WRAPPED, 40)),
    Col(
        "leaving", value=lambda row: _names(row.leaving),
        tab=Column(
            "Se retirent", Format.WRAPPED, 26, note="Ils se déportent de ce dossier : ils sortent pour son audition."
        ),
    ),
    Col(
        "status", value=lambda row: str(row.status),
        tab=Column(
            "Statut", width=14,
            tones=(
                (AuditionStatus.DECIDED, Tone.GOOD), (AuditionStatus.CONVENED, Tone.GOOD),
                (AuditionStatus.TO_MOVE, Tone.DOUBT), (AuditionStatus.UNPLACED, Tone.BAD),
            ),
            note="proposé : saisissez le Début en « Audition décidée » de Candidatures, et il est décidé. convoqué : "
            "la convocation est partie. à déplacer : une nouvelle heure est proposée, saisissez-la de même.",
        ),
    ),
    Col("remarks", value=lambda row: _remarks(row) or None, tab=Column("Remarque", Format.WRAPPED, 60)),
    Col(
        "checksum",
        value=lambda row: row.heard.checksum if row.heard else reason_checksum(row.numero, _remarks(row)),
        tab=Column(
            "Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True
        ),
    ),
)  # fmt: skip
ROBOT_TAB: Final = RobotTab(TAB, "Planning des auditions", lambda *_: TABLE.sheet_columns, optional=True)


def _columns(campaign: Campaign) -> Iterator[tuple[str, Iterable[str]]]:
    yield from columns_of(campaign, Act.ELIGIBILITY).items()
    yield "jury", ("email", "deports", "organisation", "groupe", "disponibilites")
    yield "candidatures", ("audition", "porteur_projet", "email_porteur")
    yield from (("evaluations", ("numero", "jure", "deport")), ("notes_recues", ("numero", "jure", "deport")))


TIMETABLE: Final = FeatureAct(_columns, (("jury", ("disponibilites",), "ce juré n’est pas convoqué"),))
"""To plan auditions, or to check how they are planned."""

ACTION: Final = FeatureAction(
    id="planning",
    label="Planning des auditions",
    place="eig_sheets.features.auditions.commands:answer_request",
    acts=(TIMETABLE,),
)


AGENDAS: Final = Holding(
    "agendas",
    Place.PRODUCED,
    "*.ics (« jury schedule --ics »)",
    ("*.ics", "*/*.ics"),
    "auditions de chaque juré, ou de tous",
    "jurés, porteurs",
    "tenir les auditions",
    Fate.PURGED,
    "copies",
    Start.MADE,
    writers=("eig_sheets.emails.outlets.eml",),
)
HALF_DAYS: Final = HalfDays(half_days)
