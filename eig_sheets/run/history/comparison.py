"""Everything that changed between two runs, as lines: what people changed, then the ranks that it moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from eig_sheets.campaign.reading import Reading
from eig_sheets.run.history import edits
from eig_sheets.run.history.content import TAB, Content, has_ranking, of_juror
from eig_sheets.run.history.edits import Edit, Subject
from eig_sheets.run.history.lines import Line, Names, Place, causes, line_of, rank_line
from eig_sheets.run.history.moves import Moment, deadline_of, moves, segments

Contents = Callable[[int], Content]
"""The content of a run, by its number."""

NOBODY = Names()
"""Names where no workbook gives any."""


def compared(moments: Sequence[Moment], content: Contents, names: Names) -> list[Line]:
    """The lines of changes from the first run to the last; runs in between tell on which side of a deadline."""
    before, after = content(moments[0].run), content(moments[-1].run)
    if not has_ranking(before) or not has_ranking(after):
        return []
    changes = [
        *edits.dossiers(before, after),
        *_edited(moments, content, "call", edits.answers),
        *edits.officers(before, after),
        *_edited(moments, content, "jury", edits.reviews),
        *edits.eligibility(before, after),
        *edits.money(before, after),
        *edits.rules(before, after),
    ]
    changed = causes((*changes, *_decided(changes)))
    ranks = [rank_line(move, changed) for move in moves(before, after)]
    return [*(line_of(edit, names) for edit in changes), *ranks]


def _edited(
    moments: Sequence[Moment], content: Contents, deadline: str, edited: Callable[..., Iterator[Edit]]
) -> Iterator[Edit]:
    for segment in segments(moments, deadline_of(content(moments[-1].run), deadline)):
        yield from edited(content(segment.first), content(segment.last), segment.when)


def _decided(changes: Sequence[Edit]) -> Iterator[Edit]:
    """The decisions of people on dossiers, which rank them or not as their eligibility does."""
    for edit in changes:
        if edit.subject is Subject.OFFICERS and edit.what in ("preselection", "decision"):
            yield Edit(Subject.ELIGIBILITY, edit.dossier, edit.what, edit.before, edit.after)


def names_of(reading: Reading, key: bytes) -> Names:
    """The words and the cells of the workbook as it is; jurors are known by the pseudonyms of that key."""
    if not reading.owns(TAB):
        return NOBODY
    layout = reading.layout.tabs[TAB]
    table = reading.valid_rows(TAB)
    rows = {str(numero): int(row) for numero, row in zip(table["numero"], table["row"], strict=True)}
    headers = {field.id: layout.header(field.id) for field in layout.schema.fields}

    def reference(tab: str, field: str, row: int) -> str:
        return reading.layout_of(tab).reference(field, row) or ""

    return Names(headers, {**reading.campaign.labels}, rows, _reviews(reading, key), reference)


def _reviews(reading: Reading, key: bytes) -> dict[tuple[str, str], Place]:
    table = reading.valid_rows("evaluations")
    jurors = {address: of_juror(key, address) for address in map(str, table["jure"].unique())}
    places = zip(table["numero"], table["jure"], table["source"], table["row"], strict=True)
    return {
        (str(numero), jurors[str(juror)]): Place(str(juror), str(tab), int(row)) for numero, juror, tab, row in places
    }
