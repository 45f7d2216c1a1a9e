"""Dossiers as the API has them: plain dictionaries, with every field that its schema never leaves blank."""

import base64
import hashlib
from typing import Any

Thing = dict[str, Any]

REVISION = {"id": "UmV2aXNpb24tMQ==", "dateCreation": "2021-01-15T09:00:00+01:00", "datePublication": None}
INSTRUCTEUR = {"id": "SW5zdHJ1Y3RldXItMQ==", "email": "instruction@example.org"}
GROUPE = {
    "id": "R3JvdXBlSW5zdHJ1Y3RldXItMQ==",
    "number": 1,
    "label": "défaut",
    "closed": False,
    "instructeurs": [INSTRUCTEUR],
}


DEMARCHE = {
    "id": "UHJvY2VkdXJlLTE=", "number": 12345, "title": "Appel à projets", "description": "", "state": "publiee",
    "dateCreation": "2021-01-15T09:00:00+01:00", "dateDerniereModification": "2021-01-15T09:00:00+01:00",
    "revision": REVISION,
}  # fmt: skip


def typed_id(kind: str, number: int) -> str:
    """An opaque id, as the service writes them."""
    return base64.b64encode(f"{kind}-{number}".encode()).decode()


def descriptor_id(number: int) -> str:
    """The `champDescriptorId` of a question."""
    return typed_id("Champ", number)


def champ(kind: str, question: int, label: str, string: str | None = None, **own: Any) -> Thing:
    """A champ of the type `kind` (« TextChamp » is "Text"), which answers a question by its number."""
    common = {"updatedAt": "2021-03-01T10:00:00+01:00", "prefilled": False, "columns": []}
    identity = {"id": typed_id("Champ", question), "champDescriptorId": descriptor_id(question)}
    return {"__typename": f"{kind}Champ", **identity, "label": label, "stringValue": string, **common, **own}


def text(question: int, label: str, value: str | None) -> Thing:
    """A text that somebody typed."""
    return champ("Text", question, label, value, value=value)


def decimal(question: int, label: str, value: float | None) -> Thing:
    """A number with decimals."""
    return champ("DecimalNumber", question, label, None if value is None else str(value), value=value)


def integer(question: int, label: str, value: int | None) -> Thing:
    """A whole number, which the service gives as a text: it may be of any length."""
    shown = None if value is None else str(value)
    return champ("IntegerNumber", question, label, shown, value=shown)


def yes_no(question: int, label: str, value: bool | None) -> Thing:
    """Yes or no, or no answer."""
    return champ("YesNo", question, label, None if value is None else str(value).lower(), value=value)


def pieces(question: int, label: str, *files: Thing) -> Thing:
    """Files that somebody attached."""
    return champ("PieceJustificative", question, label, None, files=[*files])


def repetition(question: int, label: str, *rows: list[Thing]) -> Thing:
    """A block that is answered several times."""
    made = [{"id": typed_id("Row", place), "champs": row} for place, row in enumerate(rows)]
    return champ("Repetition", question, label, None, rows=made)


def file(name: str, content: bytes, **other: Any) -> Thing:
    """A file; the server gives it its short-lived address, and its content under « content »."""
    checksum = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
    size = {"byteSizeBigInt": str(len(content)), "byteSize": len(content)}
    shown = {"filename": name, "contentType": "application/pdf", "virusScanResult": "safe"}
    dated = {"createdAt": "2021-03-01T10:00:00+01:00"}
    return {"content": content, "checksum": checksum, "url": "", **size, **shown, **dated, **other}


def person(email: str, nom: str = "Martin", prenom: str = "Camille") -> Thing:
    """A natural person who applies."""
    return {"__typename": "PersonnePhysique", "id": "SW5kaXZpZHVhbC0x", "civilite": "Mme", "nom": nom, "prenom": prenom,
            "email": email, "dateDeNaissance": None}  # fmt: skip


def dossier(number: int, *champs: Thing, **other: Any) -> Thing:
    """A dossier of that number, deposited and « en construction » unless `other` says otherwise."""
    email = other.pop("email", f"porteur{number}@example.org")
    deposited = other.pop("dateDepot", "2021-03-01T10:00:00+01:00")
    modified = other.pop("dateDerniereModification", deposited)
    dates = {
        "dateDepot": deposited, "dateDerniereModification": modified, "dateDerniereModificationChamps": modified,
        "dateDerniereModificationAnnotations": modified, "datePassageEnConstruction": deposited,
    }  # fmt: skip
    return {
        "__typename": "Dossier", "id": typed_id("Dossier", number), "number": number, "archived": False,
        "prefilled": False, "state": "en_construction", "usager": {"id": typed_id("User", number), "email": email},
        "connectionUsager": "password", "groupeInstructeur": GROUPE, "demandeur": person(email),
        "demarche": DEMARCHE, "instructeurs": [], "traitements": [], "annotations": [],
        "champs": [*champs], **dates, **other,
    }  # fmt: skip


def deleted(number: int, date: str = "2021-03-20T10:00:00+01:00", reason: str = "user_request") -> Thing:
    """What remains of a dossier that was deleted."""
    identity = {"id": typed_id("DeletedDossier", number), "number": number}
    return {**identity, "dateSupression": date, "state": "en_construction", "reason": reason}


def descriptor(question: int, label: str, kind: str = "Text", **other: Any) -> Thing:
    """A question of the form."""
    identity = {"__typename": f"{kind}ChampDescriptor", "id": descriptor_id(question), "label": label}
    return {**identity, "required": False, "description": None, **other}
