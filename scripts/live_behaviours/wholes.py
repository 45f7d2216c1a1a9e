"""Readings of a whole spreadsheet, and a whole campaign created and synchronised."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path

from eig_sheets import config, loading
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.run.init import plan_init
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.spreadsheet.google import cells, marks, reading, split_reading
from eig_sheets.spreadsheet.google.book import ADVISED_RESPONSE_BYTES, GoogleWorkbook
from eig_sheets.spreadsheet.google.remembered import NothingRemembered
from eig_sheets.spreadsheet.model.cells import CellError, CellValue
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.state import State
from live_behaviours.behaviour import RefutedError, behaviour, hold
from live_behaviours.scratch import Json, Rows, Scratch

_READING = "eig_sheets/spreadsheet/google/reading.py"
_SPLIT = "eig_sheets/spreadsheet/google/split_reading.py"
_NOW = datetime(2021, 4, 12, 9, 30)
_DOSSIER = "E-2021-001"


@behaviour(
    "La lecture en quatre appels légers (structure, valeurs montrées, valeurs saisies, cellules à type) dit la même "
    "chose que celle en un appel, erreurs, formules, dates et heures comprises",
    _SPLIT,
    "un grand classeur serait mal lu",
)
def _split_reading(scratch: Scratch) -> str:
    values: Rows = [
        [None, None, None, None],
        [None, "texte", 3.5, True],
        [None, cells.formula("1/0"), cells.formula('IF(TRUE,"")'), cells.formula("DATE(2021,4,7)")],
        [None, "#N/A", cells.formula("NA()"), -0.25],
        [_typed("DATE", 44293), _typed("DATE_TIME", 44293.75), _typed("TIME", 0.25), _typed("PERCENT", 0.3)],
        [_spilled("ROW(A1:A3)"), _spilled("1/(ROW(A1:A3)-2)"), "=1+1", "07/04/2021"],
    ]
    sheet_id = scratch.tab("lectures", *values)
    whole = _cells(scratch.read("lectures"))
    try:
        found = split_reading.read(scratch.client, scratch.key, [sheet_id])
    except (split_reading.InconsistentError, split_reading.UnexpectedValuesError) as error:
        raise RefutedError(f"{type(error).__name__} : {error}") from None
    [tab] = reading.snapshot(found.structure, "", found.tabs).tabs
    hold(whole == _cells(tab), f"en un appel : {whole}, en quatre : {_cells(tab)}")
    hold(whole[3, 1] == CellError("#DIV/0!") and whole[4, 1] == "#N/A", f"erreurs relues : {whole}")
    return f"{len(whole)} cellules, les mêmes"


def _spilled(formula: str) -> Json:
    """A formula that fills the cells below its own."""
    return cells.formula(f"ARRAYFORMULA({formula})")


def _typed(kind: str, number: float) -> Json:
    """A number that shows as its format says."""
    return {"userEnteredValue": {"numberValue": number}, "userEnteredFormat": {"numberFormat": {"type": kind}}}


@behaviour(
    "Une date se montre en texte parmi les valeurs, et se saisit en nombre ; une formule se lit telle quelle parmi les "
    "valeurs saisies, et ce qu’elle étale à côté d’elle se lit parmi les valeurs montrées",
    _SPLIT,
    "un grand classeur serait lu en un seul appel, plus long, ou déclaré trop gros",
)
def _two_renderings(scratch: Scratch) -> str:
    dates = [_typed("DATE", 44293), _typed("DATE_TIME", 44293.75), _typed("TIME", 0.25)]
    sheet_id = scratch.tab("valeurs", [*dates, cells.formula("1+1")], [_spilled("ROW(A1:A3)"), 12, 0.1, "texte"])
    shown, entered = (
        split_reading.read_values(scratch.client, scratch.key, {sheet_id: "valeurs"}, rendering).tabs[sheet_id]
        for rendering in (split_reading.SHOWN, split_reading.ENTERED)
    )
    seen = f"montrées : {shown}, saisies : {entered}"
    hold(all(isinstance(value, str) for value in shown[0][:3]) and entered[0][:3] == [44293, 44293.75, 0.25], seen)
    hold(shown[0][3] == 2 and str(entered[0][3]).startswith("="), seen)
    hold(shown[1] == [1, 12, 0.1, "texte"] and entered[1][1:] == shown[1][1:] and shown[2:] == [[2], [3]], seen)
    return seen


@behaviour(
    "La lecture de quelques onglets seulement dit la même chose d’eux que celle de tout le classeur, marques comprises",
    _READING,
    "ce que le robot vient d’ajouter ou de réparer ne pourrait pas être vérifié",
)
def _some_tabs(scratch: Scratch) -> str:
    sheet_id = scratch.tab("l’onglet d’à côté", ["Nom"], ["Zoé"])
    scratch.send(marks.mark_column(sheet_id, 0, "nom"))
    part = scratch.client.read("GET", scratch.key, reading.tabs_params(["l’onglet d’à côté"])).json
    whole = scratch.client.read("GET", scratch.key, {"fields": reading.FULL_FIELDS}).json
    [tab] = reading.snapshot(part, "").tabs
    same = reading.snapshot(whole, "").tab("l’onglet d’à côté")
    hold(tab == same and dict(tab.column_marks) == {0: "nom"}, f"seul : {tab}, avec les autres : {same}")
    return "un onglet, le même"


def _cells(tab: TabSnapshot) -> dict[tuple[int, int], CellValue]:
    """Every cell that holds something: 1-based row, 0-based column."""
    return {
        (number, column): value
        for number, row in enumerate(tab.rows, 1)
        for column, value in enumerate(row)
        if value is not None
    }


@behaviour(
    "Les réponses sont compressées : elles pèsent sur le réseau bien moins que leur texte",
    "eig_sheets/spreadsheet/google/client.py, eig_sheets/spreadsheet/google/book.py (ADVISED_RESPONSE_BYTES)",
    "le robot lirait en quatre appels dès quelques centaines de dossiers",
)
def _compressed(scratch: Scratch) -> str:
    scratch.tab("compression", *[["Administration d’accueil"] * 6 for _ in range(12)])
    answer = scratch.client.read("GET", scratch.key, {"fields": reading.FULL_FIELDS, "ranges": "compression"})
    plain = len(json.dumps(answer.json, ensure_ascii=False, separators=(",", ":")).encode())
    hold(answer.size * 2 < plain, f"{answer.size} octets sur le réseau pour {plain}")
    return f"{answer.size} octets sur le réseau pour {plain}"


class _Campaign:
    """EIG5's own configuration on the scratch spreadsheet; its state is forgotten with the folder."""

    def __init__(self, scratch: Scratch, folder: str) -> None:
        scratch.clean()  # tabs without headers would be taken for people's that lost theirs
        self.campaign = loading.load(config.packaged())
        self.book = GoogleWorkbook(scratch.key, scratch.client, NothingRemembered())
        self.state = State(Path(folder), scratch.key)

    def init(self) -> int:
        """Make what lacks; how many operations that took."""
        plan, problems = plan_init(self.book.read(), self.campaign, _NOW.date())
        hold(not problems, " ".join(problem.message for problem in problems))
        self.book.apply(plan)
        return len(plan.operations)

    def sync(self) -> Run:
        """One sync, at a fixed moment."""
        clock = Clock(_NOW, _NOW.date())
        texts = load_templates(self.campaign)
        last_run = self.state.load_last_run()
        reading = reading_for(self.book.read(), self.campaign, last_run)
        run = plan_sync(reading, Known(last_run=last_run, texts=texts), clock)
        hold(not run.problems, " ".join(problem.message for problem in run.problems))
        self.book.apply(run.plan)
        if run.last_run is not None:
            self.state.save_last_run(run.last_run)
        return run


