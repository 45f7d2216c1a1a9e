"""The register of what is kept where, about whom, why and until when: one entry each, for documents and commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from eig_sheets.features.privacy.disposal import start_of
from eig_sheets.features.privacy.people_tabs import tabs_under
from eig_sheets.features.privacy.produced_files import PRODUCED
from eig_sheets.features.privacy.state_files import STATE
from eig_sheets.personal_data import Fate, Holding, Place, Start
from eig_sheets.registry import Features


def _typed(features: Features, id_: str, period: str, *, what: str, about: str, purpose: str) -> Holding:
    """What people type of one period: its tabs are those of `personal_tabs`."""
    return Holding(
        id_,
        Place.WORKBOOK,
        f"le ou les classeurs partagés : {', '.join(tabs_under(period, features))}",
        (),
        what,
        about,
        purpose,
        Fate.BY_PEOPLE,
        period,
        start_of(period),
        why_kept="Le robot ne touche à aucune cellule saisie : « eig-sheets archives cells » en donne la liste exacte.",
        writers=("eig_sheets.spreadsheet.xlsx", "eig_sheets.spreadsheet.google", "eig_sheets.spreadsheet.grist"),
    )


def _shown(id_: str, period: str, tabs: str, what: str, about: str, purpose: str) -> Holding:
    """Tabs of the robot of one period."""
    return Holding(
        id_,
        Place.WORKBOOK,
        f"les onglets du robot : {tabs}",
        (),
        what,
        about,
        purpose,
        Fate.BY_PEOPLE,
        period,
        start_of(period),
        why_kept="Refaits à chaque synchronisation d’après vos onglets, ou registres que vous versez ou supprimez.",
        writers=("eig_sheets.run",),
    )


def _people_type(features: Features) -> Iterator[Holding]:
    yield _typed(
        features,
        "classeur",
        "dossiers",
        what="noms, adresses, décisions, commentaires ; de Talents, les lignes des candidats retenus",
        about="porteurs, mentors, contacts, visiteurs, agents, candidats retenus",
        purpose="instruire l’appel, décider, suivre les projets",
    )
    yield _typed(
        features,
        "classeur_jury",
        "jury",
        what="noms, adresses, notes, avis, commentaires, déclarations",
        about="jurés",
        purpose="noter",
    )
    yield _typed(
        features,
        "classeur_envois",
        "sendings",
        what="destinataires et textes des messages (aux candidats non retenus : comme leurs candidatures) ; qui a fait "
        "une demande",
        about="porteurs, jurés, agents",
        purpose="prévenir",
    )


_WORKBOOK: Final = (
    Holding(
        "colonnes_auteurs",
        Place.WORKBOOK,
        "dans Grist, les colonnes « … saisie par », « Validé par », « Confirmé par »",
        (),
        "adresse du compte qui a saisi une décision, un accord ou une demande, et quand",
        "agents",
        "ne tenir pour décidé que ce qu’un responsable a saisi",
        Fate.BY_PEOPLE,
        "dossiers",
        start_of("dossiers"),
        why_kept="Sans elles, aucune décision ne compte plus : elles partent avec le document.",
        writers=("eig_sheets.spreadsheet.grist",),
    ),
    _shown(
        "onglets_robot",
        "dossiers",
        "Accueil, Classement, Cofinancement, Éligibilité, Anomalies, Modifications reçues, Planning des auditions, "
        "Journal…",
        "noms de projets, de porteurs, de jurés ; valeurs reçues",
        "porteurs, jurés",
        "montrer les résultats",
    ),
    _shown(
        "onglets_robot_jury",
        "jury",
        "Affectations, Grilles, Notes reçues, Déclarations reçues",
        "adresses des jurés, notes, avis, commentaires, déclarations",
        "jurés",
        "recueillir les notes",
    ),
    _shown(
        "onglets_robot_envois",
        "sendings",
        "Envois, E-mails archivés, Réponses ; dans Grist, la table de service EIG_Robot",
        "identifiants et textes d’e-mails, qui a fait une demande",
        "porteurs, jurés, candidats, agents",
        "empêcher qu’un e-mail parte deux fois, répondre aux demandes",
    ),
)

_ELSEWHERE: Final = (
    Holding(
        "grilles_en_ligne",
        Place.ELSEWHERE,
        "Google Drive, dossier [jury] drive_folder : une feuille par juré (« jury ballots --share »)",
        (),
        "adresse du juré, notes, avis, commentaires, déclaration",
        "jurés",
        "recueillir les notes",
        Fate.BY_PEOPLE,
        "jury",
        why_kept="Ces feuilles sont le travail des jurés : l’équipe les archive ou les supprime dans Drive.",
        writers=("eig_sheets.spreadsheet.google",),
    ),
    Holding(
        "messages_envoyes",
        Place.ELSEWHERE,
        "la boîte d’envoi et le serveur de messagerie ([smtp], [imap], [gmail])",
        (),
        "les messages envoyés ou déposés en brouillon",
        "porteurs, jurés, candidats",
        "prévenir",
        Fate.BY_PEOPLE,
        "sendings",
        why_kept="Le robot n’a pas accès à ce qui est parti.",
        writers=("eig_sheets.emails.outlets",),
    ),
    Holding(
        "rapport_erreur",
        Place.ELSEWHERE,
        "dossier temporaire du système",
        ("eig-sheets-erreur-*.txt",),
        "types des erreurs et lignes du programme",
        "personne",
        "corriger un défaut du programme",
        Fate.NOTHING_PERSONAL,
        writers=("eig_sheets.cli.crash_report",),
    ),
    Holding(
        "apercu",
        Place.ELSEWHERE,
        "dossier temporaire du système",
        ("eig-sheets-*/message.html",),
        "un message, ouvert par « emails show --open »",
        "son destinataire",
        "relire avant de valider",
        Fate.BY_PEOPLE,
        "copies",
        Start.MADE,
        why_kept="Le système vide ce dossier lui-même.",
        writers=("eig_sheets.cli.emails.preview",),
    ),
    Holding(
        "configuration",
        Place.ELSEWHERE,
        "config/campaign.toml, config/emails/",
        ("campaign.toml", "*.md", "eig-sheets.cmd"),
        "adresses du contact et des agents (officers, allowed, never)",
        "agents",
        "dire qui décide, qui signe, à qui ne jamais écrire",
        Fate.BY_PEOPLE,
        "dossiers",
        why_kept="C’est le fichier de l’équipe.",
        writers=("eig_sheets.config.mapping_toml", "eig_sheets.sample"),
    ),
)


@cache
def register_of(features: Features) -> tuple[Holding, ...]:
    """Every entry, place by place; in each, those of the call itself come first, then feature by feature.

    A feature that a call turned off may have left something there before: its entries stay.
    """
    of_the_call = (*STATE, *PRODUCED, *_people_type(features), *_WORKBOOK, *_ELSEWHERE)
    of_features = (*features.parts(Holding), *features.parts_off(Holding))
    places = [*Place]
    return tuple(sorted((*of_the_call, *of_features), key=lambda holding: places.index(holding.place)))


def by_id(features: Features) -> dict[str, Holding]:
    """Every entry by its id."""
    return {holding.id: holding for holding in register_of(features)}


def of_candidates(holding: Holding, features: Features) -> Holding:
    """The entry for what is of candidates, of which other periods rule; the same where the program has none."""
    return by_id(features).get(f"{holding.id}_talents", holding)


def kept_in(place: Place, features: Features) -> tuple[Holding, ...]:
    """The entries of one place."""
    return tuple(holding for holding in register_of(features) if holding.place is place)


def holding_named(holdings: Iterable[Holding], name: str) -> Holding | None:
    """The first that a file of this relative name, with « / », belongs to."""
    return next((holding for holding in holdings if any(_matches(name, one) for one in holding.patterns)), None)


def _matches(name: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", "[^/]*"), name) is not None
