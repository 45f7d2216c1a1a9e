"""Random scripts of the jury's work (Hypothesis): edits of the robot's tabs and of the jurors' pages, and commands."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.columns import cell_of
from tests.end_to_end.google import acts
from tests.end_to_end.google.acts import BLOCKS, LINES, ROWS, ROWS_PASTED, VALUES
from tests.end_to_end.google.support import JURORS, NUMBERS
from tests.features.modules import modules_of_features

OF_FEATURES = modules_of_features("demonstration")
ROBOT_TABS = (
    "Affectations", "Notes reçues", "Déclarations reçues", *(tab for module in OF_FEATURES for tab in module.ROWS),
    "Grilles",
)  # fmt: skip
OURS = st.sampled_from(ROBOT_TABS)
HEADERS = st.sampled_from(["N° de dossier", "E-mail du juré", "Statut", "Début", "Lien", "Empreinte", "Déport"])
NAMES = st.sampled_from(["Vieux", "Affectations", "Notes reçues", "Grilles", "Candidatures", 'l\'été; "2021"'])
CELLS = st.builds(lambda column, row: f"{column}{row}", st.sampled_from("ABCDEFGHIJKLMNOPQRS"), ROWS)
ON_ROBOT_TABS = st.one_of(
    acts.edit("set", tab=OURS, cell=CELLS, value=VALUES),
    acts.edit("sort", tab=OURS, by=HEADERS, descending=st.booleans()),
    acts.edit("insert_row", tab=OURS, at=ROWS),
    acts.edit("delete_row", tab=OURS, at=ROWS),
    acts.edit("move_rows", tab=OURS, at=ROWS, count=st.integers(1, 2), to=ROWS),
    acts.edit("rename_header", tab=OURS, **{"from": HEADERS, "to": NAMES}),
    acts.edit("move_column", tab=OURS, header=HEADERS, to=st.sampled_from(["A", "C", "F"])),
    acts.edit("copy_paste", tab=OURS, range=BLOCKS, to=CELLS),
    acts.edit("paste_rows", tab=OURS, cell=CELLS, rows=ROWS_PASTED),
    acts.edit("sort_range", tab=OURS, range=BLOCKS, descending=st.booleans()),
    acts.edit("clear_tab", tab=OURS),
    acts.edit("delete_column", tab=OURS, at=LINES),
    acts.edit("rename_tab", tab=OURS, **{"from": st.just(""), "to": NAMES}),
    acts.edit("delete_tab", tab=OURS),
)

PAGES = st.integers(0, len(JURORS) - 1)
PAGE_ROWS = st.integers(1, 90)
ANSWERED = st.sampled_from(["", "", 1, 2, 3.5, 4, 9, "NSP", "oui", "non", "Favorable", "À revoir", "texte"])


def _on_page(kind: str, tab: str = "Grille", **what: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return acts.edit(kind, page=PAGES, tab=st.just(tab), **what)


PAGE_CELLS = st.builds(lambda column, row: f"{column}{row}", st.sampled_from("BBBBA"), PAGE_ROWS)
PAGE_BLOCKS = st.builds(
    lambda top, height, left: f"{left}{top}:B{top + height}", PAGE_ROWS, st.integers(0, 12), st.sampled_from("AB")
)
FILLING = _on_page("set", cell=PAGE_CELLS, value=ANSWERED)
ON_PAGES = st.one_of(
    FILLING,
    FILLING,
    _on_page("copy_paste", range=PAGE_BLOCKS, to=PAGE_CELLS),
    _on_page("cut_paste", range=PAGE_BLOCKS, to=PAGE_CELLS),
    _on_page("sort", by=st.sampled_from(["_dossier", "_champ", "_réponse"]), descending=st.booleans()),
    _on_page("sort_range", range=PAGE_BLOCKS, descending=st.booleans()),
    _on_page("insert_row", at=PAGE_ROWS),
    _on_page("delete_row", at=PAGE_ROWS),
    _on_page("move_rows", at=PAGE_ROWS, count=st.integers(1, 9), to=PAGE_ROWS),
    _on_page("clear_tab"),
    _on_page("delete_tab", "_eig"),
    _on_page("set", "_eig", cell=CELLS, value=VALUES),
    _on_page("rename_tab", to=st.sampled_from(["Mes notes", "Grille (2)"])),
    _on_page("undo"),
)
RECUSED = acts.edit(
    "set", tab=st.just("Jury"), cell=st.sampled_from([cell_of("jury", "deports", row) for row in (2, 3)]),
    value=st.sampled_from(["", NUMBERS[0], f"{NUMBERS[1]} ; {NUMBERS[2]}"]),
)  # fmt: skip
RENAMED = acts.edit(
    "set", tab=st.just("Candidatures"),
    cell=st.sampled_from([cell_of("candidatures", "projet", row) for row in (2, 4)]),
    value=st.sampled_from(["Projet renommé", "Autre"]),
)  # fmt: skip
EDITS = st.one_of(ON_ROBOT_TABS, ON_PAGES, ON_PAGES, RECUSED, RENAMED, acts.EDITS)
COMMANDS = st.sampled_from(
    [
        ("sync",), ("sync",), ("jury", "collect"), ("jury", "collect"), ("jury", "assign"),
        ("jury", "assign", "--adjust"), ("jury", "assign", "--rows", "all"), ("jury", "ballots", "--share", "--yes"),
        ("jury", "ballots", "--share", "--yes"),
        *(command for module in OF_FEATURES for command in module.ACTS), ("jury", "status"), ("rank",), ("check",),
    ]
)  # fmt: skip
SCRIPTS = st.lists(
    st.builds(lambda after, edit: {"after_call": after, "edit": edit}, st.integers(0, 9), EDITS), max_size=3
)
RUNS = st.tuples(COMMANDS, SCRIPTS)
