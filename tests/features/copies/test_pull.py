"""`pull` as people use it: a campaign on the local Sheets server, and the file that comes of it."""

import json
import re
import stat
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.cli.test_errors import refused
from tests.columns import LATER_TABS, SCHEMA
from tests.program import ROOT, Campaign, copied_elsewhere, eig, environment
from tests.sheets_server.server import running
from tests.spreadsheet import libreoffice
from tests.spreadsheet.xlsx.package_check import problems

LONG = "Un très long résumé. " * 2000
FORMULAS = sum(len(tab.robot_fields) for tab in SCHEMA.tabs)
ROBOT_S = f"• {FORMULAS} formules du robot sont des valeurs aussi : « sync » les met à jour sur la copie."
CHARTS = "• La copie n’a pas les graphiques de l’original : Accueil (6)."
LONG_S = (
    "• Une cellule .xlsx ne contient que 32 767 caractères ; ces textes, coupés dans la copie, sont entiers dans "
    "copie – textes longs.txt : Jury, cellule J6 (42 000 caractères)."
)
TABS = len({tab.id for tab in SCHEMA.tabs} - LATER_TABS) + len(SCHEMA.robot_tabs.keys() - SCHEMA.optional_robot_tabs)
FREE = 9  # a column of Jury that nobody uses
BEYOND = 20  # a column at the right of those of Évaluations


class OnGoogle:
    """The demonstration's campaign, on a server."""

    def __init__(self, campaign: Campaign, server):
        self.campaign, self.server = campaign, server
        self.env = {
            "EIG_SHEETS_API_ENDPOINT": server.url,
            "GOOGLE_APPLICATION_CREDENTIALS": server.service_account,
        }
        self.url = f"https://docs.google.com/spreadsheets/d/{server.spreadsheet_id}/edit"

    def run(self, *arguments):
        return self.campaign.run("--workbook", self.url, *arguments, env=self.env)

    def program(self, *arguments):
        return self.campaign.program("--workbook", self.url, *arguments, env=self.env)

    def pull(self, copy: Path) -> str:
        done = self.run("pull", "--to", copy)
        assert (done.code, done.out) == (0, "")
        return done.err.replace("\u202f", " ")

    def control(self, what: str):
        with urlopen(f"{self.server.url}/_control/{what}") as answer:
            return json.load(answer)

    def tabs(self):
        return self.control(f"spreadsheets/{self.server.spreadsheet_id}")["tabs"]

    def calls(self):
        return [(call["method"], call["status"]) for call in self.control("calls")]

    def batch(self, *requests):
        from eig_sheets.spreadsheet.google.client import connect

        connect(self.env).write(f"{self.server.spreadsheet_id}:batchUpdate", {"requests": list(requests)})

    def put(self, tab: str, column: int, cells) -> None:
        """Write cells, each a CellData, by their rows."""
        sheet_id = self.server.world.books[self.server.spreadsheet_id].titled(tab).id
        self.batch(
            *(
                {
                    "updateCells": {
                        "start": {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column},
                        "rows": [{"values": [cell]}],
                        "fields": ",".join(cell),
                    }
                }
                for row, cell in cells.items()
            )
        )


def text(value: str):
    return {"userEnteredValue": {"stringValue": value}}


def formula(value: str):
    return {"userEnteredValue": {"formulaValue": value}}


@pytest.fixture(scope="module")
def shared(finished_demo, tmp_path_factory):
    """The demonstration on Google, initialised and synchronised; the state of its robot is its own."""
    campaign = Campaign(tmp_path_factory.mktemp("google") / "demo-eig")
    copied_elsewhere(finished_demo, campaign.folder)
    with running(load=campaign.workbook, check_answers=False) as server:
        made = OnGoogle(campaign, server)
        for command in ("init", "sync"):
            done = made.run(command)
            assert done.code == 0, done.err
        yield made


@pytest.fixture
def google(shared):
    """The same; what a test changes there does not outlive it."""
    book_id = shared.server.spreadsheet_id
    before = shared.server.world.books[book_id].copy()
    shared.server.script.post([])
    yield shared
    shared.server.world.books[book_id] = before


