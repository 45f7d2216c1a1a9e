"""Workbooks of a call for talents, and all the anomalies expected of each: code, tab, cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from eig_sheets.campaign.reviews.affectations import Assignment, named_pairs
from eig_sheets.features.talents import assigned as affectations_talents
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.columns import EIG5
from tests.workbook.snapshots import EVALUATIONS, JURORS, Row, at, book, dossier, juror, tab

T, R = "Talents", "Évaluations talents"
LAUREATES = (
    dossier("101", decision="Lauréat", email_porteur="paul@ministere.example"),
    dossier("102", decision="Lauréat", email_mentor="lou@ministere.example"),
)
OTHERS = (*LAUREATES, dossier("103"))
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...]]


def candidate(candidature: CellValue = "T1", /, **fields: CellValue) -> dict[str, CellValue]:
    """A whole candidature without any anomaly."""
    return {
        "candidature": candidature,
        "prenom": "Alix",
        "nom": f"Moreau-{candidature}",
        "email": f"{candidature}@candidat.example".lower(),
        "metier": "Designer",
        "statut_actuel": "Salariée",
        "date_depot": datetime(2021, 4, 30, 12),
        "cv": "cv.pdf",
        **fields,
    }


def review(candidature: CellValue = "T1", name: str = "anna", /, *scores: CellValue, **fields: CellValue) -> Row:
    """What a juror thinks of a candidate; 3 everywhere by default."""
    criteria = tuple(EIG5.talents.labels)
    typed = dict(zip(criteria, scores or [3.0] * len(criteria), strict=True))
    return {"candidature": candidature, "jure": f"{name}@jury.example", "numero": "101", **typed, **fields}


def talents(candidates: list[Row], reviews: list[Row] = [], dossiers: tuple[Row, ...] = LAUREATES) -> Snapshot:  # noqa: B006
    """The small campaign, two projects of which are selected, with candidates and what jurors say of them."""
    others = (tab("talents", candidates), tab("evaluations_talents", reviews))
    return book(dossiers, JURORS, EVALUATIONS, *others)


def _candidates(name: str, /, *rows: tuple[Row, tuple[tuple[str, str], ...]]) -> Said:
    """A workbook of candidates: the fields of each, and the (code, field) expected of them."""
    people = [candidate(f"T{nth}", **fields) for nth, (fields, _) in enumerate(rows, 1)]
    expected = ((code, T, at("talents", field, nth)) for nth, (_, said) in enumerate(rows, 1) for code, field in said)
    return name, talents(people), tuple(expected)


def cases() -> Iterator[Said]:
    """All of them."""
    yield _window()
    yield _statuses()
    yield _people()
    yield _wishes()
    rows, cell = [candidate(voeu_1="103")], at("talents", "voeu_1")
    yield ("a wish for a project that is not selected", talents(rows, [], OTHERS), (("voeu_non_laureat", T, cell),))
    yield _reviews()
    yield from _assignments()


def _assignments() -> Iterator[Said]:
    """Pairs that hold no more: the candidate gave up, the juror is none any more, or stands aside."""
    people = [candidate("T1", statut="Présélectionné"), candidate("T2", statut="Présélectionné")]
    pairs = [Assignment(number, f"{name}@jury.example") for number, name in (("T1", "anna"), ("T2", "bob"))]
    named = named_pairs(pairs, {}, pd.DataFrame())
    rows = [affectations_talents.TABLE.sheet_headers, *affectations_talents.TABLE.cells(named)]
    recorded = TabSnapshot(affectations_talents.NAME, rows, mark=affectations_talents.TAB)

    def of(candidates: list[Row], jurors: tuple[Row, ...]) -> Snapshot:
        others = (tab("talents", candidates), tab("evaluations_talents", []), recorded)
        return book((dossier("101"),), jurors, (), *others)

    lapsed = (("affectation_talent_caduque", affectations_talents.NAME, None),)
    yield ("pairs of candidates that hold", of(people, JURORS), ())
    yield ("a pair of a candidate who gave up", of([people[0], {**people[1], "statut": "Désisté"}], JURORS), lapsed)
    yield ("a pair of a candidate and someone who is no juror", of(people, JURORS[1:]), lapsed)
    aside = (juror("anna", deports="T1"), *JURORS[1:])
    yield ("a pair of a juror who stands aside from a candidate", of(people, aside), lapsed)


def _window() -> Said:
    late, early = ("candidature_hors_delai", "date_depot"), ("candidature_avant_ouverture", "date_depot")
    hearing = ("audition_hors_jours", "audition")
    return _candidates(
        "candidatures in time and not, hearings on their days and not",
        ({}, ()),
        ({"date_depot": "02/05/2021 23:59:59"}, ()),
        ({"date_depot": datetime(2021, 3, 1)}, ()),
        ({"date_depot": "03/05/2021"}, (late,)),
        ({"date_depot": datetime(2021, 2, 28, 23, 59, 59)}, (early,)),
        ({"date_depot": "03/05/2021", "statut": "Non retenu"}, (("voies_recours_absentes", "statut"),)),
        ({"audition": "10/06/2021 09:00"}, (hearing,)),
        ({"audition": "15/06/2021 18:00"}, ()),
    )


EXCLUDED = ("Fonctionnaire", "AGENT PUBLIC", "Étudiante en master 2", "étudiant (licence 3, L3)")
DOUBTFUL = ("Ancienne fonctionnaire", "Étudiant", "Étudiante en thèse, après un master", "Gérant d’une SARL")
ADMITTED = ("Salarié", "Doctorante", "Diplômé d’un master", "Indépendante", "Demandeur d’emploi")


def _statuses() -> Said:
    status = "statut_actuel"
    return _candidates(
        "what candidates say that they are",
        *(({status: typed}, (("candidature_exclue", status),)) for typed in EXCLUDED),
        *(({status: typed, "statut": "Présélectionné"}, (("candidature_exclue", status),)) for typed in EXCLUDED[:1]),
        *(({status: typed}, (("candidature_a_verifier", status),)) for typed in DOUBTFUL),
        *(({status: typed, "statut": "Présélectionné"}, ()) for typed in DOUBTFUL),
        *(({status: typed}, ()) for typed in ADMITTED),
        ({status: None, "cv": None}, ()),
    )


def _people() -> Said:
    return _candidates(
        "candidates who are known already",
        ({"email": "Anna@jury.example"}, (("candidat_jure", "email"),)),
        ({"prenom": None, "nom": "ANNA"}, (("candidat_homonyme", "nom"),)),
        ({"email": "paul@ministere.example"}, (("candidat_porteur", "email"),)),
        ({"email": "lou@ministere.example"}, (("candidat_porteur", "email"),)),
        ({"email": "deux@candidat.example"}, (("candidat_en_double", "email"),)),
        ({"email": "Deux@candidat.example "}, (("candidat_en_double", "email"),)),
        ({"email": "deux@candidat.example", "statut": "Désisté"}, ()),
        ({"email": "seule@candidat.example"}, ()),
        ({"email": "seule@candidat.example", "statut": "Désisté"}, ()),
        ({"email": None}, ()),
        ({"email": None}, ()),
        ({"prenom": "Zoé", "nom": "Le Gall"}, (("candidat_meme_nom", "nom"),)),
        ({"prenom": "LE GALL", "nom": "zoe"}, (("candidat_meme_nom", "nom"),)),
        ({"prenom": "Zoé", "nom": "Le Gall", "commentaire": "homonyme"}, ()),
        ({"nom": None}, (("candidat_sans_nom", "nom"),)),
        ({"metier": None}, (("candidat_sans_metier", "metier"),)),
        ({"nom": None, "metier": None, "statut": "Désisté"}, ()),
    )


def _wishes() -> Said:
    late = "01/06/2021 00:00"
    return _candidates(
        "wishes of all kinds",
        ({"voeu_1": "101", "voeu_2": 102.0, "voeux_le": "31/05/2021 23:59"}, ()),
        ({"voeu_1": "101", "voeu_2": "999"}, (("voeu_inconnu", "voeu_2"),)),
        ({"voeu_1": "101", "voeu_2": "102", "voeu_3": "101"}, (("voeu_en_double", "voeu_3"),)),
        ({"voeu_2": "101"}, (("voeu_saute", "voeu_2"),)),
        ({"voeu_1": "101", "voeux_le": late}, (("voeux_tardifs", "voeux_le"),)),
        ({"voeux_le": late}, ()),
        ({"voeu_1": "999", "statut": "Désisté"}, ()),
        ({"voeu_1": "101", "voeu_2": "10\u200d2"}, (("numero_trompeur", "voeu_2"), ("voeu_inconnu", "voeu_2"))),
    )


def _reviews() -> Said:
    people = [candidate(f"T{nth}", voeu_1="102" if nth == 4 else "101") for nth in range(1, 8)]
    people.append(candidate("T8", voeu_1="999", statut="Désisté"))  # who was heard: rankings have a line of it
    rows: tuple[tuple[Row, str, str], ...] = (
        (review("T1"), "", ""),
        (review("T1", "bob", numero=None), "", ""),
        (review("T9"), "candidature_inconnue", "candidature"),
        (review("T2", "zoe"), "jure_inconnu", "jure"),
        (review("T3", numero="999"), "dossier_inconnu", "numero"),
        (review("T4"), "projet_non_choisi", "numero"),
        (review("T5", deport="oui"), "deport_avec_notes", "dynamisme"),
        (review("T6", "anna", 5, 3, 3, 3, 3), "note_hors_echelle", "dynamisme"),
        (review("T7", "anna", None, "NSP", 3, 3, 3), "", ""),
        (review("T1", "chloe"), "", ""),
        (review("T4", "bob", numero="102"), "", ""),
        (review("T2", "bob"), "jure_en_double", "jure"),
        (review("T2", "bob", numero=None), "jure_en_double", "jure"),
        (review("T8"), "", ""),
    )
    expected = (
        (code, R, at("evaluations_talents", field, nth)) for nth, (_, code, field) in enumerate(rows, 1) if code
    )
    unknown = ("voeu_inconnu", T, at("talents", "voeu_1", len(people)))
    return "evaluations of candidates", talents(people, [row for row, *_ in rows]), (unknown, *expected)
