"""Workbooks of a call for talents, and all the anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from eig_sheets.call.jury.read_pages import NOTHING_KEPT
from eig_sheets.config import with_sections
from tests.features.talents import anomalous_recruits, anomalous_talents, anomalous_wishes
from tests.features.talents.anomalous_talents import T, candidate, talents
from tests.workbook.snapshots import EIG5, at, book, tab


def cases() -> Iterator[tuple[Any, ...]]:
    """A name, a workbook, the anomalies; then what the last run recorded, what is known of pages, and the call."""
    for module in (anomalous_talents, anomalous_recruits, anomalous_wishes):
        yield from module.cases()
    two = with_sections(EIG5, {"talents": {**EIG5.talents.model_dump(), "max_wishes": 1}})
    wishes = talents([candidate(voeu_1="101", voeu_2="102")])
    expected = (("voeu_en_trop", T, at("talents", "voeu_2")),)
    yield "more wishes than the call accepts", wishes, expected, None, NOTHING_KEPT, two
    counted = talents([candidate(), {"candidature": "Nombre de candidatures : 471"}])
    yield "a count of candidates", counted, (("ligne_sans_dossier", T, at("talents", "candidature", 2)),)
    yield from _parts()


def _parts() -> Iterator[tuple[Any, ...]]:
    """Candidates have a workbook of their own, and the tab that they had stayed."""
    workbook = EIG5.workbook.model_copy(update={"talents": "talents.xlsx"})
    rules = with_sections(EIG5, {"workbook": workbook.model_dump()})
    left = replace(book(), tabs=(*book().tabs, tab("talents", [{"candidature": "T1"}, {"candidature": "T1"}])))
    yield "candidates in a workbook of their own", book(), (), None, NOTHING_KEPT, rules
    yield "their tab stayed", left, (("onglet_ailleurs", T, None),), None, NOTHING_KEPT, rules
