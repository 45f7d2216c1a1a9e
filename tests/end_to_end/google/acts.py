"""Random scripts of the local server (Hypothesis): edits of every kind by people, and network errors."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.columns import CRITERIA, SCHEMA, letters_of
from tests.end_to_end.google.support import NUMBERS, PEOPLE_TABS, ROBOT_TABS

VALUES = st.sampled_from(
    ["", "3,5", 4, 9, "NSP", "oui", True, "non", "Lauréat", "Présélectionné", "Écarté – inéligible", "07/04/2021 23:59",
     "=1+1", "=A2", "texte", *NUMBERS, "4512399", "ada@example.org", "#REF!", "  espaces  "]
)  # fmt: skip
DECIDED = tuple(letters_of("candidatures", field) for field in ("questions", "decision", "motif", "commentaire"))
COLUMNS = st.sampled_from([*"ABCDEFGHIJK", *DECIDED])
ROBOT_COLUMNS = st.sampled_from(
    [
        *(letters_of("candidatures", one.id) for one in SCHEMA.tab("candidatures").robot_fields),
        letters_of("emails", "etat"),
    ]
)
SCORES = st.sampled_from([letters_of("evaluations", criterion) for criterion in CRITERIA])
TO_SEND = st.sampled_from([letters_of("emails", field) for field in ("objet", "message", "valider", "ne_pas_envoyer")])
ROWS = st.integers(1, 9)
NAMES = st.sampled_from(["Vieux", "Projets 2021", "Classement", "Candidatures", "Envois", 'l\'été; "2021"'])
HEADERS = st.sampled_from(
    ["N° de dossier", "Nom du projet", "Commentaire", "E-mail", "E-mail du juré", "Id", "Objet", "Valider", "Rang",
     "Note /20", "État", "Décision", "Éligibilité", *CRITERIA[:2]]
)  # fmt: skip
THEIRS, OURS = st.sampled_from(PEOPLE_TABS), st.sampled_from(ROBOT_TABS)
ANY = st.sampled_from(PEOPLE_TABS * 2 + ROBOT_TABS)


def _edit(kind: str, **what: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **what})


def _cell(columns: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda column, row: f"{column}{row}", columns, ROWS)


TYPING = st.one_of(
    _edit("set", tab=THEIRS, cell=_cell(COLUMNS), value=VALUES),
    _edit("set", tab=st.just("Évaluations"), cell=_cell(SCORES), value=st.sampled_from([1, 2, 3.5, 4])),
    _edit("set", tab=st.just("E-mails à envoyer"), cell=_cell(TO_SEND), value=VALUES),
    _edit("set", tab=st.sampled_from(["Candidatures", "E-mails à envoyer"]), cell=_cell(ROBOT_COLUMNS), value=VALUES),
    _edit("set", tab=OURS, cell=_cell(COLUMNS), value=VALUES),
)
MOVING = st.one_of(
    _edit("insert_row", tab=ANY, at=ROWS),
    _edit("delete_row", tab=ANY, at=ROWS),
    _edit("sort", tab=ANY, by=HEADERS, descending=st.booleans()),
    _edit("rename_header", tab=ANY, **{"from": HEADERS, "to": st.one_of(HEADERS, NAMES)}),
    _edit("move_column", tab=ANY, header=HEADERS, to=st.sampled_from(["A", "C", "F", "H"])),
)
UPHEAVAL = st.one_of(
    _edit("rename_tab", tab=ANY, **{"from": st.just(""), "to": NAMES}),
    _edit("delete_tab", tab=st.one_of(OURS, OURS, st.just("E-mails à envoyer"), THEIRS)),
)
EDITS = st.one_of(TYPING, MOVING, MOVING, UPHEAVAL)
FAULTS = st.one_of(
    st.builds(lambda status: {"kind": "status", "status": status}, st.sampled_from([429, 500, 503])),
    st.sampled_from([{"kind": kind} for kind in ("html_502", "drop_before_apply", "drop_after_apply")]),
    st.just({"kind": "slow", "seconds": 0.01}),
)
SCRIPTS = st.builds(
    lambda edits, faults: (
        [{"after_call": n, "edit": edit} for n, edit in edits] + [{"on_call": n, "fault": fault} for n, fault in faults]
    ),
    st.lists(st.tuples(st.integers(0, 3), EDITS), max_size=3),
    st.one_of(st.just([]), st.lists(st.tuples(st.integers(1, 5), FAULTS), max_size=2)),
)