@behaviour(
    "init crée une campagne entière en un seul lot, et le relancer ne trouve rien à ajouter",
    "eig_sheets/run/init.py, eig_sheets/spreadsheet/google/batch.py",
    "init serait à refaire, ou ajouterait sans fin",
)
def _init(scratch: Scratch) -> str:
    with tempfile.TemporaryDirectory() as folder:
        campaign = _Campaign(scratch, folder)
        made = campaign.init()
        again = campaign.init()
    hold(again == 0, f"{made} ajouts, puis encore {again}")
    return f"{made} ajouts, puis aucun"


@behaviour(
    "sync écrit ses résultats en un seul lot, les colonnes du robot les montrent, le relancer n’écrit rien, et le "
    "classeur pèse moins de 2 Mo",
    "eig_sheets/run/nightly.py, eig_sheets/workbook/diff.py",
    "le classeur changerait à chaque exécution, sans que personne n’y ait touché, ou serait lu en quatre appels",
)
def _sync(scratch: Scratch) -> str:
    with tempfile.TemporaryDirectory() as folder:
        campaign = _Campaign(scratch, folder)
        campaign.init()
        layout = campaign.sync().reading.layout.tabs["candidatures"]
        scratch.type(f"'{layout.name}'!A{layout.header_row + 1}", [_DOSSIER])
        campaign.sync()
        last = campaign.sync()
    changes = [f"{change.tab} {change.cell}" for change in last.plan.changes(last.reading.snapshot)]
    hold(not last.plan, f"la dernière exécution écrirait encore : {changes or last.plan.operations}")
    located = last.reading.layout.tabs["candidatures"]
    row, column = located.header_row + 1, located.robot_columns["eligibilite"]
    shown = located.tab.value(row, column)
    hold(isinstance(shown, str), f"colonne Éligibilité : {shown}")
    size = scratch.client.read("GET", scratch.key, {"fields": reading.FULL_FIELDS}).size
    hold(size < ADVISED_RESPONSE_BYTES, f"le classeur pèse {size} octets")
    return f"dossier {_DOSSIER} : Éligibilité = {shown}, puis aucune écriture ; le classeur pèse {size} octets"
