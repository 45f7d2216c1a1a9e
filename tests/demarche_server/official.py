"""The service's own schema and stored queries, where they stand beside the repository; else tests say so."""

from __future__ import annotations

from functools import cache

import pytest

from eig_sheets.call.applications.demarche.client import MUTATIONS, QUERIES
from tests.demarche_server.service import Engine
from tests.program import ROOT

FOLDER = ROOT.parent / "shared" / "demarche"
MISSING = (
    f"Démarche Numérique: no official schema. Put schema.graphql, {QUERIES}.graphql and {MUTATIONS}.graphql of the "
    f"service's repository into {FOLDER}: what is asked and what the stand-in answers is then checked against them."
)


def is_here() -> bool:
    """Whether they are there."""
    return FOLDER.exists()


@cache
def engine() -> Engine:
    """The official schema and stored queries. Skips the test where they are not."""
    if not is_here():
        pytest.skip(MISSING)
    stored = {name: (FOLDER / f"{name}.graphql").read_text(encoding="utf-8") for name in (QUERIES, MUTATIONS)}
    return Engine((FOLDER / "schema.graphql").read_text(encoding="utf-8"), stored)
