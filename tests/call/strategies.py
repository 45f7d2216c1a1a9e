"""Random dossiers and evaluations, in the shapes that people make."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from tests.call import builders as build

YES_NO = st.sampled_from([None, True, False])
MOMENTS = st.sampled_from(
    [
        None,
        datetime(2021, 1, 31, 23, 59, 59),
        datetime(2021, 2, 1),
        datetime(2021, 3, 15, 12),
        datetime(2021, 4, 7, 23, 59, 59, 999_999),
        datetime(2021, 4, 8),
    ]
)
COSTS = st.none() | st.decimals("30000", "130000", places=2).map(float) | st.floats(0, 200_000)
UNREAD = (
    "date_depot",
    "nombre_eig",
    "mentor",
    "hors_les_murs",
    "cout_jusqu_a_5_ans",
    "cout_plus_de_5_ans",
    "convention",
)


@st.composite
def dossier(draw):
    row = {
        "date_depot": draw(MOMENTS),
        "nombre_eig": draw(st.sampled_from([None, 0, 1, 2, 3, 4])),
        "type_administration": draw(st.none() | st.sampled_from(build.TYPES)),
        "porteur": draw(st.sampled_from([None, "Ministère fictif"])),
        "type_porteur": draw(st.none() | st.sampled_from(build.TYPES)),
        "programme": draw(st.sampled_from([None, "352"])),
        "cout_jusqu_a_5_ans": draw(COSTS),
        "cout_plus_de_5_ans": draw(COSTS),
        "preselection": draw(
            st.sampled_from([None, None, None, "Présélectionné", "Écarté – inéligible", "Écarté – insuffisant"])
        ),
        "decision": draw(st.sampled_from([None, None, "Lauréat", "Désisté"])),
    }
    for field in ("convention", "demande_cofinancement", "hors_les_murs", "mise_a_disposition", "ouverture_donnees"):
        row[field] = draw(YES_NO)
    for field in ("projet", "administration", "mentor", "fiche", "presentation", "simulation"):
        row[field] = draw(st.sampled_from([None, "Quelque chose"]))
    row["unreadable"] = frozenset(draw(st.sets(st.sampled_from(UNREAD), max_size=2)))
    return row | dict.fromkeys(row["unreadable"])


DOSSIERS = st.lists(dossier(), min_size=0, max_size=7)
SCORES = st.sampled_from([1, 2, 3, 4, 1.5, 3.6, 3.75, 4, 4, "NSP", None])


@st.composite
def evaluation(draw, numero, juror):
    scores = [draw(SCORES) for _ in build.CRITERIA]
    return build.evaluation(
        numero,
        juror,
        scores,
        deport=draw(st.sampled_from([None, None, None, False, True])),
        coup_de_coeur=draw(YES_NO),
        avis=draw(st.sampled_from([None, "Favorable", "Défavorable"])),
    )


@st.composite
def evaluations_of(draw, numbers, jurors=4):
    pairs = [(numero, f"jure{place}@jury.example") for numero in numbers for place in range(jurors)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return [draw(evaluation(*pair)) for pair in chosen]


@st.composite
def campaign(draw):
    return build.campaign(
        campaign={"target": draw(st.integers(1, 6))},
        scoring={"min_reviews": draw(st.integers(1, 3))},
        ranking={
            "min_note": draw(st.none() | st.sampled_from([8.0, 12.5])),
            "waiting_list": draw(st.integers(0, 2)),
            "tie_break": draw(st.sampled_from([(), ("pertinence",), ("pertinence", "transformation")])),
        },
        eligibility={
            "eig_numbers": draw(st.sampled_from([(), (2, 3)])),
            "eliminating": draw(st.sampled_from([(), ("ouverture_donnees",)])),
        },
        cofinancing={"months": draw(st.sampled_from([3, 4, 3.5])), "total_months": draw(st.sampled_from([10, 12, 7]))},
    )


@st.composite
def whole_call(draw):
    """Dossiers, their evaluations and a campaign."""
    sheet = build.dossiers(*draw(DOSSIERS))
    reviews = build.evaluations(*draw(evaluations_of(list(sheet["numero"]))))
    return sheet, reviews, draw(campaign())
