"""Changes that people made to definitions of the workbook on which decisions, approvals or records of sending rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.snapshot import COLUMN, FORM, TABLE, Alteration, Snapshot
from eig_sheets.text.french import listed_first
from eig_sheets.workbook import envois
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking, warning
from eig_sheets.workbook.authors import AUTHORS_ALTERED, altered_columns
from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.schema import Schema

_STOPPED: Final = "Aucun message ne part."

ACCESS_OPEN: Final = blocking(
    "acces_ouvert",
    "Ce document n’est pas encore fermé : toute personne avec qui il est partagé, et que les règles d’accès ne "
    f"nomment pas, y lit tout. {_STOPPED}",
    "Lancez « eig-sheets init », qui ferme le document à qui n’est ni responsable, ni de l’équipe "
    "([workbook] officers et team), ni juré.",
    for_operator=True,
)
ACCESS_ALTERED: Final = blocking(
    "acces_altere",
    f"Les règles d’accès ne sont plus celles que le robot a écrites : {{value}}. {_STOPPED}",
    "Un propriétaire du document regarde dans l’historique qui les a changées, et ce qui a été lu ou saisi "
    "depuis ; puis « eig-sheets sync » les remet.",
    for_operator=True,
)
SENT_INCOMPLETE: Final = blocking(
    "envois_incomplets",
    f"« {{tab}} » ne dit plus ce qui est parti, que la table de service du robot garde : {{value}}. {_STOPPED}",
    "Lancez « eig-sheets sync », de préférence sur la machine qui envoie d’habitude : « {tab} » est rétabli, et "
    "rien ne repart. L’historique du document dit qui l’a changé.",
    for_operator=True,
)
TABLE_ALTERED: Final = blocking(
    TABLE,
    "« {header} », de la table « {tab} » que tient le robot, calcule ses valeurs ou a changé de type : ce qu’elle "
    f"montre n’est plus ce qu’il a écrit. {_STOPPED}",
    "Lancez « eig-sheets sync », qui la rétablit. L’historique du document dit qui l’a changée.",
)
COLUMN_COMPUTES: Final = blocking(
    COLUMN,
    f"« {{header}} », que seuls les responsables saisissent, a une formule qui la remplit. {_STOPPED}",
    "À faire par un propriétaire du document ou un responsable : « Convertir la colonne en données », videz sa "
    "formule, puis vérifiez chacune de ses valeurs. L’historique du document dit qui l’a mise.",
)
FORM_PUBLISHED: Final = blocking(
    FORM,
    "Un formulaire publié ajoute des lignes à « {tab} » quelles que soient les règles d’accès : qui a son lien "
    f"peut y décider ou y valider. {_STOPPED}",
    "À faire par un propriétaire du document : dans ce formulaire, « Dépublier », puis vérifiez les lignes qu’il a "
    "ajoutées.",
)
FORM_OPEN: Final = warning(
    "formulaire_ouvert",
    "Un formulaire publié ajoute des lignes à « {tab} » quelles que soient les règles d’accès.",
    "S’il n’est pas voulu, un propriétaire du document y clique sur « Dépublier ».",
)

STOPPING: Final = frozenset(
    {
        ACCESS_OPEN,
        ACCESS_ALTERED,
        SENT_INCOMPLETE,
        TABLE_ALTERED,
        COLUMN_COMPUTES,
        AUTHORS_ALTERED,
        FORM_PUBLISHED,
    }
)
"""No e-mail is sent while one of these alterations is there."""
_BY_NAME: Final = {code.name: code for code in (*STOPPING, FORM_OPEN)}
_SENT_TAB: Final = "envois"
_JURORS: Final = "jury"


def alterations_of(snapshot: Snapshot, layout: Layout, schema: Schema) -> tuple[Alteration, ...]:
    """Alterations of robot's tabs and deciding columns; and sent e-mails that `Envois` does not record any more."""
    authors = (column for located in layout.tabs.values() for column in altered_columns(located))
    return (*_of_access(snapshot, layout), *_told(snapshot, layout), *authors, *_forgotten(snapshot, layout, schema))


def stops_sending(alterations: Iterable[Alteration]) -> list[Alteration]:
    """The alterations that stop sending."""
    return [alteration for alteration in alterations if _BY_NAME[alteration.code] in STOPPING]


def alteration_anomalies(alterations: Iterable[Alteration], layout: Layout) -> Iterator[Anomaly]:
    """An anomaly for each alteration, at the column's cell in people's tabs."""
    tabs = {located.name: located for located in layout.tabs.values()}
    for alteration in alterations:
        cell = _cell(alteration, tabs[alteration.tab]) if alteration.column and alteration.tab in tabs else None
        yield anomaly(_BY_NAME[alteration.code], alteration.tab, cell, header=alteration.column, value=alteration.value)


def _cell(alteration: Alteration, located: TabLayout) -> str | None:
    fields = (place for field, place in located.columns.items() if located.header(field) == alteration.column)
    authors = located.tab.author_columns.values()
    named = (place for place in authors if located.tab.value(located.header_row, place) == alteration.column)
    place = next(chain(fields, named), None)
    return None if place is None else a1(located.header_row, place)


def _of_access(snapshot: Snapshot, layout: Layout) -> Iterator[Alteration]:
    """Access rules that are absent, or that somebody changed."""
    state = snapshot.access
    if not snapshot.capabilities.row_access or _JURORS not in layout.tabs:
        return
    tab = layout.tabs[_JURORS].name
    if state.access is None:
        yield Alteration(ACCESS_OPEN.name, tab)
    elif state.altered:
        yield Alteration(ACCESS_ALTERED.name, tab, value=listed_first(state.altered))


def _told(snapshot: Snapshot, layout: Layout) -> Iterator[Alteration]:
    guarded = {located.name: _guarded(located) for located in layout.tabs.values()}
    robots = {*layout.robot_tabs.values()}
    for alteration in snapshot.alterations:
        if alteration.code == COLUMN:
            if alteration.column in guarded.get(alteration.tab, ()):
                yield alteration
        elif alteration.code == FORM:
            decides = guarded.get(alteration.tab) or alteration.tab == layout.robot_tabs.get(_SENT_TAB)
            if decides:
                yield alteration
            elif alteration.tab in guarded or alteration.tab in robots:
                yield Alteration(FORM_OPEN.name, alteration.tab)
        elif _BY_NAME[alteration.code] not in STOPPING or alteration.tab in robots:
            yield alteration


def _guarded(located: TabLayout) -> list[str]:
    """The headers of the columns that only officers may fill."""
    return [
        located.header(field.id) for field in located.schema.fields if field.guarded and field.id in located.columns
    ]


def _forgotten(snapshot: Snapshot, layout: Layout, schema: Schema) -> Iterator[Alteration]:
    """Sent e-mails recorded outside `Envois` that `Envois` lacks or contradicts.

    None after a write of ours that was interrupted: they are then two states of the same e-mails.
    """
    if snapshot.interrupted or not snapshot.sent:
        return
    name = layout.robot_tabs.get(_SENT_TAB)
    lines = [envois.mark_of(line) for line in envois.TABLE.read(snapshot.tab(name) if name else None)]
    shown, told = {*lines}, Counter(line.id for line in lines)
    wrong = [mark.id for mark in snapshot.sent if mark not in shown or told[mark.id] > 1]
    if wrong:
        yield Alteration(SENT_INCOMPLETE.name, name or schema.robot_tabs[_SENT_TAB], value=listed_first(wrong))
