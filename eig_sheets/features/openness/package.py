"""The files that are published, and the Data Package that names their licence, source and date. Pure.

https://specs.frictionlessdata.io/data-package/. It has the SHA-256 of each file, by which a later run knows that
nobody changed them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.features.openness.projects import UnpublishableError
from eig_sheets.features.openness.rules import OpenDataRules
from eig_sheets.personal_data import Fate, Holding, Place
from eig_sheets.text import csv_cells
from eig_sheets.text.french import day, plain
from eig_sheets.text.printable import printable

Json = dict[str, Any]

LICENCE: Final[Json] = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte / Open Licence version 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
"""The licence of the State for what it publishes: CRPA, L. 323-2 and D. 323-2-1."""


def _field(name: str, kind: str, title: str, description: str, example: Any, **constraints: Any) -> Json:
    field = {"name": name, "type": kind, "title": title, "description": description, "example": example}
    return {**field, "constraints": constraints} if constraints else field


PROJECTS: Final[Json] = {
    "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
    "name": "projets-laureats",
    "title": "Projets lauréats d’un appel à projets",
    "description": "Une ligne par projet retenu. Aucune donnée personnelle, et rien des autres projets.",
    "version": "1.0.0",
    "licenses": [LICENCE],
    "fields": [
        _field("appel", "string", "Appel à projets", "L’identifiant de l’appel.", "EIG5", required=True),
        _field(
            "dossier", "string", "Numéro de dossier", "Le numéro du dossier sur la plateforme de dépôt.", "3712146",
            required=True, unique=True,
        ),
        _field("projet", "string", "Nom du projet", "Le nom du projet.", "Hérisson futé"),
        _field("administration", "string", "Administration d’accueil", "Qui accueille le projet.", "Cour des comptes"),
        _field("ministere", "string", "Ministère de rattachement", "Vide : aucun, ou inconnu.", "Intérieur"),
        _field(
            "profils", "string", "Profils demandés", "Les métiers demandés, séparés par « ; ».",
            "Développeur; Designer",
        ),
        _field(
            "nombre_eig", "integer", "Nombre d’EIG demandés", "Combien de personnes le projet demande.", 2, minimum=0
        ),
        _field("resume", "string", "Résumé", "Ce que fait le projet, en quelques phrases.", "Un outil pour…"),
    ],
    "primaryKey": ["dossier"],
    "missingValues": [""],
}  # fmt: skip

COUNTS: Final[Json] = {
    "fields": [
        _field("indicateur", "string", "Indicateur", "Son nom, qui ne change pas.", "dossiers_recus", required=True),
        _field("libelle", "string", "Libellé", "Ce qui est compté.", "Dossiers reçus", required=True),
        _field("nombre", "integer", "Nombre", "Combien.", 31, required=True, minimum=0),
    ],
    "primaryKey": ["indicateur"],
    "missingValues": [""],
}


Record = dict[str, Any]


def csv_bytes(records: Sequence[Record]) -> bytes:
    """A header and a line a record, at least one; no cell is taken for a formula by a spreadsheet program."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(records[0])
    writer.writerows([[_cell(value) for value in record.values()] for record in records])
    return text.getvalue().encode()


def json_bytes(value: Any) -> bytes:
    """A JSON that people can read, keys in their order."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _cell(value: Any) -> Any:
    return csv_cells.escaped(printable(value)) if isinstance(value, str) else value


PACKAGE: Final = "datapackage.json"
SCHEMA: Final = "schema.json"
METHOD: Final = "classement.html"
_DIGESTS: Final = "sha256"


def package_files(
    reading: Reading, records: Sequence[Record], counts: Sequence[Record], method: bytes, today: date
) -> dict[str, bytes]:
    """The content of each file by its name, the Data Package last; `counts` and `method` may be blank.

    Raises UnpublishableError when the configuration does not say who publishes.
    """
    _require_producer(reading)
    files = {"projets.csv": csv_bytes(records), "projets.json": json_bytes(list(records)), SCHEMA: json_bytes(PROJECTS)}
    if counts:
        files["chiffres.csv"] = csv_bytes(counts)
    if method:
        files[METHOD] = method
    return {**files, PACKAGE: json_bytes(_described(reading, files, today))}


def recorded_digests(data: bytes) -> Mapping[str, str]:
    """The digest of each file by its name, its own included, as a Data Package of ours has them; else none."""
    try:
        package = json.loads(data)
        is_as_written = json_bytes(package) == data
        digests = package[_DIGESTS]
        own = digests.pop(PACKAGE)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    is_ours = is_as_written and own == digest(json_bytes(package))
    return {**digests, PACKAGE: digest(data)} if is_ours else {}


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _require_producer(reading: Reading) -> None:
    if not reading.campaign.section(OpenDataRules).producer.strip():
        raise UnpublishableError(
            f"À compléter dans {reading.campaign.to_edit}, que personne ne peut écrire à votre place : "
            "open_data.producer (qui publie ces données, que toute réutilisation doit nommer)."
        )


def _described(reading: Reading, files: Mapping[str, bytes], today: date) -> Json:
    """The Data Package; its own digest is that of the same without it."""
    package = _package(reading, files, today)
    package[_DIGESTS] = {name: digest(data) for name, data in files.items()}
    package[_DIGESTS][PACKAGE] = digest(json_bytes(package))
    return package


def _package(reading: Reading, files: Mapping[str, bytes], today: date) -> Json:
    call, rules = reading.campaign.campaign, reading.campaign.section(OpenDataRules)
    title = f"Projets lauréats : {call.name or call.id}"
    banner = f"{call.banner}. " if call.banner else ""
    source_line = f"Source : {rules.producer}, données du {day(today)}, {LICENCE['title']}."
    source = {"title": rules.producer, **({"path": rules.page} if rules.page else {})}
    return {
        "profile": "data-package",
        "name": "-".join(["projets-laureats", *plain(call.id).split()]),
        "title": title,
        "description": f"{banner}{title}. {source_line}",
        **({"homepage": rules.page} if rules.page else {}),
        "version": today.isoformat(),
        "created": f"{today.isoformat()}T00:00:00Z",
        "licenses": [LICENCE],
        "sources": [source],
        "resources": [_resource(name, files[name]) for name in files if name.endswith((".csv", "projets.json"))],
    }


def _resource(name: str, data: bytes) -> Json:
    stem, _, ending = name.partition(".")
    return {
        "name": f"{stem}-{ending}",
        "path": name,
        "profile": "tabular-data-resource",
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else "application/json",
        "encoding": "utf-8",
        "hash": f"sha256:{digest(data)}",
        "schema": SCHEMA if stem == "projets" else COUNTS,
    }


HOLDING: Final = Holding(
    "donnees_ouvertes",
    Place.PRODUCED,
    "projets.csv, projets.json, schema.json, chiffres.csv, datapackage.json (« export --to »)",
    (),
    "les projets lauréats, sans les personnes ; des nombres",
    "personne",
    "publier les projets retenus",
    Fate.NOTHING_PERSONAL,
    writers=("eig_sheets.features.openness.files",),
)
"""The entry of these files in the register of what is kept."""
