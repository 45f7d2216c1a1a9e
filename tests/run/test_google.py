"""`init` and `sync` on a Google Sheet: what they make there, once, and what they leave alone."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
import requests

from eig_sheets import loading
from tests.columns import SCHEMA, cell_of
from tests.features.modules import modules_of_features
from tests.program import copied_config, eig
from tests.run.test_tab_order import created
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.errors import ApiError
from tests.sheets_server.people import edited
from tests.sheets_server.requests.registry import HANDLERS
from tests.sheets_server.server import running
from tests.sheets_server.world import permission

OWNER, OFFICERS = "anne@example.org", ("lea@example.org", "marc@example.org")
GUARDED = {"Candidatures": ["Présélection", "Décision"], "E-mails à envoyer": ["Valider", "Ne pas envoyer"]}
PEOPLE = ("Candidatures", "Jury", "Évaluations", "E-mails à envoyer")
ROBOT = (
    "Accueil",
    "Classement",
    "Cofinancement",
    "Éligibilité",
    "Règles du jeu",
    "Réglages",
    "Anomalies",
    "Modifications reçues",
    "Envois",
    "Journal",
    *(name for module in modules_of_features("tabs_shown") for name in getattr(module, "ROBOT_TABS", ())),
)


class Online(SimpleNamespace):
    """A campaign on a spreadsheet of the local server."""

    def run(self, *arguments):
        self.server.script.post([])
        return eig("--config", self.config, "--workbook", self.key, "--today", "2021-04-30", *arguments, env=self.env)

    def done(self, *arguments):
        finished = self.run(*arguments)
        assert (finished.code, finished.out) == (0, ""), finished.err
        return finished.err

    @property
    def calls(self):
        return [(call.method, call.path.rpartition("/")[2].partition(":")[2]) for call in self.server.script.calls]

    def edit(self, kind, **what):
        self.server.world.keep(edited(self.server.world.books[self.key], {"kind": kind, **what}))

    def as_owner(self, method, path, **options):
        url = f"{self.server.url}/v4/spreadsheets/{self.key}{path}"
        headers = {"Authorization": f"Bearer emulator:{OWNER}"}
        answer = requests.request(method, url, headers=headers, timeout=300, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def tabs(self, fields):
        sheets = self.as_owner("GET", "", params={"fields": f"sheets(properties,{fields})"})["sheets"]
        return {sheet["properties"]["title"]: sheet for sheet in sheets}

    def shown(self, tab):
        dump = requests.get(f"{self.server.url}/_control/spreadsheets/{self.key}", timeout=300).json()
        return next(sheet["values"] for sheet in dump["tabs"] if sheet["title"] == tab)


@pytest.fixture(scope="module", params=["fr_FR"])
def server(request):
    with running(locale=request.param) as made:
        yield made


def online_call(server, folder):
    """The packaged configuration, and an empty spreadsheet that its robot may write."""
    copied_config(folder / "config")
    config = folder / "config" / "campaign.toml"
    text = loading.packaged_text()
    named = "officers = [" + ", ".join(f'"{officer}"' for officer in OFFICERS) + "]"
    assert "officers = []" in text
    config.write_text(text.replace("officers = []", named), encoding="utf-8")
    book = server.world.create("Campagne", OWNER)
    server.world.files[book.id].permissions.append(permission("user", "writer", EMAIL))
    env = {
        "GOOGLE_APPLICATION_CREDENTIALS": server.service_account,
        "EIG_SHEETS_API_ENDPOINT": server.url,
        "EIG_SHEETS_STATE": str(folder / "state"),
    }
    return Online(server=server, key=book.id, config=config, env=env)


@pytest.fixture
def online(server, tmp_path):
    return online_call(server, tmp_path)


@pytest.fixture
def ready(online):
    online.done("init")
    return online


@pytest.mark.slow
def test_init_is_one_read_one_write_and_a_look_at_it(online):
    said = online.done("init")
    assert online.calls == [("GET", ""), ("POST", "batchUpdate"), ("GET", "")]
    assert f"https://docs.google.com/spreadsheets/d/{online.key}/edit" in said
    tabs = online.tabs("columnGroups")
    hidden = [name for name, tab in tabs.items() if tab["properties"].get("hidden")]
    shown, masked = created(date(2021, 4, 30))
    assert [name for name in tabs if name not in hidden] == [shown[0], "Feuille 1", *shown[1:]]
    assert {*hidden} == {*masked}
    assert {*ROBOT} - {*hidden} == {"Accueil", "Classement", "Cofinancement", "Anomalies"}
    frozen = {name: tab["properties"]["gridProperties"].get("frozenColumnCount", 0) for name, tab in tabs.items()}
    assert (frozen["Candidatures"], frozen["Classement"], frozen["Cofinancement"]) == (2, 3, 2)
    assert len(tabs["Candidatures"]["columnGroups"]) == 3


@pytest.mark.slow
def test_each_setting_has_its_value_in_force_beside_it(ready):
    ready.done("sync")
    headers, places, *_ = ready.shown("Paramètres")
    shown = dict(zip(headers, places, strict=False))
    assert (shown["Réglage"], shown["Valeur en vigueur"], shown["D’où elle vient"]) == ("Places", "20", "campaign.toml")


def test_what_is_for_the_robot_alone_is_hidden(online):
    online.done("init")
    url, params = f"{online.server.url}/v4/spreadsheets/{online.key}", {"ranges": "Envois", "includeGridData": "true"}
    answer = requests.get(url, params=params, headers={"Authorization": f"Bearer emulator:{OWNER}"}, timeout=300).json()
    columns = answer["sheets"][0]["data"][0]["columnMetadata"]
    hidden = [place for place, column in enumerate(columns) if column.get("hiddenByUser")]
    assert hidden == [online.shown("Envois")[0].index("Empreinte")]


@pytest.mark.slow
def test_init_again_writes_nothing(ready):
    assert "Rien ne manque" in ready.done("init")
    assert ready.calls == [("GET", "")]


@pytest.mark.slow
def test_every_tab_has_its_frozen_headers_notes_widths_and_marks(ready):
    mask = "developerMetadata,data(columnMetadata(pixelSize,developerMetadata),rowData.values(note,effectiveFormat))"
    for name, tab in ready.tabs(mask).items():
        if name in (*PEOPLE, *ROBOT):
            assert tab["properties"]["gridProperties"]["frozenRowCount"] == 1
            keys = [mark["metadataKey"] for mark in tab["developerMetadata"]]
            assert sorted(keys) == ["eig-sheets.look", "eig-sheets.tab"]
            columns = tab["data"][0]["columnMetadata"]
            assert all(("developerMetadata" in column) == (name in PEOPLE) for column in columns)
            assert len({column["pixelSize"] for column in columns}) > 1
            header = tab["data"][0]["rowData"][0]["values"]
            assert all(cell["effectiveFormat"]["textFormat"]["bold"] for cell in header)
            if name not in ("Anomalies", "Journal", "Accueil"):
                assert any("note" in cell for cell in header), name


@pytest.mark.slow
def test_robot_s_tabs_are_protected_and_everyone_may_sort_a_view_of_them(ready):
    tabs = ready.tabs("protectedRanges,filterViews")
    for name in ROBOT:
        (kept,) = tabs[name]["protectedRanges"]
        assert not {"startRowIndex", "endRowIndex", "startColumnIndex"} & kept["range"].keys()
        assert {*kept["editors"]["users"]} >= {EMAIL, *OFFICERS}
        assert not kept.get("warningOnly")
        (view,) = tabs[name]["filterViews"]
        assert view["title"] == "Trier et filtrer"


@pytest.mark.slow
def test_a_new_outbox_has_a_view_without_obsolete_e_mails_which_is_then_people_s(ready):
    def views():
        return ready.tabs("filterViews")["E-mails à envoyer"].get("filterViews", [])

    (view,) = views()
    assert view["title"] == "Sans « Obsolète »"
    ((column, criteria),) = [(spec["columnIndex"], spec["filterCriteria"]) for spec in view["filterSpecs"]]
    assert criteria == {"hiddenValues": ["Obsolète"]}
    assert ready.shown("E-mails à envoyer")[0][column] == "État"
    ready.done("sync")
    assert views() == [view]


@pytest.mark.slow
def test_columns_that_decide_are_the_officers(ready):
    tabs = ready.tabs("protectedRanges,data.rowData.values.formattedValue")
    for name in PEOPLE:
        headers = [cell.get("formattedValue") for cell in tabs[name]["data"][0]["rowData"][0]["values"]]
        kept = tabs[name].get("protectedRanges", [])
        assert [headers[protection["range"]["startColumnIndex"]] for protection in kept] == GUARDED.get(name, [])
        for protection in kept:
            assert protection["range"]["endColumnIndex"] == protection["range"]["startColumnIndex"] + 1
            assert protection["range"]["startRowIndex"] == 1
            assert {*protection["editors"]["users"]} >= {EMAIL, *OFFICERS}


@pytest.mark.slow
def test_without_officers_no_column_is_kept_from_those_who_decide(online):
    named = online.config.read_text(encoding="utf-8")
    online.config.write_text(named.replace("officers = ", "# "), encoding="utf-8")
    online.done("init")
    tabs = online.tabs("protectedRanges")
    assert [name for name in PEOPLE if "protectedRanges" in tabs[name]] == []
    assert all("protectedRanges" in tabs[name] for name in ROBOT)
    online.config.write_text(named, encoding="utf-8")
    online.done("init")
    assert [name for name in PEOPLE if "protectedRanges" in online.tabs("protectedRanges")[name]] == [*GUARDED]


@pytest.mark.slow
def test_drop_downs_boxes_and_colours(ready):
    tabs = ready.tabs("conditionalFormats,data.rowData.values(formattedValue,dataValidation)")

    def rule(tab, header):
        rows = tabs[tab]["data"][0]["rowData"]
        column = [cell.get("formattedValue") for cell in rows[0]["values"]].index(header)
        assert all(len(row["values"]) > column for row in rows[1:])
        return {json.dumps(row["values"][column].get("dataValidation")) for row in rows[1:]}

    (decision,) = map(json.loads, rule("Candidatures", "Décision"))
    assert [choice["userEnteredValue"] for choice in decision["condition"]["values"]] == [
        "Lauréat", "Liste d’attente", "Non retenu", "Désisté",
    ]  # fmt: skip
    assert not decision.get("strict")
    (box,) = map(json.loads, rule("E-mails à envoyer", "Valider"))
    assert box["condition"]["type"] == "BOOLEAN"
    kinds = [[*rule][-1] for rule in tabs["Classement"]["conditionalFormats"]]
    assert {"gradientRule", "booleanRule"} <= {key for rule in tabs["Classement"]["conditionalFormats"] for key in rule}
    assert kinds


@pytest.fixture
def filled(online, demo):
    """The demo's people's tabs, typed in a spreadsheet that `init` made."""
    from tests.sheets_server import xlsx

    book = xlsx.load(demo.workbook, "fr_FR", "Europe/Paris")
    online.config = demo.config
    made = online.server.world.create("Campagne", OWNER, book)
    online.server.world.files[made.id].permissions.append(permission("user", "writer", EMAIL))
    online.key = made.id
    return online


@pytest.mark.slow
def test_an_uploaded_campaign_is_taken_over_and_shows_the_same(filled):
    before = {tab: filled.shown(tab) for tab in (*PEOPLE, "Classement", "Envois")}
    filled.done("init")
    filled.done("sync")
    mended = [("POST", "batchUpdateByDataFilter"), ("GET", "")]
    assert filled.calls == [("GET", ""), ("POST", "batchUpdate"), ("GET", ""), *mended]
    after = {tab: filled.shown(tab) for tab in (*PEOPLE, "Classement", "Envois")}
    assert after == before
    filled.done("sync")
    assert filled.calls == [("GET", "")]
    assert "Rien ne manque" in filled.done("init")


@pytest.mark.slow
def test_an_uploaded_tab_of_the_robot_is_marked_before_it_is_written(filled):
    """Until it is, someone may take it for theirs and type in it while the robot writes."""
    before = {tab: filled.shown(tab) for tab in (*PEOPLE, "Classement", "Envois")}
    filled.edit("set", tab="Évaluations", cell=cell_of("evaluations", "pertinence", 4), value=1)
    typed = {"kind": "set", "tab": "Classement", "cell": "A4", "value": "à moi"}
    filled.server.script.post([{"after_call": 1, "edit": {"spreadsheet_id": filled.key, **typed}}])
    assert eig("--config", filled.config, "--workbook", filled.key, "sync", env=filled.env).code == 0
    assert filled.shown("Classement")[3][0] == "à moi"
    filled.done("sync")
    assert filled.shown("Classement") not in (before["Classement"], [])
    filled.done("sync")
    assert filled.calls == [("GET", "")]


@pytest.mark.slow
def test_the_dashboard_has_its_charts_and_keeps_those_of_people(filled):
    filled.done("sync")  # marks the tabs of the uploaded campaign
    filled.done("sync")

    def charts():
        return filled.tabs("charts(chartId,spec.title)")["Accueil"]["charts"]

    ours = charts()
    assert [chart["spec"]["title"].partition("\u202f")[0].partition(",")[0] for chart in ours] == [
        "Dossiers reçus chaque jour", "Complétude des dossiers", "Évaluations reçues", "Notes des dossiers classés",
        "Co-financement demandé", "Métiers demandés",
    ]  # fmt: skip
    sheet_id = filled.tabs("merges")["Accueil"]["properties"].get("sheetId", 0)
    anchor = {"anchorCell": {"sheetId": sheet_id, "rowIndex": 60, "columnIndex": 0}}
    source = {"sources": [{"sheetId": sheet_id, "startRowIndex": 0, "endRowIndex": 2}]}
    spec = {
        "title": "À nous",
        "basicChart": {"chartType": "BAR", "series": [{"series": {"sourceRange": source}}]},
    }
    theirs = {"addChart": {"chart": {"spec": spec, "position": {"overlayPosition": anchor}}}}
    filled.as_owner("POST", ":batchUpdate", json={"requests": [theirs]})
    filled.edit("insert_row", tab="Accueil", at=1)
    filled.done("sync")
    assert sorted(chart["chartId"] for chart in ours) == sorted(
        chart["chartId"] for chart in charts() if chart["spec"]["title"] != "À nous"
    )
    assert "À nous" in [chart["spec"]["title"] for chart in charts()]


@pytest.mark.slow
def test_init_gives_an_older_workbook_what_it_lacks_and_moves_nothing(ready):
    """As a version before this one made it, and as people rearranged it since."""
    ready.edit("set", tab="Candidatures", cell=cell_of("candidatures", "numero", 2), value="4512301")
    ready.edit("rename_tab", tab="Jury", **{"from": "Jury", "to": "Jurés 2021"})
    ready.edit("rename_header", tab="Candidatures", **{"from": "Nom du projet", "to": "Titre"})
    ready.edit("move_column", tab="Candidatures", header="Titre", to=1)
    ready.edit("delete_tab", tab="Envois")
    sheets = ready.tabs("protectedRanges,developerMetadata,data.columnMetadata.developerMetadata")
    kept = [protection["protectedRangeId"] for tab in sheets.values() for protection in tab.get("protectedRanges", ())]
    column = sheets["Évaluations"]["data"][0]["columnMetadata"][0]["developerMetadata"][0]["metadataId"]
    lookup = {"dataFilter": {"developerMetadataLookup": {"metadataId": column}}}
    lost = [{"deleteProtectedRange": {"protectedRangeId": protection_id}} for protection_id in kept] + [
        {"deleteDeveloperMetadata": lookup}
    ]
    ready.as_owner("POST", ":batchUpdate", json={"requests": lost})
    names, dossiers = [*ready.tabs("merges")], ready.shown("Candidatures")
    ready.done("init")
    assert ready.calls == [("GET", ""), ("POST", "batchUpdate"), ("GET", "")]
    after = ready.tabs("protectedRanges,data.columnMetadata.developerMetadata")
    assert [*after] == [*names, "Envois"]
    assert ready.shown("Candidatures") == dossiers
    again = [protection for tab in after.values() for protection in tab.get("protectedRanges", ())]
    assert len(again) == len(kept) + 1  # that of Envois, made again
    assert "developerMetadata" in after["Évaluations"]["data"][0]["columnMetadata"][0]
    assert "Rien ne manque" in ready.done("init")
    ready.done("sync")
    assert "Rien n’a changé" in ready.done("sync").replace("\u202f", " ")


@pytest.mark.slow
def test_init_completes_at_once_a_tab_that_people_made(online):
    online.edit("rename_tab", tab="Feuille 1", **{"from": "Feuille 1", "to": "Candidatures"})
    for column, header in enumerate(("Nom du projet", "N° DS", "Notes à nous")):
        online.edit("set", tab="Candidatures", cell=f"{'ABC'[column]}3", value=header)
        online.edit("set", tab="Candidatures", cell=f"{'ABC'[column]}4", value=f"{column}")
    dry = online.run("init", "--dry-run", "--format", "json").records
    first = f"{'ABC'[0]}3"
    headers = [change["new"] for change in dry if change["tab"] == "Candidatures" and change["cell"] == first]
    assert headers == ["(repère invisible de la colonne)"]
    online.done("init")
    rows = online.shown("Candidatures")
    assert [row[:3] for row in rows[2:4]] == [["Nom du projet", "N° DS", "Notes à nous"], [0, 1, 2]]
    schema = SCHEMA.tab("candidatures")
    lacking = [field.header for field in schema.fields if field.id not in ("projet", "numero")]
    assert rows[2][3:] == [*lacking, "Éligibilité", "Rang", "Note /20", "Proposition", "Co-financement"]
    assert len(online.tabs("protectedRanges")["Candidatures"]["protectedRanges"]) == 2
    assert "Rien ne manque" in online.done("init")


@pytest.mark.slow
def test_a_new_officer_is_given_the_protections_and_nobody_is_taken_away(ready):
    text = ready.config.read_text(encoding="utf-8")
    ready.config.write_text(text.replace("lea@example.org", "nora@example.org"), encoding="utf-8")
    ready.done("init")
    kept = [
        protection for tab in ready.tabs("protectedRanges").values() for protection in tab.get("protectedRanges", ())
    ]
    guarded = [field for tab in SCHEMA.tabs for field in tab.fields if field.guarded]
    assert len(kept) == len(ROBOT) + len(guarded)
    for protection in kept:
        assert {*protection["editors"]["users"]} >= {EMAIL, "nora@example.org", *OFFICERS}
    assert "Rien ne manque" in ready.done("init")


@pytest.mark.slow
def test_every_command_takes_a_url_or_a_key_from_the_command_line_or_the_configuration(ready):
    address = f"https://docs.google.com/spreadsheets/d/{ready.key}/edit?gid=5#gid=5"
    for command in (["check"], ["rank"], ["cofinancing"], ["emails", "list"], ["emails", "draft"], ["sync"], ["init"]):
        finished = eig("--config", ready.config, "--workbook", address, *command, env=ready.env)
        assert (command, finished.code) == (command, 0), finished.err
    text = ready.config.read_text(encoding="utf-8")
    for place in (address, ready.key):
        ready.config.write_text(text.replace("../campagne.xlsx", place), encoding="utf-8")
        assert "Rien n’a changé" in eig("--config", ready.config, "--today", "2021-04-30", "sync", env=ready.env).err


@pytest.mark.slow
def test_a_dry_run_prints_every_cell_and_writes_nothing(filled):
    filled.done("init")
    filled.done("sync")
    filled.edit("rename_header", tab="Candidatures", **{"from": "Rang", "to": "Place"})
    dry = filled.run("sync", "--dry-run", "--format", "json")
    assert ("POST", "batchUpdate") not in filled.calls
    changed = [record for record in dry.records if record["tab"] == "Candidatures"]
    assert [(change["old"], change["new"][:40]) for change in changed] == [
        ("Place", '=ARRAYFORMULA(IF(ROW(A2:A)=ROW(A2),"Plac')
    ]
    filled.done("sync")
    assert filled.shown("Candidatures")[1][-4] == "Place"


@pytest.mark.slow
def test_a_column_that_moves_under_added_rows_is_reported_even_if_google_lets_them_pass(filled, demo, monkeypatch):
    """What Google does when a lookup finds nothing was never seen: the local server refuses, this one does not."""
    held = HANDLERS["updateDeveloperMetadata"]

    def lenient(batch, body):
        try:
            return held(batch, body)
        except ApiError:
            return None

    filled.done("init")
    filled.done("sync")
    monkeypatch.setitem(HANDLERS, "updateDeveloperMetadata", lenient)
    moved = {"spreadsheet_id": filled.key, "kind": "move_column", "tab": "Candidatures", "header": "Région", "to": "B"}
    filled.server.script.post([{"after_call": 1, "edit": moved}])
    told = eig("--config", filled.config, "--workbook", filled.key, "import", demo.export, env=filled.env)
    assert told.code == 1
    assert "Remettez chaque valeur sous le sien" in told.err


@pytest.fixture
def imported(ready, tmp_path):
    """A campaign whose export was imported; runs another import, by the machine of that state folder."""
    export = tmp_path / "export.csv"

    def import_(text, *options, state="state"):
        rows = "".join(f"{row},En instruction\n" for row in text.splitlines())
        export.write_text(f"ID,Nom du projet,État du dossier\n{rows}", encoding="utf-8")
        ready.env["EIG_SHEETS_STATE"] = str(tmp_path / state)
        return ready.run("import", *([] if "--undo" in options else [export, "--yes"]), *options)

    assert import_("101,Alpha\n102,Bêta").code == 0
    ready.import_ = import_
    ready.lines = lambda: [row[:5] for row in ready.shown("Modifications reçues")[1:] if row[0]]
    return ready


@pytest.mark.slow
def test_what_an_import_brings_is_known_to_every_machine_and_people_delete_its_rows(imported):
    imported.edit("set", tab="Candidatures", cell=cell_of("candidatures", "projet", 2), value="Alpha, corrigé")
    assert imported.import_("101,Alpha\n102,Gamma", state="other").code == 0
    assert imported.lines() == [["102", "Nom du projet", cell_of("candidatures", "projet", 3), "Bêta", "Gamma"]]
    refused = imported.import_("101,Alpha\n102,Gamma", "--fill")
    assert (refused.code, refused.err.count("\n"), "Modifications reçues" in refused.err) == (1, 1, True)
    undone = imported.import_("", "--undo", "--format", "json")
    assert [(record["dossier"], record["row"], record["action"]) for record in undone.records] == [
        ("101", 2, "à supprimer"), ("102", 3, "à supprimer"),
    ]  # fmt: skip
    assert [row[0] for row in imported.shown("Candidatures")[1:3]] == ["101", "102"]


@pytest.mark.slow
def test_what_an_import_brings_survives_syncs_until_the_sheet_has_it(imported):
    imported.import_("101,Alpha\n102,Gamma", state="other")
    for state in ("other", "state"):
        imported.env["EIG_SHEETS_STATE"] = imported.env["EIG_SHEETS_STATE"].replace("other", state)
        imported.done("sync")
        assert [line[4] for line in imported.lines()] == ["Gamma"]
    before = imported.shown("Modifications reçues")
    assert imported.import_("101,Alpha\n102,Gamma").code == 0
    assert imported.shown("Modifications reçues") == before
    imported.edit("set", tab="Candidatures", cell=cell_of("candidatures", "projet", 3), value="Gamma")
    imported.done("sync")
    assert imported.lines() == []
