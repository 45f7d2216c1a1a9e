"""The Table Schemas of what is published (Frictionless Data, https://specs.frictionlessdata.io/table-schema/). Pure."""

from __future__ import annotations

from typing import Any, Final

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