@pytest.fixture(scope="module")
def pulled(shared, tmp_path_factory):
    """A copy of it as it is; not to be changed."""
    copy = tmp_path_factory.mktemp("pulled") / "copie.xlsx"
    shared.pull(copy)
    return copy


def plain(value):
    """A value as the server's dump spells it."""
    if isinstance(value, CellError):
        return value.code
    return int(value) if isinstance(value, float) and value.is_integer() else value


def values_of(copy: Path):
    """Every value of a copy by tab, dates as numbers, read by openpyxl without its idea of dates."""
    from openpyxl.utils.datetime import to_excel

    book = openpyxl.load_workbook(copy)
    values = {}
    for sheet in book.worksheets:
        if sheet.sheet_state != "veryHidden":
            cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
            dates = {at: to_excel(value) for at, value in cells.items() if hasattr(value, "year")}
            values[sheet.title] = {at: plain(value) for at, value in (cells | dates).items()}
    return values


def dumped(tabs):
    """Every value that Google shows, by tab."""
    from eig_sheets.spreadsheet.model.cells import a1

    return {
        tab["title"]: {
            a1(row, column): plain(float(value) if type(value) in (int, float) else value)
            for row, line in enumerate(tab["values"], 1)
            for column, value in enumerate(line)
            if value not in ("", None)
        }
        for tab in tabs
    }


def near(values):
    """Dates went through openpyxl's datetimes: to the millisecond."""
    return {
        tab: {at: round(value, 6) if isinstance(value, float) else value for at, value in cells.items()}
        for tab, cells in values.items()
    }


@pytest.mark.slow
def test_every_value_of_every_tab_is_there_in_order(shared, pulled):
    copied, original = near(values_of(pulled)), near(dumped(shared.tabs()))
    assert [*copied] == [*original]
    assert len(copied) == TABS
    for tab, cells in original.items():
        assert copied[tab] == cells
    assert sum(map(len, copied.values())) > 4000


@pytest.mark.slow
def test_it_takes_one_read_and_says_what_it_did(google, tmp_path):
    said = google.pull(tmp_path / "copie.xlsx")
    assert google.calls() == [("GET", 200)]
    count = sum(map(len, dumped(google.tabs()).values()))
    first, *more = said.splitlines()
    assert first.replace(" ", "") == (
        f"{tmp_path / 'copie.xlsx'} est une copie de {google.url} : {TABS} onglets, {count} cellules remplies."
    ).replace(" ", "")
    assert more == [ROBOT_S, CHARTS]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copie.xlsx"]
    assert eig("-q", *google.campaign.arguments("--workbook", google.url, "pull", "--to", tmp_path / "b.xlsx"),
               env=google.env).err == ""  # fmt: skip


@pytest.mark.slow
def test_excel_would_not_repair_it_and_other_programs_read_it(pulled):
    assert problems(pulled) == []
    rows = CalamineWorkbook.from_path(pulled).get_sheet_by_name("Jury").to_python(skip_empty_area=False)
    rows_read = openpyxl.load_workbook(pulled)["Jury"].iter_rows(max_col=5, values_only=True)
    assert [row[:5] for row in rows] == [[cell if cell is not None else "" for cell in row] for row in rows_read]
    assert len(rows) == 24


@pytest.mark.slow
def test_what_is_hidden_or_frozen_is_so_in_the_copy(pulled):
    book = openpyxl.load_workbook(pulled)
    assert {"Envois", "Journal", "Paramètres"} <= {tab.title for tab in book if tab.sheet_state == "hidden"}
    assert (book["Candidatures"].freeze_panes[0], book["Classement"].freeze_panes[0]) == ("C", "D")


