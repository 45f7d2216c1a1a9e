"""The files that are published, and the Data Package that names their licence, source and date. Pure.

https://specs.frictionlessdata.io/data-package/. It has the SHA-256 of each file, by which a later run knows that
nobody changed them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.open_data.projects import UnpublishableError
from eig_sheets.open_data.serialization import Record, csv_bytes, json_bytes
from eig_sheets.open_data.table_schema import COUNTS, LICENCE, PROJECTS, Json
from eig_sheets.text.french import day, plain

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
    if not reading.campaign.open_data.producer.strip():
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
    call, rules = reading.campaign.campaign, reading.campaign.open_data
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
