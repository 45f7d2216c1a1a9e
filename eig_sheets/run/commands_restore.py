"""`restore`: a tab as it was at a run: the robot's in its place, people's cells in a new tab beside."""

from __future__ import annotations

import click

from eig_sheets.cli.click_french import WholeNumber
from eig_sheets.cli.output import show_changes
from eig_sheets.cli.pipeline import applied_and_kept, refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedWritingCommand
from eig_sheets.cli.workbook_reading import reading_of
from eig_sheets.config import Campaign
from eig_sheets.run.history.content import KeptTab, kept_tab
from eig_sheets.run.history.run_record import periods_of
from eig_sheets.run.restoring import Restored, plan_restore
from eig_sheets.storage.snapshot_store import SnapshotStore
from eig_sheets.text.french import listed
from eig_sheets.workbook.ownership import squeezed


@click.command(cls=SharedWritingCommand, path="restore", of_cofinancing=("Cofinancement, ", ""))
@click.argument("tab", metavar="ONGLET")
@click.option(
    "--run",
    "run",
    type=WholeNumber(1),
    metavar="N",
    required=True,
    help="L’exécution, telle que « history » la numérote.",
)
@click.pass_obj
def restore(session: Session, tab: str, run: int, form: str, *, dry_run: bool) -> None:
    """Rend un onglet tel qu’il était à une exécution de « history », sans rien écraser de ce que des gens ont saisi.

    Un onglet calculé par le robot (Classement, Cofinancement, Éligibilité…) reprend sa place, jusqu’à la
    synchronisation suivante. Tout autre, les vôtres et les registres du robot, est copié dans un nouvel onglet,
    « ONGLET – exécution N ».
    """
    kept = _kept(session, tab, run)
    if dry_run:
        restored = _planned(session, kept, run)
        show_changes(restored.plan.changes(restored.reading.snapshot), form)
        return
    with session.locked():
        restored = applied_and_kept(
            session,
            lambda: _planned(session, kept, run),
            lambda restored: restored.plan,
            lambda restored: restored.last_run if restored.plan else None,
        )
    session.say(_said(restored, run))


def _said(restored: Restored, run: int) -> str:
    if not restored.plan:
        return f"« {restored.name} » est déjà tel qu’à l’exécution {run} : rien n’est écrit."
    if restored.in_place:
        return f"« {restored.name} » est tel qu’à l’exécution {run}. La prochaine synchronisation le remettra à jour."
    return (
        f"Les cellules de l’exécution {run} sont dans le nouvel onglet « {restored.name} », que le robot ne lira ni ne "
        "changera : reprenez-en ce qu’il vous faut, puis supprimez-le."
    )


def _kept(session: Session, tab: str, run: int) -> KeptTab:
    """The tab as it was. Raises Refusal."""
    store = SnapshotStore(session.state_as_it_is.folder, session.known.key)
    known = [*store.runs()]
    if run not in known:
        kept = f" (les dernières : {listed(map(str, known[-10:]))})" if known else ""
        raise Refusal(
            f"Aucune copie du classeur n’est gardée de l’exécution {run}{kept} : elle n’a pas eu lieu sur cette "
            f"machine, ou sa durée est échue{_period(session.campaign)}"
        )
    names = store.names(run)
    name = next((name_known for name_known in names if squeezed(name_known) == squeezed(tab)), None)
    if name is None:
        raise Refusal(f"L’exécution {run} n’avait pas d’onglet « {tab} », mais : {listed(names)}.")
    return kept_tab(name, store.content(run, name))


def _period(campaign: Campaign) -> str:
    """The end of that sentence: where the period of copies is decided, and that it is yet to be."""
    periods = periods_of(campaign)
    if periods is None:
        return "."
    undecided = "" if periods.keeps_copies(campaign) else f" Ajoutez [{periods.copies}] à la configuration."
    return f" ([{periods.copies}]).{undecided}"


def _planned(session: Session, kept: KeptTab, run: int) -> Restored:
    with session.step("Lecture du classeur"):
        reading = reading_of(session, session.workbook.read())
    refuse(reading.problems)
    return plan_restore(reading, kept, run, session.state.load_last_run(), session.clock.now)
