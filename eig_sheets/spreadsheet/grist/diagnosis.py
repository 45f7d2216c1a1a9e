"""Findings about a Grist document, from what its server answers: key, role, access rules, people, versions. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist import access
from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.error_messages import GUIDE, KEY_FILE_VARIABLE, KEY_VARIABLE
from eig_sheets.spreadsheet.grist.readers import EDITORS, OWNERS, VIEWERS, roles_of
from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, ok
from eig_sheets.text.french import listed_first, plural

KEY: Final = "Clé du robot"
ROLE: Final = "Rôle du robot"
READING: Final = "Lecture"
PEOPLE: Final = "Responsables"
RULES: Final = "Règles d’accès"
VERSION: Final = "Version de Grist"
_TESTED_SCHEMA: Final = 46
_TESTED_VERSION: Final = "grist-core 1.7.17"
_ROLES: Final = {OWNERS: "propriétaire", EDITORS: "éditeur", VIEWERS: "lecteur"}


def of_key(account: str, environment: Mapping[str, str]) -> Finding:
    """The finding about a key that the server accepts."""
    path = environment.get(KEY_FILE_VARIABLE)
    where = f"du fichier {path}, que vous seul pouvez lire," if path else f"de la variable {KEY_VARIABLE}"
    return ok(KEY, f"La clé {where} est celle de {account}.")


def of_role(role: str, account: str) -> Finding:
    """The finding about the role of the robot: only an owner can download the document and write access rules."""
    if role == OWNERS:
        return ok(ROLE, f"{account} est propriétaire du document : le robot peut le lire, l’écrire et le protéger.")
    return error(
        ROLE,
        f"{account} est {_ROLES.get(role, role)} du document : le robot ne peut ni le lire d’un seul tenant, ni poser "
        "ses règles d’accès.",
        "Ouvrez le document, « Partager > Gérer les utilisateurs », et donnez-lui le rôle « Propriétaire » : voir "
        f"{GUIDE}.",
    )


def of_people(shared: Mapping[str, Any], officers: Sequence[str]) -> Iterator[Finding]:
    """The officers of the configuration who cannot edit the document."""
    if not officers:
        return
    roles = roles_of(shared)
    kept_out = [officer for officer in officers if roles.get(officer.strip().lower(), "") not in (OWNERS, EDITORS)]
    if kept_out:
        who, verb = listed_first(kept_out), "peut" if len(kept_out) == 1 else "peuvent"
        yield attention(
            PEOPLE,
            f"{who}, que nomme [workbook] officers, ne {verb} pas modifier le document.",
            "Partagez-le avec chaque responsable, comme « Éditeur », ou corrigez la configuration.",
        )
    else:
        yield ok(PEOPLE, f"Le document est partagé avec {plural(len(officers), 'responsable')}.")


def of_document(document: Document) -> Iterator[Finding]:
    """The findings about what was read: access rules that may stop the robot, and the version of its format."""
    stopping = access.stopping(document)
    if stopping:
        yield attention(
            RULES,
            f"Des règles d’accès refusent quelque chose à tout le monde, donc au robot : {listed_first(stopping)}.",
            "Dans « Droits d’accès », autorisez d’abord les propriétaires (« user.Access == OWNER »), sauf là où le "
            "robot n’a rien à écrire.",
        )
    else:
        yield ok(RULES, "Aucune règle d’accès ne refuse quelque chose à tout le monde.")
    yield _of_schema(document.schema)


def _of_schema(schema: int) -> Finding:
    if schema == _TESTED_SCHEMA:
        return ok(VERSION, f"Le document est au format {schema}, celui de {_TESTED_VERSION}, où l’outil est éprouvé.")
    age = "plus récent que" if schema > _TESTED_SCHEMA else "plus ancien que"
    return attention(
        VERSION,
        f"Le document est au format {schema}, {age} celui de {_TESTED_VERSION} ({_TESTED_SCHEMA}), où l’outil est "
        "éprouvé.",
        "Essayez d’abord sur une copie du document (« eig-sheets sync --dry-run »), et gardez-en une d’avant.",
    )
