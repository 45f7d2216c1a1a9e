"""What a person types makes the same anomalies in a Grist document as in an .xlsx file, whatever each keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eig_sheets import loading
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.spreadsheet.memory.tabs import TabEditor
from eig_sheets.spreadsheet.model.cells import CellValue, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.end_to_end.grist.support import Team
from tests.program import Campaign

DATE = datetime(2021, 5, 3)
TYPED: Mapping[tuple[str, str], Mapping[str, CellValue]] = {
    ("evaluations", "definition"): {
        "3": 3.0, "3,5": 3.5, "3.5": "3.5", "75 %": 0.75, "5": 5.0, "03/05/2021": DATE, "3 mai 2021": DATE,
        "VRAI": True, "bof": "bof", "nsp": "nsp", "3 / 4": "3 / 4",
    },
    ("evaluations", "deport"): {"oui": "oui", "peut-être": "peut-être", "VRAI": True, "1": 1.0, "03/05/2021": DATE},
    ("candidatures", "nombre_eig"): {
        "2": 2.0, "2,5": 2.5, "-1": -1.0, "deux": "deux", "03/05/2021": DATE, "VRAI": True, "2 %": 0.02, "1e30": 1e30,
    },
    ("candidatures", "cout_jusqu_a_5_ans"): {
        "61250": 61250.0, "61 250,00 €": 61250.0, "-5": -5.0, "environ 60 000": "environ 60 000",
        "2021-05-03": DATE, "FAUX": False,
    },
    ("candidatures", "date_depot"): {
        "07/04/2021": datetime(2021, 4, 7), "7 avril 2021 14:30": datetime(2021, 4, 7, 14, 30), "demain": "demain",
        "31/02/2021": "31/02/2021", "07/04/2121": datetime(2121, 4, 7), "2021-04-07": datetime(2021, 4, 7),
    },
    ("candidatures", "decision"): {"laureat": "laureat", "oui": "oui", "03/05/2021": DATE, "VRAI": True},
    ("candidatures", "email_porteur"): {"à venir": "à venir", "03/05/2021": DATE, "12": 12.0},
    ("jury", "maximum"): {"6": 6.0, "6,5": 6.5, "03/05/2021": DATE, "six": "six"},
}  # fmt: skip
"""By tab and field: what a person types, and what a French Excel then has in the cell.

Not « 61.250 »: Grist makes 61,25 of it at once, and shows that.
"""


def test_what_people_type_makes_the_same_anomalies_on_a_file_and_in_grist(team: Team, demo: Campaign):
    settings = loading.load(demo.config)
    on_a_file, in_grist = read(demo.read(), settings), read(team.read(), settings)
    assert anomalies(in_grist) == anomalies(on_a_file)
    changed: dict[str, TabEditor] = {tab.name: TabEditor.of(tab) for tab in on_a_file.snapshot.tabs}
    for (tab_id, field), typed in TYPED.items():
        layout, there = on_a_file.layout.tabs[tab_id], in_grist.layout.tabs[tab_id]
        table = team.table(there.name)
        column = next(one for one in table.columns if one.label == there.header(field))
        for place, (text, kept) in enumerate(typed.items(), 1):
            changed[layout.name].open().cells[layout.header_row + place, layout.columns[field]] = kept
            team.act(["UpdateRecord", table.id, place, {column.id: text}])
    snapshot = Snapshot(tuple(editor.finished() for editor in changed.values()))
    assert anomalies(read(team.read(), settings)) == anomalies(read(snapshot, settings))


def anomalies(reading: Reading) -> set[tuple[object, ...]]:
    """The code and the severity of each anomaly, by its tab, its row under the headers and its column."""
    found = set()
    layouts = {tab.name: tab for tab in reading.layout.tabs.values()}
    for one in reading.anomalies:
        layout = layouts.get(one.tab)
        if layout is not None and one.cell:
            row, column = parse_a1(one.cell)
            header = str(layout.tab.value(layout.header_row, column))
            found.add((one.tab, row - layout.header_row, header, one.code, one.severity.value))
    return found
