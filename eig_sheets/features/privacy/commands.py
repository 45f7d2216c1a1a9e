"""`archives`: what is kept of a campaign, what may go and what must stay, and how the rest is eliminated."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from operator import itemgetter
from typing import Any, Final

import click

from eig_sheets.call.report.ranking_inputs import differences, digest
from eig_sheets.campaign.reading import read
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.emails.confirmation import refuse_another_day
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.privacy import commands_erasure, files_absent_workbooks
from eig_sheets.features.privacy.disposal import going, period_end, period_starts
from eig_sheets.features.privacy.files_inventory import of_each_workbook
from eig_sheets.features.privacy.files_records import RankingRecords
from eig_sheets.features.privacy.register import register_of
from eig_sheets.features.privacy.register_records import SUMMARY, Summary, register_table, summary
from eig_sheets.features.privacy.rules import RetentionRules
from eig_sheets.features.privacy.workbook_cells import CellToChange, cells_to_change, is_begun
from eig_sheets.personal_data import Fate
from eig_sheets.text.french import listed_first, plural
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.table import Col, Table

_WORKBOOK: Final[Col[Any]] = Col("workbook", "Classeur", itemgetter(0), first=True)
"""For rows of which the first value is the workbook that they are about."""
_VERIFIED: Final = Table[Mapping[str, Any]](
    Col("ranking", "Classement"),
    Col("dossiers", "Dossiers"),
    Col("different", "Dossiers qui diffèrent"),
    Col("digest", "Empreinte du procès-verbal"),
)
_NO_RANKING = "Aucun classement n’est gardé sans nom : « archives purge » et « archives erase » en gardent un."


@click.command(cls=ReadingCommand)
@click.pass_obj
def register(session: Session, form: str) -> None:
    """Affiche le registre de ce qui est gardé : où, sur qui, pourquoi, combien de temps."""
    campaign = session.campaign
    rules = campaign.section(RetentionRules)
    show(register_table(rules, period_starts(campaign)), register_of(campaign.features), form)


@click.command("list", cls=ReadingCommand)
@click.pass_obj
def list_(session: Session, form: str) -> None:
    """Dit, de ce qui est là, ce qui peut partir et ce qui doit rester, et pourquoi, sans rien écrire.

    Les durées sont celles de [retention] ; avec --today, ce qu’il en sera ce jour-là. Ce que le dossier d’état garde
    de classeurs qui ne sont plus à leur place est dit aussi.
    """
    rows: list[tuple[str | None, Summary]] = [
        (workbook.campaign.part.value, line)
        for workbook, verdicts in of_each_workbook(session)
        for line in summary(verdicts)
    ]
    rows += [(None, line) for line in files_absent_workbooks.summaries_of(session)]
    table = Table[tuple[str | None, Summary]](
        *SUMMARY.over(itemgetter(1)), *(() if session.other is None else (_WORKBOOK,))
    )
    show(table, rows, form, "Rien n’est gardé de ce classeur sur cette machine.")


@click.command(cls=ReadingCommand)
@click.pass_obj
def cells(session: Session, form: str) -> None:
    """Liste les cellules du classeur à vider ou à remplacer, par vous, quand leur durée est échue.

    Le robot n’y touche jamais. L’adresse d’un juré se remplace par un pseudonyme, partout le même : le classement en
    dépend, et reste le même. Si les candidats ont leur classeur, ses cellules sont listées aussi. Ce qui est éliminé
    du classeur l’est sur visa des archives, comme le reste.
    """
    sessions = session.everywhere
    layouts = [_layouts(each) for each in sessions]
    pairs = [*zip(sessions, layouts, strict=True)]
    rows = [
        (workbook.campaign.part.value, cell)
        for workbook, (tabs, by_id) in pairs
        for cell in cells_to_change(
            tabs, workbook.campaign.eligibility.required, session.campaign.features, by_id=by_id
        )
    ]
    show(_cells_table(session), rows, form, "Aucune cellule ne nomme personne.")
    if any(is_begun(tabs, session.campaign.features) for tabs, _ in layouts):
        session.say(
            "Des jurés ont déjà leur pseudonyme et d’autres non : si vous appliquez une liste commencée, finissez "
            "celle-là, car une autre peut donner d’autres numéros."
        )
    session.say(f"{plural(len(rows), 'cellule')} à changer par l’équipe ; le robot n’en change aucune.")


def _cells_table(session: Session) -> Table[tuple[str, CellToChange]]:
    """The cells, each with the workbook where it is, and the day from which people empty or replace it."""
    rules, starts = session.campaign.section(RetentionRules), period_starts(session.campaign)
    return Table(
        Col("tab", "Onglet", lambda row: row[1].tab),
        Col("cell", "Cellule", lambda row: row[1].cell),
        Col("header", "Colonne", lambda row: row[1].header),
        Col("to_type", "À saisir", lambda row: row[1].replacement or None, lambda row: row[1].replacement or "(vider)"),
        Col("action", value=lambda row: "remplacer" if row[1].replacement else "vider"),
        Col(
            "due",
            "À partir du",
            lambda row: period_end(row[1].period, rules, starts),
        ),
        *(() if session.other is None else (_WORKBOOK,)),
    )


def _layouts(session: Session) -> tuple[Mapping[str, TabLayout], bool]:
    """Where the tabs of a workbook are, and whether people know its rows by an id. Raises Refusal."""
    with session.step("Lecture du classeur"):
        snapshot = session.workbook.read()
    reading = read(snapshot, session.campaign.with_every_feature())
    refuse(reading.problems)
    return reading.layout.tabs, snapshot.capabilities.row_ids


@click.command(cls=ReadingCommand)
@click.option("--dry-run", is_flag=True, help="Liste ce qui serait effacé, sans rien effacer.")
@click.option("--of", "place", metavar="CLASSEUR", help="D’un classeur qui n’est plus là, tel que « list » le nomme.")
@click.pass_obj
def purge(session: Session, form: str, place: str | None, *, dry_run: bool) -> None:
    """Efface les copies du robot dont la durée est échue, et réduit le registre des envois à des empreintes.

    Versions précédentes, brouillons, agendas, journaux, mémoire de la dernière exécution : rien qui soit une archive,
    rien que quelqu’un ait modifié. Un e-mail parti ne repartira pas pour autant. Le classement, sans aucun nom, est
    d’abord gardé pour pouvoir être vérifié. Si les candidats ont leur classeur, ce qui est gardé de lui part aussi.
    Avec --of, ce que le dossier d’état garde d’un classeur qui n’est plus là part sans attendre.
    """
    if not dry_run:
        refuse_another_day(session, "un effacement", "--dry-run")
    gone = _purged_of(session, place, form, dry_run) if place else _purged(session, form, dry_run)
    if not dry_run:
        session.say(f"{plural(gone, 'copie effacée', 'copies effacées')}." if gone else "Rien n’est effacé.")


def _purged(session: Session, form: str, dry_run: bool) -> int:
    """Erase what is due of each workbook, once it was shown; how many things went."""
    with ExitStack() as locks:
        for each in () if dry_run else session.everywhere:
            locks.enter_context(each.locked())
        due = [
            (workbook, going(verdicts, Fate.PURGED, Fate.REDUCED)) for workbook, verdicts in of_each_workbook(session)
        ]
        commands_erasure.show_items([item for _, items in due for item in items], form)
        if dry_run:
            return 0
        for workbook, items in due:
            if items:
                commands_erasure.keep_ranking(workbook)
        return sum(len(items) - len(commands_erasure.erase(workbook, items)) for workbook, items in due)


def _purged_of(session: Session, place: str, form: str, dry_run: bool) -> int:
    """Erase what is kept of a workbook that is not there any more, once it was shown; how many things went."""
    other = files_absent_workbooks.other_named(session, place)
    items = files_absent_workbooks.leaving(other)
    commands_erasure.show_items(items, form)
    if dry_run:
        return 0
    with other.state.locked():
        return len(items) - len(commands_erasure.erase(other, items))


@click.command(cls=ReadingCommand)
@click.pass_obj
def verify(session: Session, form: str) -> None:
    """Recalcule chaque classement gardé sans nom, et dit s’il est celui qui fut publié, au chiffre près.

    Rien n’est lu du classeur : cela se vérifie aussi quand les données personnelles ont disparu.
    """
    kept = RankingRecords(session.state_as_it_is.folder, session.known.key).contents()
    records: list[dict[str, Any]] = [
        {
            "ranking": number,
            "dossiers": len(record["ranking"]),
            "different": differences(record),
            "digest": digest(record) if "rules" in record else None,  # an earlier version kept no more than the weights
        }
        for number, record in enumerate(kept, 1)
    ]
    show(_VERIFIED, records, form, _NO_RANKING)
    wrong: list[str] = [numero for record in records for numero in record["different"]]
    if wrong:
        raise Refusal(
            f"Le classement recalculé n’est pas celui qui est gardé ({listed_first(wrong)}) : le programme a changé "
            "depuis. Relancez avec la version qui l’a calculé."
        )
