"""What left, and the types of our columns, in the table of marks: what is so already is not written again."""

import json
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.document import MARKS, Document, KeptSent, KeptTypes, is_record
from eig_sheets.spreadsheet.grist.kept_rows import sent_actions, sent_of
from eig_sheets.spreadsheet.model.plan import CreateTab, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import SentMark
from tests.columns import SCHEMA
from tests.spreadsheet.grist.documents import campaign, planned

DIGEST = "0123456789abcdef"
SENT, DRAFTED = SentMark("refus-1", DIGEST, "Envoyé"), SentMark("relance jury-2", DIGEST, "Brouillon créé")
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
MARKED = st.builds(SentMark, IDS, st.text("0123456789abcdef", min_size=16, max_size=16), st.sampled_from(["a", "b"]))


def keeping(*marks):
    return replace(campaign(), sent=tuple(KeptSent(row, mark) for row, mark in enumerate(marks, 50)))


def after(document: Document, actions) -> list[SentMark]:
    """What the table of marks keeps once the actions are done."""
    rows = {kept.row_id: {"repere": f"envoi {kept.mark.id} {kept.mark.digest}", "aspect": kept.mark.state}
            for kept in document.sent}  # fmt: skip
    for kind, table, row_ids, *cells in actions:
        assert table == MARKS
        for place, row_id in enumerate(row_ids):
            if kind == "BulkRemoveRecord":
                del rows[row_id]
            else:
                key = row_id or max(rows, default=0) + 1
                rows[key] = {name: values[place] for name, values in cells[0].items()}
    return [kept.mark for kept in sent_of({"id": row_id, **cells} for row_id, cells in rows.items())]


def test_what_left_is_added_changed_and_removed():
    later = replace(SENT, digest="f" * 16)
    assert [*sent_actions((SENT, DRAFTED), keeping(SENT, DRAFTED))] == []
    assert [*sent_actions((later,), keeping(SENT, DRAFTED))] == [
        ["BulkUpdateRecord", MARKS, [50], {"repere": [f"envoi refus-1 {later.digest}"], "aspect": ["Envoyé"]}],
        ["BulkRemoveRecord", MARKS, [51]],
    ]
    [added] = sent_actions((SENT, DRAFTED), keeping(SENT))
    assert added == ["BulkAddRecord", MARKS, [None], {
        "repere": [f"envoi relance jury-2 {DIGEST}"], "aspect": ["Brouillon créé"],
    }]  # fmt: skip


@example([SENT, SENT], [SENT])  # two runs at once kept it
@given(st.lists(MARKED, max_size=6), st.lists(MARKED, max_size=6, unique_by=lambda mark: mark.id))
def test_whatever_was_kept_what_left_is_kept_once(before, now):
    document = keeping(*before)
    left = after(document, sent_actions(now, document))
    assert sorted(left, key=repr) == sorted(now, key=repr)


def sheet(sent=(SENT,), header="N°"):
    return Sheet("classement", "Classement", Owner.ROBOT, (Column(header),), (("a",),), sent=sent)


def on_marks(actions):
    return [action for action in actions if action[1] == MARKS]


def test_what_left_comes_before_the_rows_that_say_so():
    actions = planned(campaign(), ReplaceTab("Classement", sheet()))
    first = next(place for place, action in enumerate(actions) if action[0] == "BulkAddRecord")
    assert actions[first][1] == MARKS
    assert all(action[1] == MARKS for action in actions[:first])


def test_a_tab_that_says_nothing_of_sends_changes_nothing_that_is_kept():
    document = keeping(SENT)
    actions = on_marks(planned(document, ReplaceTab("Classement", sheet(sent=None))))
    assert not any("envoi" in str(action) or action[0] == "BulkRemoveRecord" for action in actions)


def test_types_are_kept_with_a_robot_s_table_and_once():
    replaced = ReplaceTab("Classement", sheet(sent=None))
    [kept] = [action for action in on_marks(planned(campaign(), replaced)) if "colonnes" in str(action)]
    types = json.loads(kept[3]["aspect"])
    assert (kept[3]["table_id"], types) == ("Classement", {"numero": "Text"})
    document = replace(campaign(), types={2: KeptTypes(60, 2, types)})
    assert not [action for action in on_marks(planned(document, replaced)) if "aspect" in str(action[3:])
                and action[2] == 60]  # fmt: skip
    document = replace(campaign(), types={2: KeptTypes(60, 2, {"numero": "Any"})})
    assert ["UpdateRecord", MARKS, 60, {"aspect": kept[3]["aspect"]}] in planned(document, replaced)


def test_a_new_table_of_the_robot_s_has_its_types_kept_and_one_of_people_s_none():
    for owner, count in ((Owner.ROBOT, 1), (Owner.PEOPLE, 0)):
        made = Sheet("envois", "Envois", owner, (Column("Id"),), sent=(SENT,))
        actions = on_marks(planned(campaign(), CreateTab(made)))
        assert sum("colonnes" in str(action) for action in actions) == count
        assert sum("envoi refus-1" in str(action) for action in actions) == 1


def test_no_mark_of_a_tab_or_column_is_taken_for_a_record():
    """A tab whose id began with « colonnes » had no mark any more, and could not be dressed."""
    fields = {field.id for tab in SCHEMA.tabs for field in tab.fields}
    ids = {*(tab.id for tab in SCHEMA.tabs), *SCHEMA.robot_tabs, *fields}
    assert [mark for mark in (*ids, "colonnes_exports") if is_record(mark)] == []
