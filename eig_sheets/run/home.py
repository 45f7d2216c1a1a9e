"""The lines of `Accueil`: what awaits whom, e-mails and nights that failed included, indicators, other tabs. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.campaign.result_parts import asked_instead
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.robot_sheets import banner_of
from eig_sheets.domain.parts import Part
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.outbox.archive import obsolete_rows
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.run.accueil import FOLDED, OTHER_TABS, HomeLines, Indicator, Pending, Urgency
from eig_sheets.run.dashboard import indicators
from eig_sheets.run.pending import pending
from eig_sheets.run.pending_links import OFFICERS, followed, link_to, link_to_tab
from eig_sheets.run.refusals import REFUSED
from eig_sheets.run.target import TargetState
from eig_sheets.spreadsheet.locations import is_online
from eig_sheets.spreadsheet.model.cell_names import between
from eig_sheets.spreadsheet.model.cells import Link, a1, parse_a1
from eig_sheets.spreadsheet.model.plan import CreateTab
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.text.french import listed, listed_first, plural
from eig_sheets.workbook import envois, journal
from eig_sheets.workbook.alterations import STOPPING
from eig_sheets.workbook.quoting import for_officers
from eig_sheets.workbook.robot_tab import RobotTab

OPERATOR: Final = "Opérateur"

OTHERS: Final = {
    "eligibilite": "L’éligibilité de chaque dossier, et pourquoi",
    "affectations": "Qui lit quel dossier",
    "grilles": "Où chaque juré note : en ligne ou dans un fichier",
    "notes_recues": "Les notes que disent les grilles des jurés",
    "declarations_recues": "Les déclarations des jurés",
    "modifications": "Ce que la plateforme dit d’autre que le classeur",
    "envois": "Ce qu’il est advenu de chaque e-mail",
    "archives": "La copie des brouillons obsolètes",
    "parametres": "Les réglages : ce qui vaut, d’où cela vient, ce que l’équipe peut encore changer",
    "reglages": "Les réglages en vigueur, et d’où ils viennent",
    "regles": "Les règles du jeu, telles qu’enregistrées",
    "journal": "Ce que le robot a fait, nuit après nuit",
    "donnees_graphiques": "Les nombres des graphiques",
}
"""What the tabs that are not the week's hold, by their id: the last lines lead there."""

_OTHER_WORKBOOKS: Final = {Part.PROJECTS: "Les projets et leurs dossiers", Part.TALENTS: "Les candidats et leurs jurés"}

_HIDDEN: Final = "Onglet masqué : clic droit sur le nom d’un onglet, « Afficher… »."

_FOLDED: Final = "Si la colonne est repliée : le « + » au-dessus des colonnes la déplie."

_DOUBTFUL: Final = (DeliveryStatus.UNCERTAIN, DeliveryStatus.FAILED)

_FAILED_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class HomeWays:
    """The lines of `Accueil` that lead to where people use a feature."""

    find: Callable[[Reading], Iterator[Indicator]]


def home_lines(target: TargetState, past: Sequence[journal.Line], now: datetime, today: date) -> HomeLines:
    """The lines on that day; `past`: those of the Journal before this run, newest first."""
    reading, results, emails = target.reading, target.results, target.emails
    waiting = [
        *_altered(reading, results),
        *_left_out(reading, results),
        *_failed_nights(reading, results, past, now),
        *pending(reading, results, today),
        *_emails(reading, emails, target.sheets["envois"]),
    ]
    reached = [_with_way(line, reading) for line in waiting]
    figures = (*indicators(reading, results, emails.lines), *followed(reading, results))
    stages = [line for line in figures if line.is_stage]
    ways = [*_ways(reading), *([] if reading.snapshot.capabilities.row_ids else [FOLDED])]
    rest = [line for line in figures if not line.is_stage]
    rest += [*_other_workbook(reading), *_others(reading, _made(target))]
    offered = asked_instead(reading)
    told = [replace(line, detail=for_officers(line.detail, offered)) for line in by_person(reached)]
    return HomeLines(told, stages, ways, rest)


def by_person(lines: Sequence[Pending]) -> list[Pending]:
    """The lines, most urgent first; of each urgency, those of one person together, in the order of the stages."""
    first: dict[tuple[Urgency, str], int] = {}
    for place, line in enumerate(lines):
        first.setdefault((line.urgency, line.who), place)
    return sorted(lines, key=lambda line: ([*Urgency].index(line.urgency), first[line.urgency, line.who]))


def _altered(reading: Reading, results: Results) -> Iterator[Pending]:
    """The line that says that no message leaves, since somebody altered what messages rest on."""
    tabs = dict.fromkeys(anomaly.tab for anomaly in results.anomalies if anomaly.kind in STOPPING)
    if tabs:
        detail = f"{listed([*tabs])} : Anomalies dit ce qui a été altéré, et qui le répare."
        link = link_to_tab(_name_of("anomalies", reading))
        yield Pending(OFFICERS, "Aucun message ne part", urgency=Urgency.URGENT, link=link, detail=detail)