@pytest.mark.slow
def test_our_workbook_finds_the_same_marks_and_the_same_results(google, pulled, tmp_path):
    from eig_sheets.spreadsheet.google.book import GoogleWorkbook
    from eig_sheets.spreadsheet.google.client import connect

    on_google = GoogleWorkbook(google.url, connect(google.env), google.campaign.state).read()
    copied = XlsxWorkbook(pulled, tmp_path).read()
    assert len(on_google.tabs) == TABS
    for online, copy in zip(on_google.tabs, copied.tabs, strict=True):
        assert (copy.name, copy.mark, dict(copy.column_marks)) == (online.name, online.mark, online.column_marks)
        assert copy.hidden == online.hidden
        assert (set(copy.merges), copy.formulas) == (set(online.merges), {})
    assert on_google.tab("Candidatures").mark == "candidatures"
    for command in ("rank", "cofinancing", "check"):
        on_copy = google.campaign.run("--workbook", pulled, command, "--format", "json")
        assert on_copy == google.run(command, "--format", "json")
        assert len(on_copy.records) > 10


@pytest.mark.slow
def test_the_robot_goes_on_with_the_copy_and_then_rests(google, tmp_path):
    copy = tmp_path / "copie.xlsx"
    google.pull(copy)
    first = google.campaign.run("--workbook", copy, "sync")
    assert first.code == 0
    before = copy.read_bytes()
    for command in ("sync", "init"):
        assert google.campaign.run("--workbook", copy, command).code == 0
        assert copy.read_bytes() == before
    assert problems(copy) == []


@pytest.mark.slow
def test_a_header_that_people_renamed_is_still_known(google, tmp_path):
    google.put("Candidatures", 2, {2: text("Comment s’appelle le projet")})
    copy = tmp_path / "copie.xlsx"
    google.pull(copy)
    ranked = google.campaign.run("--workbook", copy, "rank", "--format", "json").records
    assert None not in [record["project"] for record in ranked]
    assert ranked == google.run("rank", "--format", "json").records


@pytest.mark.slow
def test_what_people_did_is_copied_and_what_changed_is_reported(google, tmp_path):
    noted = formula("=40+2") | {"note": "Calculé par Anne"}
    ticked = {"userEnteredValue": {"boolValue": True}}
    jury = {3: text("=1+1"), 4: noted, 5: formula("=1/0"), 6: text(LONG), 7: text("<r>gras</r>"), 8: ticked}
    google.put("Jury", FREE, jury)
    dated = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}}
    dates = {20: {"userEnteredValue": {"numberValue": -3652}}, 21: {"userEnteredValue": {"numberValue": 44293.5}}}
    google.put("Évaluations", BEYOND, {row: cell | dated for row, cell in dates.items()} | {22: formula("=A1")})
    said = google.pull(tmp_path / "copie.xlsx")

    copy = openpyxl.load_workbook(tmp_path / "copie.xlsx")
    jury, scores = copy["Jury"], copy["Évaluations"]
    shown = [jury[f"J{row}"] for row in range(3, 9)]
    assert [(cell.value, cell.data_type) for cell in shown[:3]] == [("=1+1", "s"), (42, "n"), ("#DIV/0!", "e")]
    assert shown[0].quotePrefix
    assert shown[1].comment.text == "Calculé par Anne"
    assert [cell.value for cell in shown[4:]] == ["<r>gras</r>", True]
    beside = tmp_path / "copie – textes longs.txt"
    assert len(shown[3].value) == 32_767
    assert LONG.startswith(shown[3].value.partition("… [Coupé ici")[0])
    assert shown[3].value.endswith(f"texte entier dans «\u202f{beside.name}\u202f»]")
    assert LONG in beside.read_text(encoding="utf-8")
    assert scores["U20"].value == "30/12/1889"
    assert (f"{scores['U21'].value:%d/%m/%Y %H}", scores["U21"].number_format) == ("07/04/2021 12", "dd/mm/yyyy")

    assert said.splitlines()[1:] == [
        "• 3 formules sont devenues les valeurs affichées : Jury (2 : J4 et J5) ; Évaluations (1 : U22).",
        ROBOT_S,
        LONG_S,
        "• Excel ne connaît pas les dates d’avant 1900 ; celles-ci y sont en texte : Évaluations (1 : U20).",
        CHARTS,
    ]
    assert problems(tmp_path / "copie.xlsx") == []


