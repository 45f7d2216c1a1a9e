"""Creates the tabs, columns and protections that a workbook lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.pipeline import applied, refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.run.alerts import SetUpCheck, set_up_check
from eig_sheets.run.init import FirstRows, plan_init
from eig_sheets.spreadsheet.model.access import CloseAccess, Role
from eig_sheets.spreadsheet.model.plan import Equip, Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook.readers import unknown_accounts


def create_missing(session: Session) -> str:
    """Create what the workbook lacks, under the lock; returns a sentence on what was created."""
    with session.locked():
        plan, snapshot = applied(session, lambda: planned_init(session), lambda planned: planned[0])
    if snapshot.refused:
        tabs = listed(f"« {tab} »" for tab in snapshot.refused)
        raise Refusal(
            f"{snapshot.capabilities.program} refuse ce qui manque à {tabs} ; tout le reste est fait. Si l’onglet "
            "contient un tableau (« Convertir en tableau »), convertissez-le en plage ou laissez-lui une colonne vide "
            "à droite ; s’il est protégé, ajoutez le robot aux personnes autorisées. Puis relancez « eig-sheets init »."
        )
    if not plan:
        return f"Rien ne manque à {session.workbook.location}."
    added = f"{session.workbook.location} : {plural(len(plan.operations), 'ajout')} (onglets, colonnes, protections)."
    closed = next((operation for operation in plan.operations if isinstance(operation, CloseAccess)), None)
    read = _who_reads(closed, snapshot, set_up_check(session.campaign.features)) if closed else ""
    return f"{added}{_taken_over(plan)} {read}".rstrip()


def _who_reads(closed: CloseAccess, snapshot: Snapshot, check: SetUpCheck | None) -> str:
    """Who reads a document that is closed, and who of those it is shared with does not."""
    counts = Counter(reader.role for reader in closed.readers)
    officers, jurors = plural(counts[Role.OFFICER], "responsable"), plural(counts[Role.JUROR], "juré")
    team = plural(counts[Role.TEAM], "autre personne de l’équipe", "autres personnes de l’équipe")
    reads = f"Le lisent : ses propriétaires, {officers}, {team} et, pour leurs seules lignes, {jurors}."
    kept_out = unknown_accounts(replace(snapshot.access, readers=frozenset(closed.readers)))
    if not kept_out:
        return reads
    others = plural(len(kept_out), "compte qui n’y lit", "comptes qui n’y lisent")
    told = f" : « {check.accounts} » dit lesquels" if check else ""
    return f"{reads} Il est aussi partagé avec {others} rien{told}."


def _taken_over(plan: Plan) -> str:
    """The sentence on values from before the program recorded who types them; '' when there are none."""
    signed = [
        (operation.tab, signing)
        for operation in plan.operations
        if isinstance(operation, Equip)
        for signing in operation.signed
    ]
    count = sum(len(signing.rows) for _, signing in signed)
    if not count:
        return ""
    where = listed(f"« {tab} », {signing.header}" for tab, signing in signed if signing.rows)
    what = plural(count, "valeur reprise", "valeurs reprises")
    return f" {what} au nom du robot, faute de savoir qui les a saisies : qu’un responsable les relise ({where})."


def planned_init(session: Session) -> tuple[Plan, Snapshot]:
    """The plan that creates what the workbook lacks, and what was read of it. Raises Refusal."""
    workbook = session.workbook
    snapshot = workbook.read() if workbook.exists() else Snapshot((), capabilities=workbook.capabilities)
    first_rows = {part.tab: found_at(part.place)() for part in session.campaign.features.parts(FirstRows)}
    plan, problems = plan_init(snapshot, session.campaign, session.clock.today, first_rows)
    refuse(problems)
    return plan, snapshot