def _left_out(reading: Reading, results: Results) -> Iterator[Pending]:
    """The line of what the spreadsheet program does not let this run write."""
    refused = [anomaly for anomaly in results.anomalies if anomaly.kind in REFUSED]
    if refused:
        what = "Le tableur refuse que le robot écrive dans un onglet"
        detail = (
            f"{listed(dict.fromkeys(anomaly.tab for anomaly in refused))} : Anomalies et le Journal disent que faire."
        )
        link = link_to_tab(_name_of("anomalies", reading))
        yield Pending(OPERATOR, what, urgency=Urgency.URGENT, link=link, detail=detail)


def _failed_nights(
    reading: Reading, results: Results, past: Sequence[journal.Line], now: datetime
) -> Iterator[Pending]:
    """The line of a run that failed yesterday or today, unless this run itself could not write something."""
    since = now.date() - _FAILED_FOR
    days = (line[0].date() for line in past if line[1] == journal.FAILED and isinstance(line[0], datetime))
    if any(day >= since for day in days) and not any(_left_out(reading, results)):
        detail = "Le robot a réussi depuis : lisez dans le Journal ce qui avait échoué, et que faire."
        link = link_to_tab(_name_of("journal", reading))
        yield Pending(
            OPERATOR, "Une exécution a échoué hier ou aujourd’hui", urgency=Urgency.TO_DO, link=link, detail=detail
        )


def _emails(reading: Reading, emails: OutboxStatus, sendings: Sheet) -> Iterator[Pending]:
    """The e-mails that wait for a person: to approve, blocked, or uncertain to have left."""
    counts = {state: sum(line.state == state for line in emails.lines) for state in DeliveryStatus}
    if doubtful := sum(counts[state] for state in _DOUBTFUL):
        what = plural(doubtful, "e-mail en échec, ou peut-être parti", "e-mails en échec, ou peut-être partis")
        detail = "Envois dit lesquels, et pourquoi. « Incertain » : « eig-sheets emails settle »."
        link = _link_to_sending(reading, sendings, _DOUBTFUL)
        yield Pending(OPERATOR, what, doubtful, Urgency.URGENT, link, detail)
    if returned := counts[DeliveryStatus.RETURNED]:
        detail = "Corrigez l’adresse, puis dites que l’e-mail n’est pas parti : « eig-sheets emails settle »."
        link = _link_to_sending(reading, sendings, (DeliveryStatus.RETURNED,))
        yield Pending(OFFICERS, plural(returned, "e-mail revenu", "e-mails revenus"), returned, Urgency.URGENT, link,
                      detail)  # fmt: skip
    if ready := counts[DeliveryStatus.TO_APPROVE]:
        detail = "Relisez chacun, puis cochez « Valider » ou « Ne pas envoyer »."
        yield Pending(OFFICERS, plural(ready, "e-mail à valider", "e-mails à valider"), ready, Urgency.TO_DO,
                      _link_to_approve(reading, emails), detail)  # fmt: skip
    if approved := counts[DeliveryStatus.APPROVED]:
        what = plural(approved, "e-mail validé, pas encore envoyé", "e-mails validés, pas encore envoyés")
        link = _link_to_sending(reading, sendings, (DeliveryStatus.APPROVED,))
        yield Pending(OFFICERS, what, approved, Urgency.TO_KNOW, link, "Ils partent quand quelqu’un demande l’envoi.")
    if blocked := counts[DeliveryStatus.BLOCKED]:
        what = plural(blocked, "e-mail bloqué", "e-mails bloqués")
        link = _link_to_sending(reading, sendings, (DeliveryStatus.BLOCKED,))
        yield Pending(OFFICERS, what, blocked, Urgency.TO_DO, link, "Envois dit quelle valeur manque à chacun.")
    yield from _obsolete(reading, emails)


def _link_to_sending(reading: Reading, sheet: Sheet, states: Collection[DeliveryStatus]) -> Link:
    """The state of the first e-mail that is in one of these; the tab where rows are known by an id, not a number."""
    name, place = _name_of("envois", reading), envois.TABLE.sheet_keys.index("state")
    if reading.snapshot.capabilities.row_ids:
        return link_to_tab(name)
    first = next(row for row, cells in enumerate(sheet.rows, sheet.header_row + 1) if cells[place] in states)
    return Link(f"{name}!{a1(first, place)}", name, a1(first, place))


def _obsolete(reading: Reading, emails: OutboxStatus) -> Iterator[Pending]:
    """The drafts that nothing will send, whose rows are in the way of those to approve."""
    rows, outbox = obsolete_rows(reading, emails.lines), reading.layout.tabs.get("emails")
    if rows and outbox is not None:
        what = plural(len(rows), "brouillon obsolète dans la boîte", "brouillons obsolètes dans la boîte")
        several = reading.snapshot.capabilities.concurrent_editors
        names = [str(outbox.row_name(row)) for row in rows]
        which = f"supprimer les lignes {listed_first(names)}" if rows[1:] else f"supprimer la ligne {names[0]}"
        theirs = f"Vous pouvez {which} : « E-mails archivés » en garde la copie."
        ours = "« eig-sheets emails archive » les copie, puis vide leurs lignes."
        detail = f"Rien ne les enverra. {theirs if several else ours}"
        yield Pending(OFFICERS, what, len(rows), Urgency.TO_KNOW, link_to(outbox, "objet", rows[0]), detail)


