"""What officers may ask for in a call: the actions of the call itself, then those that its features do. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.campaign.reviews.subjects import second_subject
from eig_sheets.campaign.tabs import NameErrors
from eig_sheets.config import Campaign
from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.domain.parts import Part
from eig_sheets.features.requests.rules import Action
from eig_sheets.features.requests.rules_steps import Permissions
from eig_sheets.features.requests.settings import RequestSettings
from eig_sheets.text.french import asserted, plain
from eig_sheets.workbook.schema import Schema

LABELS: Final[Mapping[str, str]] = {
    Action.SYNC: "Synchroniser",
    Action.IMPORT: "Importer",
    Action.UNDO: "Défaire l’import",
    Action.DRAFTS: "Préparer les brouillons",
    Action.REPORT: "Rapport du jury",
    Action.MINUTES: "Procès-verbal",
    Action.ASSIGN: "Affectations des jurés",
    Action.BALLOTS: "Grilles des jurés",
    Action.COLLECT: "Relever les grilles",
    Action.ASSIGN_CANDIDATES: "Affectations des candidats",
    Action.BALLOTS_CANDIDATES: "Grilles des candidats",
    Action.COLLECT_CANDIDATES: "Relever les grilles des candidats",
    Action.EXPLAIN: "Expliquer un dossier",
    Action.SELECT: "Sélection",
    Action.FINANCE: "Tableau de co-financement",
    Action.SEND: "Envoyer ce qui est validé",
    Action.SETTLE: "Trancher un envoi incertain",
    Action.ARCHIVE: "Ranger les brouillons obsolètes",
}
"""Labels of the call's own actions in the drop-down."""
_OF_A_SECOND_JURY: Final = (Action.ASSIGN_CANDIDATES, Action.BALLOTS_CANDIDATES, Action.COLLECT_CANDIDATES)
_OF_TALENTS: Final = (
    Action.SYNC,
    Action.IMPORT,
    Action.UNDO,
    Action.DRAFTS,
    *_OF_A_SECOND_JURY,
    Action.SEND,
    Action.SETTLE,
    Action.ARCHIVE,
)
"""Those of them that the candidates' workbook has, where what is about dossiers is not offered."""


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions of a call.

    `labels`: of all that the program knows, by their ids. `offered`: the ids of those that the call offers, in the
    order of the drop-down.
    """

    labels: Mapping[str, str]
    offered: tuple[str, ...]

    def label(self, action: str) -> str:
        """The label of an action; the id of one that the program does not have any more."""
        return self.labels.get(action, action)

    def named(self, typed: str) -> str | None:
        """The action that a text names, whatever its case, accents and spaces."""
        word = asserted(typed)
        return next(
            (action for action, label in self.labels.items() if word in (plain(label), asserted(label), plain(action))),
            None,
        )


def known_labels(campaign: Campaign) -> dict[str, str]:
    """The labels of all actions that the program knows, those of features that the call turns off included."""
    features = campaign.features
    added = (*features.parts(FeatureAction), *features.parts_off(FeatureAction))
    return {**LABELS, **{part.id: part.label for part in added}}


def actions_of(campaign: Campaign) -> Actions:
    """The actions of a call."""
    added = campaign.features.parts(FeatureAction)
    unused = {Action.FINANCE} if campaign.cofinancing.rule == "none" else set[str]()
    unused |= set() if campaign.part.has_talents and second_subject(campaign) else {*_OF_A_SECOND_JURY}
    done = (*(action for action in LABELS if action not in unused), *(part.id for part in added))
    of_talents = (*_OF_TALENTS, *(part.id for part in added if part.of_candidates))
    here = of_talents if campaign.part is Part.TALENTS else done
    wanted = campaign.section(RequestSettings).actions
    offered = done if wanted is None else (action for action in wanted if action in done)
    return Actions(known_labels(campaign), tuple(str(action) for action in offered if action in here))


def permissions_of(campaign: Campaign) -> Permissions:
    """What may be asked for, and by whom."""
    by = campaign.section(RequestSettings).by
    names = {action: frozenset(map(plain, allowed)) for action, allowed in by.items()}
    return Permissions(frozenset(actions_of(campaign).offered), names)


def _name_errors(campaign: Campaign, _everything: Schema) -> Iterator[str]:
    settings, known = campaign.section(RequestSettings), [*known_labels(campaign)]
    yield from unknown_name_errors("requests.actions", settings.actions or (), known)
    yield from unknown_name_errors("requests.by", [*settings.by], known)


NAMES: Final = NameErrors(_name_errors)
