"""What a page asks, dossier by dossier and of the whole page: each answer's id, label and choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.call.jury.pages.pages import CollectedNotes, Page, PageDossier, PageKind
from eig_sheets.campaign.reviews.typed_values import as_typed
from eig_sheets.campaign.reviews.versions import Record
from eig_sheets.text.french import typographic
from eig_sheets.workbook.tabs import OPINIONS

DEPORT: Final = "deport"
HEART: Final = "coup_de_coeur"
OPINION: Final = "avis"
COMMENT: Final = "commentaire"
PROJECT: Final = "numero"
COMMUNICABLE: Final = "communicable"
DECLARED: Final = "declared"
DECLARED_ON: Final = "declared_on"
AVAILABILITY: Final = "availability"
HALF_DAY: Final = "half_day:"
"""What the id of a half-day begins with; its text follows."""

WIDE: Final = frozenset({COMMENT, AVAILABILITY})
"""Fields whose answer is a text, in the column of labels, under its label."""
_YES_NO: Final = ("oui", "non")


@dataclass(frozen=True, slots=True)
class PageField:
    """One answer. `small` explains it; `scored`: on the scale of the page."""

    id: str
    label: str
    small: str = ""
    choices: tuple[str, ...] = ()
    scored: bool = False
    is_date: bool = False

    @property
    def is_signature(self) -> bool:
        """Whether it comes after the text of the declaration."""
        return self.id in (DECLARED, DECLARED_ON)

    @property
    def is_wide(self) -> bool:
        """Whether the answer is under its label, not beside it."""
        return self.id in WIDE


def _field(field_id: str, label: str, small: str = "", choices: tuple[str, ...] = ()) -> PageField:
    return PageField(field_id, typographic(label), typographic(small), choices)


_RECUSAL = _field(DEPORT, "Déport", "oui : vous ne notez pas ce dossier. Aucune raison n’est demandée.", ("oui",))
_COMMENT = _field(COMMENT, "Commentaire")
_PROJECT = _field(PROJECT, "Projet", "Le numéro de celui pour lequel vous l’entendez. Vide : d’aucun en particulier.")
_CANDIDATE_RECUSAL = _field(
    DEPORT, "Déport", "oui : vous ne notez pas cette personne. Aucune raison n’est demandée.", ("oui",)
)
_REMARKS = (
    _field(HEART, "Coup de cœur", "", ("oui",)),
    _field(OPINION, "Avis", "", OPINIONS),
    _COMMENT,
    _field(COMMUNICABLE, "Commentaire communicable au porteur", "Vide ou non : il reste au jury.", _YES_NO),
)
_DECLARED_RECUSAL = _field(
    DEPORT, "Déport", "oui : vous ne voulez ou ne pouvez pas noter ce dossier. Aucune raison n’est demandée.", ("oui",)
)


def dossier_fields(page: Page, dossier: PageDossier | None = None) -> tuple[PageField, ...]:
    """What is asked of each dossier, in order; of candidates, for which of the projects that this one chose."""
    if page.kind is PageKind.DECLARATION:
        return (_DECLARED_RECUSAL,)
    criteria = (
        PageField(criterion.id, criterion.label, typographic(criterion.meaning), scored=True)
        for criterion in page.criteria
    )
    if page.kind is PageKind.CANDIDATES:
        project = replace(_PROJECT, choices=dossier.chosen if dossier else ())
        return (project, *criteria, _CANDIDATE_RECUSAL, _COMMENT)
    return (*criteria, _RECUSAL, *_REMARKS)


def whole_fields(page: Page) -> tuple[PageField, ...]:
    """What is asked once, in order: availability, then the declaration."""
    if page.kind is not PageKind.DECLARATION:
        return ()
    return (
        *_availability(page.half_days),
        _field(DECLARED, "Lu et déclaré", "oui vaut signature.", ("oui",)),
        PageField(DECLARED_ON, "Date", is_date=True),
    )


def _availability(half_days: tuple[str, ...]) -> tuple[PageField, ...]:
    if half_days:
        return tuple(PageField(f"{HALF_DAY}{text}", text, "", _YES_NO) for text in half_days)
    small = "Par exemple : 04/05/2021 09:00–12:00 ; 05/05/2021 14:00–18:00. Vide : toujours."
    return (_field(AVAILABILITY, "Disponibilités", small),)


def collected_notes(records: Iterable[Record]) -> dict[str, Mapping[str, CollectedNotes]]:
    """The notes that count of each juror, by dossier."""
    by_juror: dict[str, dict[str, CollectedNotes]] = {}
    for version in (record.version for record in records):
        if version.numero and version.values:
            values = {name: as_typed(value) for name, value in version.values.items()}
            by_juror.setdefault(version.juror, {})[version.numero] = CollectedNotes(values, version.moment)
    return {**by_juror}
