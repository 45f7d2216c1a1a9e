"""Random scripts of the local server (Hypothesis): edits of every kind by people, network errors, and commands."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.columns import CRITERIA, SCHEMA, cell_of, letters_of
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
ROBOTS = (*ROBOT_TABS, "Affectations")
"""Those of the campaign that random people disturb: its jury was told who reads what."""
THEIRS, OURS = st.sampled_from(PEOPLE_TABS), st.sampled_from(ROBOTS)
ANY = st.sampled_from(PEOPLE_TABS * 2 + ROBOTS)


def edit(kind: str, **what: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **what})


def _cell(columns: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda column, row: f"{column}{row}", columns, ROWS)


TYPING = st.one_of(
    edit("set", tab=THEIRS, cell=_cell(COLUMNS), value=VALUES),
    edit("set", tab=st.just("Évaluations"), cell=_cell(SCORES), value=st.sampled_from([1, 2, 3.5, 4])),
    edit("set", tab=st.just("E-mails à envoyer"), cell=_cell(TO_SEND), value=VALUES),
    edit("set", tab=st.sampled_from(["Candidatures", "E-mails à envoyer"]), cell=_cell(ROBOT_COLUMNS), value=VALUES),
    edit("set", tab=OURS, cell=_cell(COLUMNS), value=VALUES),
)
MOVING = st.one_of(
    edit("insert_row", tab=ANY, at=ROWS),
    edit("delete_row", tab=ANY, at=ROWS),
    edit("sort", tab=ANY, by=HEADERS, descending=st.booleans()),
    edit("rename_header", tab=ANY, **{"from": HEADERS, "to": st.one_of(HEADERS, NAMES)}),
    edit("move_column", tab=ANY, header=HEADERS, to=st.sampled_from(["A", "C", "F", "H"])),
)
UPHEAVAL = st.one_of(
    edit("rename_tab", tab=ANY, **{"from": st.just(""), "to": NAMES}),
    edit("delete_tab", tab=st.one_of(OURS, OURS, st.just("E-mails à envoyer"), THEIRS)),
)
LETTERS = st.sampled_from("ABCDEFGH")
BLOCKS = st.builds(
    lambda left, top, width, height: f"{chr(left)}{top}:{chr(left + width)}{top + height}",
    st.integers(ord("A"), ord("G")),
    ROWS,
    st.integers(0, 3),
    st.integers(0, 3),
)
WHOLE_COLUMNS = st.builds(lambda letter: f"{letter}:{letter}", LETTERS)
LINES = st.integers(1, 12)
ROWS_PASTED = st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=4)
CUTTING = st.one_of(
    edit("insert_column", tab=ANY, at=LINES),
    edit("delete_column", tab=ANY, at=LINES),
    edit("move_rows", tab=ANY, at=ROWS, count=st.integers(1, 2), to=ROWS),
    edit("cut_paste", tab=ANY, range=st.one_of(BLOCKS, WHOLE_COLUMNS), to=_cell(LETTERS)),
    edit("copy_paste", tab=ANY, range=BLOCKS, to=_cell(LETTERS)),
    edit("paste_rows", tab=ANY, cell=_cell(COLUMNS), rows=ROWS_PASTED),
    edit("sort_range", tab=ANY, range=BLOCKS, descending=st.booleans()),
    edit("clear_tab", tab=ANY),
    edit("undo"),
)
ARRANGING = st.one_of(
    edit("filter", tab=ANY, range=st.one_of(st.just(""), BLOCKS)),
    edit("merge", tab=ANY, range=BLOCKS),
    edit("unmerge", tab=ANY, range=st.just("A1:H20")),
    edit("hide_rows", tab=ANY, at=ROWS, count=st.integers(1, 2), shown=st.booleans()),
    edit("hide_columns", tab=ANY, at=LINES, count=st.just(1), shown=st.booleans()),
    edit("hide_tab", tab=ANY, shown=st.booleans()),
    edit("convert_to_table", tab=ANY),
    edit("convert_to_table", tab=ANY, range=BLOCKS),
    edit("table_to_range", tab=ANY),
)
EDITS = st.one_of(TYPING, MOVING, MOVING, UPHEAVAL, CUTTING, CUTTING, ARRANGING)
FAULTS = st.one_of(
    st.builds(lambda status: {"kind": "status", "status": status}, st.sampled_from([429, 500, 503])),
    st.sampled_from([{"kind": kind} for kind in ("html_502", "drop_before_apply", "drop_after_apply")]),
    st.sampled_from([{"kind": "slow", "seconds": 0.01}, {"kind": "truncated_json"}, {"kind": "late_answer"}]),
    st.builds(lambda answer: {"kind": "delivered_twice", "answer": answer}, st.sampled_from(["first", "second"])),
    st.builds(lambda calls: {"kind": "delivered_late", "calls": calls}, st.integers(1, 5)),
)
SCRIPTS = st.builds(
    lambda edits, faults: (
        [{"after_call": n, "edit": edit} for n, edit in edits] + [{"on_call": n, "fault": fault} for n, fault in faults]
    ),
    st.lists(st.tuples(st.integers(0, 3), EDITS), max_size=3),
    st.one_of(st.just([]), st.lists(st.tuples(st.integers(1, 5), FAULTS), max_size=2)),
)

SEND = ("emails", "send", "--limit", "1", "--confirm", "1")
"""It really leaves, by SMTP."""
TICK = {"kind": "set", "tab": "E-mails à envoyer", "cell": cell_of("emails", "valider", 2), "value": True}
COMMANDS = st.sampled_from(
    [
        ("sync",), ("sync",), ("sync", "--force"), ("init",), ("import", "export.csv"), ("check",), ("rank",),
        ("rank", "--explain", NUMBERS[0]), ("cofinancing",), ("emails", "list"), ("emails", "check"),
        ("emails", "draft"), ("emails", "draft", "--to", "eml", "--folder", "brouillons"),
        ("emails", "show", "laureat-4512301"), ("emails", "send", "--dry-run"),
        SEND, SEND, ("state", "adopt"),
        ("emails", "settle", "--not-sent", "laureat-4512301"),
        ("report", "--to", "rapport.html"), ("jury", "assign"), ("jury", "assign", "--adjust"),
    ]
)  # fmt: skip
"""What people run; the names of files are in a folder of their own."""
FILES = frozenset({"export.csv", "brouillons", "rapport.html"})
RUNS = st.tuples(COMMANDS, SCRIPTS)
