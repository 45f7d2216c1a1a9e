"""What we believe of Démarche Numérique and never saw live: each tried on a real démarche, which stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eig_sheets.call.applications.demarche import queries
from eig_sheets.call.applications.demarche.attachments import DownloadError, downloaded
from eig_sheets.call.applications.demarche.client import Client
from eig_sheets.call.applications.demarche.errors import DemarcheError
from eig_sheets.call.applications.demarche.queries import REASONS, SILENT_REASONS
from eig_sheets.call.applications.demarche.table import WITHOUT_ANSWER, files_of
from live_behaviours.behaviour import Behaviour, Outcome, RefutedError, Verdict, hold

Thing = Mapping[str, Any]
_SCANS = ("safe", "pending", "infected", "integrity_error")
_NOBODY = "RG9zc2llci0w"
"""The id of « Dossier-0 », which no dossier has."""


class NotSeenError(Exception):
    """The démarche has nothing that this check could look at."""


@dataclass
class Demarche:
    """A démarche, who acts in it, and a client with its token."""

    client: Client
    number: int
    instructeur: str

    def page(self, **variables: Any) -> Thing:
        """A page of its dossiers, in the order of their last change."""
        asked = {"demarcheNumber": self.number, "includeDossiers": True, "updatedSince": queries.SINCE}
        return self.client.query("getDemarche", {**asked, "includeAnotations": False, **variables})["demarche"][
            "dossiers"
        ]

    @cached_property
    def received(self) -> queries.FetchedDossiers:
        """What an import receives."""
        return queries.fetch(self.client, self.number)

    @property
    def dossiers(self) -> Sequence[Thing]:
        """Its dossiers; NotSeenError without any."""
        if not self.received.dossiers:
            raise NotSeenError("la démarche n’a aucun dossier")
        return self.received.dossiers


Check = Callable[[Demarche], str]
BEHAVIOURS: list[Behaviour] = []


def believed(expected: str, source: str, otherwise: str) -> Callable[[Check], Check]:
    """Register a check: it returns what it saw, or raises RefutedError or NotSeenError."""

    def registered(check: Check) -> Check:
        BEHAVIOURS.append(Behaviour(expected, source, otherwise, check))
        return check

    return registered


def outcome(behaviour: Behaviour, demarche: Demarche) -> Outcome:
    """Run one check; what could not be seen is unknown."""
    try:
        return Outcome(Verdict.CONFIRMED, behaviour.check(demarche))
    except RefutedError as error:
        return Outcome(Verdict.REFUTED, str(error))
    except (NotSeenError, DemarcheError, DownloadError) as error:
        return Outcome(Verdict.UNKNOWN, str(error))
    except (LookupError, ValueError, TypeError, AttributeError) as error:  # an answer of another shape
        return Outcome(Verdict.REFUTED, f"la réponse n’a pas la forme attendue ({type(error).__name__} : {error})")


def _refused(ask: Callable[[], object]) -> str:
    """What the service says when it refuses; RefutedError when it does not."""
    try:
        answer = ask()
    except DemarcheError as error:
        return str(error)
    raise RefutedError(f"accepté : {answer}")


@believed(
    "Le service connaît ses requêtes « ds-query-v2 » et refuse un nom qu’il ne connaît pas",
    "eig_sheets/call/applications/demarche/client.py",
    "aucun import ne serait possible : il faudrait envoyer le texte des requêtes",
)
def _stored_queries(demarche: Demarche) -> str:
    number = demarche.client.query("getDemarche", {"demarcheNumber": demarche.number})["demarche"]["number"]
    hold(number == demarche.number, number)
    return _refused(lambda: demarche.client.query("getNothing", {"demarcheNumber": demarche.number}))


@believed(
    "Un jeton inconnu est refusé",
    "eig_sheets/call/applications/demarche/errors.py (refusal)",
    "un jeton expiré ressemblerait à une démarche vide",
)
def _unknown_token(demarche: Demarche) -> str:
    other = Client(demarche.client.url, "jeton-inconnu", demarche.client.backoff)
    return _refused(lambda: other.query("getDemarche", {"demarcheNumber": demarche.number}))


@believed(
    "Une page a 100 dossiers au plus, même si l’on en demande davantage",
    "eig_sheets/call/applications/demarche/queries.py (PAGE)",
    "rien : les pages seraient seulement plus longues",
)
def _page_size(demarche: Demarche) -> str:
    count = len(demarche.page(first=500)["nodes"])
    hold(count <= queries.PAGE, count)
    return f"{count} dossiers"


@believed(
    "Avec « updatedSince », les dossiers viennent dans l’ordre de leur dernière modification",
    "eig_sheets/call/applications/demarche/queries.py (SINCE)",
    "un dossier modifié pourrait manquer à l’import suivant : ajouter « --full »",
)
def _order(demarche: Demarche) -> str:
    dates = [one["dateDerniereModification"] for one in demarche.page(first=100)["nodes"]]
    if len(dates) < 2:
        raise NotSeenError("il faut deux dossiers")
    hold(dates == sorted(dates), dates[:5])
    return f"{len(dates)} dossiers, de {dates[0]} à {dates[-1]}"


@believed(
    "La page qui suit un curseur commence au dossier suivant",
    "eig_sheets/call/applications/demarche/queries.py (_pages)",
    "des dossiers manqueraient, ou viendraient deux fois",
)
def _next_page(demarche: Demarche) -> str:
    whole = [one["number"] for one in demarche.page(first=2)["nodes"]]
    if len(whole) < 2:
        raise NotSeenError("il faut deux dossiers")
    first = demarche.page(first=1)
    second = demarche.page(first=1, after=first["pageInfo"]["endCursor"])
    seen = [one["number"] for page in (first, second) for one in page["nodes"]]
    hold(seen == whole, f"{seen} au lieu de {whole}")
    return f"dossiers {whole[0]} puis {whole[1]}"


@believed(
    "Après le dernier curseur, la page est vide et n’a pas de curseur",
    "eig_sheets/call/applications/demarche/queries.py (fetch)",
    "l’import de chaque nuit recevrait toujours les mêmes dossiers",
)
def _last_page(demarche: Demarche) -> str:
    cursor = demarche.received.cursor
    if cursor is None:
        raise NotSeenError("la démarche n’a aucun dossier")
    page = demarche.page(first=100, after=cursor)
    hold(not page["nodes"], f"{len(page['nodes'])} dossiers")
    return f"curseur {page['pageInfo']['endCursor']}"


@believed(
    "Les réponses d’un dossier ont pour « champDescriptorId » l’identifiant d’une question du formulaire",
    "eig_sheets/call/applications/demarche/table.py (questions_of)",
    "les colonnes ne suivraient pas leurs questions d’une révision à l’autre",
)
def _questions(demarche: Demarche) -> str:
    asked = {one["id"] for one in demarche.received.questions}
    answered = {champ["champDescriptorId"] for one in demarche.dossiers for champ in one["champs"]}
    hold(bool(asked & answered), f"{len(answered)} réponses, aucune parmi {len(asked)} questions")
    return f"{len(asked & answered)} questions sur {len(answered)}"


@believed(
    "Un dossier a des réponses des types que nous savons lire",
    "eig_sheets/call/applications/demarche/table.py",
    "une réponse d’un autre type est importée comme le texte que donne le service",
)
def _types(demarche: Demarche) -> str:
    kinds = {champ["__typename"] for one in demarche.dossiers for champ in one["champs"]}
    hold(kinds <= {*KNOWN_TYPES}, sorted(kinds - {*KNOWN_TYPES}))
    return ", ".join(sorted(kinds))


@believed(
    "Une pièce jointe se télécharge sans jeton, et a la taille et l’empreinte MD5 que dit le service",
    "eig_sheets/call/applications/demarche/attachments.py",
    "aucune pièce ne serait téléchargée",
)
def _file(demarche: Demarche) -> str:
    files = [file for one in demarche.dossiers for champ in one["champs"] for file in files_of(champ)]
    if not files:
        raise NotSeenError("aucun dossier n’a de pièce jointe")
    hold(all(file["virusScanResult"] in _SCANS for file in files), {file["virusScanResult"] for file in files})
    smallest = min(files, key=lambda file: int(file["byteSize"]))
    try:
        return f"{len(downloaded(smallest, demarche.client.url, demarche.client.backoff))} octets"
    except DownloadError as error:
        raise RefutedError(str(error)) from None


@believed(
    "Les dossiers supprimés ont une raison que nous connaissons",
    "eig_sheets/call/applications/demarche/queries.py",
    "un retrait pourrait ne pas être signalé",
)
def _deleted(demarche: Demarche) -> str:
    variables = {"demarcheNumber": demarche.number, "deletedFirst": 100, "pendingDeletedFirst": 100}
    included = {"includeDeletedDossiers": True, "includePendingDeletedDossiers": True}
    found = demarche.client.query("getDemarche", {**variables, **included})["demarche"]
    reasons = {one["reason"] for key in ("deletedDossiers", "pendingDeletedDossiers") for one in found[key]["nodes"]}
    if not reasons:
        raise NotSeenError("aucun dossier n’a été supprimé")
    hold(reasons <= {*REASONS, *SILENT_REASONS}, sorted(reasons))
    return ", ".join(sorted(reasons))


@believed(
    "L’instructeur de la configuration est trouvé à son adresse",
    "eig_sheets/call/applications/demarche/queries.py (instructeur_id)",
    "aucune décision ne pourrait être transmise : écrire son identifiant dans [demarche] instructeur",
)
def _instructeur(demarche: Demarche) -> str:
    if not demarche.instructeur:
        raise NotSeenError("[demarche] instructeur est vide")
    return queries.instructeur_id(demarche.client, demarche.number, demarche.instructeur)


@believed(
    "Une décision sur un dossier qui n’existe pas est refusée, sans effet",
    "eig_sheets/call/applications/demarche/errors.py (is_refused_before_anything)",
    "une décision refusée passerait pour incertaine, et demanderait qu’on regarde le dossier",
)
def _missing_dossier(demarche: Demarche) -> str:
    values = {"dossierId": _NOBODY, "instructeurId": _NOBODY, "disableNotification": True}
    try:
        done = demarche.client.mutate("dossierAccepter", values)
    except DemarcheError as error:
        hold(type(error) is DemarcheError, error)
        return str(error)
    hold(bool(done.errors), dict(done.payload))
    return " ; ".join(done.errors)


KNOWN_TYPES = (
    *WITHOUT_ANSWER, "TextChamp", "CheckboxChamp", "YesNoChamp", "DateChamp", "DatetimeChamp", "DecimalNumberChamp",
    "IntegerNumberChamp", "CiviliteChamp", "DropDownListChamp", "LinkedDropDownListChamp", "MultipleDropDownListChamp",
    "PieceJustificativeChamp", "RepetitionChamp", "SiretChamp", "DossierLinkChamp", "AddressChamp", "CommuneChamp",
    "DepartementChamp", "RegionChamp", "PaysChamp", "EpciChamp", "RNAChamp", "RNFChamp", "CarteChamp",
    "TitreIdentiteChamp", "EngagementJuridiqueChamp",
)  # fmt: skip
