"""The part of the contract about how a new tab first shows: afterwards, it is as people leave it."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.spreadsheet.contract_desk import ANOMALIES, Campaign, Desk, applied, content, look

FOLDED = Sheet(
    "jury", "Jury", Owner.PEOPLE,
    (Column("Nom"), Column("Groupe"), *(Column(f"Détail {n}", group="détails") for n in (1, 2)), Column("Avis")),
    (("Ada", "A", "un", "deux", "oui"),),
    fields=("nom", "groupe", "detail_1", "detail_2", "avis"), frozen_columns=2,
)  # fmt: skip
HIDDEN = replace(ANOMALIES, hidden=True)


def hidden_tabs(snapshot: Snapshot) -> list[str]:
    """The tabs that people do not see."""
    return [tab.name for tab in snapshot.tabs if tab.hidden]


class FirstViewContract(Campaign):
    """Hidden tabs, frozen columns, folded groups."""

    def test_a_tab_is_made_hidden_and_stays_as_people_leave_it(self, desk: Desk):
        book = desk.make_book(self.people)
        made = applied(book, CreateTab(HIDDEN), CreateTab(self.ranking))
        assert hidden_tabs(made) == ["Anomalies"]
        assert Plan("", (ReplaceTab("Anomalies", HIDDEN),)).changes(made) == []
        fresh = replace(HIDDEN, rows=(("A1", "Autre chose."),))
        assert hidden_tabs(applied(book, ReplaceTab("Anomalies", fresh))) == ["Anomalies"]
        desk.edit(book, "hide_tab", tab="Anomalies", shown=True)
        after = applied(book, ReplaceTab("Anomalies", HIDDEN))
        assert (hidden_tabs(after), content(after, "Anomalies")[1]) == ([], ["Évaluations!C5", "Cellule en erreur."])

    def test_a_tab_that_people_hide_is_still_written(self, desk: Desk):
        book = desk.make_book(self.people)
        applied(book, CreateTab(self.ranking))
        desk.edit(book, "hide_tab", tab="Classement")
        fresh = replace(self.ranking, rows=self.ranking.rows[:1])
        after = applied(book, ReplaceTab("Classement", fresh))
        assert hidden_tabs(after) == ["Classement"]
        assert Plan("", (ReplaceTab("Classement", fresh),)).changes(after) == []

    def test_folded_and_frozen_columns_are_read_and_appended_to_like_others(self, desk: Desk):
        book = desk.make_book(self.people)
        made = applied(book, CreateTab(FOLDED))
        assert content(made, "Jury") == [[column.header for column in FOLDED.columns], *map(list, FOLDED.rows)]
        row = ("Blaise", "B", "trois", "quatre", "non")
        after = applied(book, AppendRows("Jury", 3, (0, 1, 2, 3, 4), (look(Format.TEXT),) * 5, (row,)))
        assert content(after, "Jury")[1:] == [*map(list, FOLDED.rows), list(row)]