def _link_to_approve(reading: Reading, emails: OutboxStatus) -> Link:
    """The box of the first row to approve, one that this run is about to add included."""
    rows = [ready.row.number for ready in emails.ready if not ready.row.approved]
    added = next((place for place, draft in enumerate(emails.added) if not draft.holes), 0)
    tab = reading.layout.tabs.get("emails")
    if tab is not None:
        row, place, name = min(rows, default=tab.last_row + 1 + added), tab.columns.get("valider", 0), tab.name
        shown = tab.cell_name(row, place)
    else:
        schema = reading.schema.tab("emails")
        row, name = len(banner_of(reading)) + 2 + added, schema.name
        place = [field.id for field in schema.fields].index("valider")
        shown = a1(row, place)
    by_id = reading.snapshot.capabilities.row_ids
    return Link(f"{name}{between(by_id=by_id)}{shown}", name, a1(row, place))


def _ways(reading: Reading) -> Iterator[Indicator]:
    for ways in reading.campaign.features.parts(HomeWays):
        yield from ways.find(reading)


def _other_workbook(reading: Reading) -> Iterator[Indicator]:
    """Where the other half of the call is, by an address or a name that is the same on every machine."""
    settings, other = reading.campaign.workbook, reading.campaign.part.other
    if other is not None:
        where = settings.location if other is Part.PROJECTS else settings.talents or ""
        shown = where if is_online(where) else re.split(r"[\\/]", where)[-1]
        yield Indicator(OTHER_TABS, f"{_OTHER_WORKBOOKS[other]} ont leur propre classeur", detail=f"{shown}")


def _made(target: TargetState) -> Mapping[str, str]:
    """The names of the robot's tabs and of those that this run makes, by id: people's too, once their phase opens."""
    created = {
        operation.sheet.id: operation.sheet.name for operation in target.operations if isinstance(operation, CreateTab)
    }
    return {tab_id: sheet.name for tab_id, sheet in target.sheets.items()} | created


def _others(reading: Reading, made: Mapping[str, str]) -> Iterator[Indicator]:
    """The way to the tabs that are there, or that this run makes; where officers have theirs, one tab of settings."""
    contents = dict(_contents(reading))
    if "parametres" in reading.layout.tabs or "parametres" in made:
        del contents["reglages"]
    for tab_id, what in contents.items():
        people = reading.layout.tabs.get(tab_id)
        if people is not None or tab_id in reading.layout.robot_tabs or tab_id in made or tab_id == "journal":
            name = people.name if people is not None else _name_of(tab_id, reading) or made[tab_id]
            yield Indicator(OTHER_TABS, what, detail=_how_to_show(name, reading), link=link_to_tab(name))


def _contents(reading: Reading) -> Mapping[str, str]:
    """What the tabs that are not the week's hold, those of features after those of the call."""
    features = reading.campaign.features
    added = [(tab.id, tab.contents) for tab in features.parts(PeopleTab)]
    added += [(tab.id, tab.contents) for tab in features.parts(RobotTab)]
    return {**OTHERS, **{tab_id: what for tab_id, what in added if what}}


def _with_way(line: Pending, reading: Reading) -> Pending:
    """The line, and how to show the tab or the column to which it leads."""
    way = (_how_to_show(line.link.tab, reading) or _how_to_unfold(line.link, reading)) if line.link else ""
    return replace(line, detail=f"{line.detail} {way}".strip()) if way else line


def _how_to_unfold(link: Link, reading: Reading) -> str:
    """How people see a cell whose column is folded in a new tab: no reading tells whether they unfolded it since."""
    _, place = parse_a1(link.cell)
    tabs = (tab for tab in reading.layout.tabs.values() if tab.name == link.tab)
    fields = (tab.schema.field(field_id) for tab in tabs for field_id, column in tab.columns.items() if column == place)
    can_fold = not reading.snapshot.capabilities.row_ids
    return _FOLDED if can_fold and any(field.group for field in fields) else ""


def _how_to_show(name: str, reading: Reading) -> str:
    """How people see a hidden tab where a link does not show it: in a file that they have on their own screen."""
    tab = reading.snapshot.tab(name)
    made_hidden = {_name_of(tab_id, reading) or _name_of_people_s(tab_id, reading) for tab_id in _contents(reading)}
    is_hidden = tab.hidden if tab is not None else name in made_hidden  # as this run makes it
    return _HIDDEN if is_hidden and not reading.snapshot.capabilities.concurrent_editors else ""


def _name_of_people_s(tab_id: str, reading: Reading) -> str:
    """The name that we give to a people's tab."""
    return next((tab.name for tab in reading.schema.tabs if tab.id == tab_id), "")


def _name_of(tab_id: str, reading: Reading) -> str:
    """The name of a robot's tab, as people changed it or as we make it."""
    return reading.layout.robot_tabs.get(tab_id, reading.schema.robot_tabs.get(tab_id, ""))
