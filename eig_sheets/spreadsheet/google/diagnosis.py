"""Findings about a Google Sheet, from what one reading answers: account, sharing, what may be edited, quota. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, ok
from eig_sheets.text.french import listed_first, plural

KEY: Final = "Clé du robot"
SCOPES: Final = "Portée"
SHARING: Final = "Partage"
WRITING: Final = "Écriture"
QUOTA: Final = "Quota"
FIELDS: Final = "sheets(properties.title,protectedRanges(description,requestingUserCanEdit,warningOnly))"
"""The field mask of the reading. A protection tells who asks whether they may edit what it protects."""
_OURS: Final = "eig-sheets"
_PER_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Protection:
    """A protection: its tab, its description, whether the robot may edit what it protects."""

    tab: str
    description: str
    editable: bool

    @property
    def is_ours(self) -> bool:
        """Whether the robot made it."""
        return self.description.startswith(_OURS)


def protections(answer: dict[str, Any]) -> list[Protection]:
    """The protections in the answer of that reading, without those that only warn."""
    return [
        Protection(
            sheet["properties"]["title"], area.get("description", ""), bool(area.get("requestingUserCanEdit", False))
        )
        for sheet in answer.get("sheets", ())
        for area in sheet.get("protectedRanges", ())
        if not area.get("warningOnly")
    ]


def of_key(account: str | None, path: str) -> Finding:
    """The finding about credentials that Google accepted."""
    where = f"La clé du fichier {path} est acceptée" if path else "Les identifiants de cette machine sont acceptés"
    return ok(KEY, f"{where} par Google{f', pour {account}' if account else ''}.")


def of_scopes(scopes: Sequence[str]) -> Finding:
    """The finding about the scopes that Google granted."""
    names = " et ".join(f"« {scope.rpartition('/')[2]} »" for scope in scopes)
    return ok(SCOPES, f"Le robot a reçu le droit {names}, et n’en demande pas d’autre pour ce classeur.")


def of_sharing(account: str | None) -> Finding:
    """The finding about a spreadsheet that could be read."""
    return ok(SHARING, f"Le classeur est partagé avec {_robot(account)}, qui le lit.")


def of_writing(protections: Sequence[Protection], account: str | None) -> Iterator[Finding]:
    """Findings about the right to write, from protections: Google tells no more without a write."""
    role = f"Dans « Partager », vérifiez que {_robot(account)} est « Éditeur »."
    if not protections:
        yield attention(
            WRITING,
            "Le classeur n’a encore aucune protection du robot : sans écrire, Google ne dit pas s’il peut le modifier.",
            f"{role} « eig-sheets init » le dira.",
        )
        return
    closed = [protection for protection in protections if not protection.editable]
    if len(closed) == len(protections):
        yield error(WRITING, f"{_robot(account)} ne peut modifier aucune des plages protégées du classeur.", role)
        return
    yield ok(WRITING, f"{_robot(account)} peut modifier le classeur.")
    ours, theirs = [area for area in closed if area.is_ours], [area for area in closed if not area.is_ours]
    yield from _closed_tabs(ours, theirs, account)


def _closed_tabs(ours: Sequence[Protection], theirs: Sequence[Protection], account: str | None) -> Iterator[Finding]:
    remedy = (
        f"Dans « Données > Protéger des feuilles et des plages », ajoutez-y {_robot(account)} aux personnes autorisées"
    )
    if ours:
        yield error(WRITING, f"{_protected(ours)} fermée au robot, qui l’a posée.", f"{remedy}.")
    if theirs:
        yield attention(WRITING, f"{_protected(theirs)} fermée au robot.", f"{remedy}, si le robot doit y écrire.")


def _protected(protections: Sequence[Protection]) -> str:
    tabs = [*dict.fromkeys(f"« {protection.tab} »" for protection in protections)]
    return f"Dans {listed_first(tabs)}, une plage protégée est"


def of_quota(reads: int) -> Finding:
    """The finding about the readings of a sync, compared with the quota of an account."""
    return ok(
        QUOTA,
        f"Une synchronisation coûte {plural(reads, 'lecture')} ; quand elle écrit, une écriture et une lecture de plus "
        f"(de ce qu’elle a écrit), sur {_PER_MINUTE} de chaque par minute pour ce compte.",
    )


def _robot(account: str | None) -> str:
    return account or "le compte du robot"
