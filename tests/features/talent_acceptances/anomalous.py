"""Workbooks in which a talent begins without a yes, and all the anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.features.talents.anomalous_talents import Said, candidate, talents
from tests.workbook.snapshots import at


def cases() -> Iterator[Said]:
    """All of them, on 20 April 2021."""
    kept = {"statut": "Retenu", "projet_decide": "101", "debut_contrat": datetime(2021, 4, 20)}
    later = {**kept, "projet_decide": "102", "debut_contrat": datetime(2021, 4, 21)}
    people = [candidate("T1", **kept), candidate("T2", **kept, acceptation="oui"), candidate("T3", **later)]
    said = (("talent_sans_acceptation", "Talents", at("talents", "acceptation")),)
    yield "a talent who begins without a yes", talents(people), said