@pytest.mark.slow
def test_names_that_excel_refuses_are_changed_and_said(google, tmp_path):
    long = "Réponses au formulaire de pré-candidature 2021"
    for title, hidden in ((long, True), ("Budget 2020/2021 [v2]", False), (f"{long} (bis)", False)):
        google.batch({"addSheet": {"properties": {"title": title, "hidden": hidden}}})
    said = google.pull(tmp_path / "copie.xlsx")
    book = openpyxl.load_workbook(tmp_path / "copie.xlsx")
    names = ["Réponses au formulaire de pré-c", "Budget 2020-2021 -v2-", "Réponses au formulaire de (2)"]
    assert book.sheetnames[TABS : TABS + 2] == names[:2]
    assert re.fullmatch(r"Réponses au formulaire de p.* \(2\)", book.sheetnames[TABS + 2])
    assert [book[name].sheet_state for name in names[:2]] == ["hidden", "visible"]
    assert f"• L’onglet « {long} » s’y appelle « {names[0]} » : Excel n’accepte pas son nom." in said.splitlines()
    assert problems(tmp_path / "copie.xlsx") == []


@pytest.mark.slow
def test_a_file_that_is_there_is_never_replaced(google, tmp_path):
    copy, beside = tmp_path / "copie.xlsx", tmp_path / "copie – textes longs.txt"
    copy.write_text("à moi")
    refused(google.run("pull", "--to", copy), 1, f"{copy} existe déjà", "--to")
    assert google.calls() == []
    assert copy.read_text() == "à moi"
    copy.unlink()
    beside.write_text("à moi aussi")
    google.put("Jury", FREE, {6: text(LONG)})
    refused(google.run("pull", "--to", copy), 1, f"{beside} existe déjà")
    assert (copy.exists(), beside.read_text()) == (False, "à moi aussi")
    refused(google.run("pull", "--to", tmp_path / "ailleurs" / "copie.xlsx"), 1, "n’existe pas", "--to")
    long_name = tmp_path / f"{'é' * 120}.xlsx"  # with what its temporary name adds, longer than a name may be
    refused(google.run("pull", "--to", long_name), 1, "nom trop long")
    assert [*tmp_path.iterdir()] == [beside]


@pytest.mark.slow
def test_a_copy_is_its_owner_s_alone_under_a_umask_that_would_leave_all_to_all(google, tmp_path):
    google.put("Jury", FREE, {6: text(LONG)})
    arguments = google.campaign.arguments("--workbook", google.url, "pull", "--to", tmp_path / "copie.xlsx")
    done = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.one_process", "0", json.dumps([[*map(str, arguments)]])],
        cwd=ROOT, env=environment(google.env), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert [code for code, _ in json.loads(done.stdout)] == [0]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"copie.xlsx": 0o600, "copie – textes longs.txt": 0o600}


def test_wrong_uses(demo):
    refused(demo.run("pull"), 2, "Il manque --to.")
    refused(demo.run("pull", "--to", "copie.ods"), 2, "--to", ".xlsx")
    refused(demo.run("pull", "--to", demo.folder / "copie.xlsx"), 1, "est déjà un fichier", "--workbook")


@pytest.mark.slow
def test_google_that_says_no(google, tmp_path):
    google.server.script.post([{"on_call": 1, "fault": {"kind": "status", "status": 403}}])
    refused(google.program("pull", "--to", tmp_path / "copie.xlsx"), 1, "partagé", "Éditeur")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL)
def test_libreoffice_prints_it(pulled, tmp_path):
    pdf = libreoffice.convert(pulled, "pdf", tmp_path, profile=tmp_path / "profile")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    assert "N° de dossier" in text
    assert "\n L’équipe du programme" in re.sub(" +", " ", text)  # the last line of an e-mail: all its lines are seen
    assert not re.search(r"#(?:REF|NAME|VALUE|N/A|DIV)|\bErr:\d|####", text)
