"""`archives bordereau` and `archives erase`: public archives are eliminated on a visa, and never beyond its list."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from eig_sheets.cli.click_french import Day, WholeNumber
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.emails.confirmation import confirm_count, refuse_another_day
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.documents.checksum import archive_with_checksum
from eig_sheets.documents.files import ReportError, refuse_taken, write
from eig_sheets.features.privacy import commands_erasure
from eig_sheets.features.privacy.disposal import Item, going
from eig_sheets.features.privacy.files_inventory import verdicts, with_digests
from eig_sheets.features.privacy.files_records import Elimination, EliminationLog, Listed, reference_of
from eig_sheets.features.privacy.register import by_id
from eig_sheets.features.privacy.rules import RetentionRules
from eig_sheets.features.privacy.slip import document, lines_of
from eig_sheets.personal_data import Fate
from eig_sheets.text.french import plural

_DEFAULT = "bordereau-elimination.docx"


@click.command(cls=ReadingCommand)
@click.option(
    "--to",
    "target",
    metavar="FICHIER.docx",
    type=click.Path(path_type=Path),
    default=_DEFAULT,
    show_default=True,
    help="Le document à écrire.",
)
@click.option("--dry-run", is_flag=True, help="Liste ce qui y figurerait, sans rien écrire.")
@click.pass_obj
def bordereau(session: Session, target: Path, form: str, *, dry_run: bool) -> None:
    """Prépare le bordereau d’élimination des archives dont la durée est échue, à faire viser. Rien n’est éliminé.

    Le document dit les catégories, les dates extrêmes, les durées et leur source ; sa référence désigne la liste
    exacte, que le dossier d’état garde : « archives erase » n’ira jamais au-delà.
    """
    if target.suffix.lower() != ".docx":
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par .docx.")
    if not dry_run:
        refuse_another_day(session, "un bordereau", "--dry-run")
    items = with_digests(session, going(verdicts(session), Fate.ON_VISA))
    if not items:
        raise Refusal(
            "Aucune archive n’est à éliminer aujourd’hui : « eig-sheets archives list » dit pourquoi chacune reste."
        )
    commands_erasure.show_items(items, form)
    if dry_run:
        return
    with session.locked():
        _write(session, items, target.absolute())


def _write(session: Session, items: list[Item], path: Path) -> None:
    try:
        refuse_taken(path)
        listed = _log(session).add(
            [Listed(item.holding.id, item.key, item.digest, item.made.isoformat(), item.size) for item in items],
            session.clock.now,
        )
        lines = lines_of(items, session.campaign.section(RetentionRules))
        slip = document(lines, listed.reference, session.campaign, session.clock.today)
        write(path, archive_with_checksum(slip))
    except ReportError as error:
        raise Refusal(str(error)) from None
    session.say(f"Bordereau {listed.reference} : {path}. Faites-le viser, puis lancez « eig-sheets archives erase ».")


@click.command(cls=ReadingCommand)
@click.argument("reference", metavar="RÉFÉRENCE")
@click.option("--visa", metavar="N°", required=True, help="La référence du visa des archives.")
@click.option(
    "--visa-date",
    "visa_day",
    metavar="AAAA-MM-JJ",
    type=Day(),
    required=True,
    help="La date du visa.",
)
@click.option(
    "--confirm", type=WholeNumber(0), metavar="N", help="Sans poser de question : le nombre d’éléments à éliminer."
)
@click.option("--dry-run", is_flag=True, help="Liste ce qui serait éliminé, sans rien éliminer.")
@click.pass_obj
def erase(
    session: Session,
    reference: str,
    visa: str,
    visa_day: datetime,
    confirm: int | None,
    form: str,
    *,
    dry_run: bool,
) -> None:
    """Élimine ce que liste un bordereau visé, et rien d’autre : RÉFÉRENCE est celle du bordereau.

    La liste exacte est montrée, puis le nombre d’éléments est demandé. Ce qui a changé depuis le bordereau reste. Le
    classeur n’est pas touché, et le classement reste vérifiable (« archives verify »). Interrompue, la commande reprend
    où elle en était.
    """
    refuse_another_day(session, "une élimination", "« archives list »")
    if dry_run:
        commands_erasure.show_items(_items_of(session, _found(session, reference, visa, visa_day)), form)
        return
    with session.locked():
        elimination = _found(session, reference, visa, visa_day)
        items = _items_of(session, elimination)
        commands_erasure.show_items(items, form)
        if not elimination.visa:
            confirm_count(
                elimination.count,
                confirm,
                what="d’éléments sont éliminés",
                to_do="éliminer, sans retour",
                waiting=f"Rien n’est éliminé : le bordereau liste {plural(elimination.count, 'élément')}",
            )
        commands_erasure.keep_ranking(session)
        log, now = _log(session), session.clock.now
        elimination = log.record_visa(elimination, visa, visa_day.date().isoformat(), now)
        left = commands_erasure.erase(session, items)
        log.record_end(elimination, len(left), session.clock.now)
    session.say(_report(elimination.count - len(left), len(left), visa))


def _found(session: Session, reference: str, visa: str, visa_day: datetime) -> Elimination:
    """The list of a reference, under this visa. Raises Refusal."""
    log = _log(session)
    elimination = log.find(reference)
    if elimination is None:
        known = ", ".join(elimination.reference for elimination in log.eliminations()) or "aucun"
        raise Refusal(
            f"Aucun bordereau « {reference} » n’est connu de cette machine ({known}). Sa référence est en tête du "
            "document ; « eig-sheets archives bordereau » en prépare un."
        )
    if elimination.done_at:
        raise Refusal(
            f"Le bordereau {reference} est déjà exécuté, le {elimination.done_at} : il n’y a plus rien à éliminer."
        )
    if reference_of(elimination.items) != reference:
        raise Refusal(
            f"La liste du bordereau {reference} n’est plus celle qui a été visée : quelqu’un a modifié le registre des "
            "éliminations. Rien n’est éliminé ; rétablissez ce fichier d’une sauvegarde, ou refaites le bordereau."
        )
    day = visa_day.date().isoformat()
    if not visa.strip():
        raise Refusal("Un visa a une référence : donnez-la avec --visa.")
    if elimination.visa and (elimination.visa, elimination.visa_day) != (visa, day):
        raise Refusal(
            f"Le bordereau {reference} est en cours d’exécution sous un autre visa ({elimination.visa}, du "
            f"{elimination.visa_day}) : relancez avec celui-là."
        )
    if not elimination.listed_at[:10] <= day <= session.clock.now.date().isoformat():
        raise Refusal(
            f"Un visa du {day} ne peut pas être celui d’un bordereau du {elimination.listed_at[:10]} : il vient après "
            "le bordereau, et pas après aujourd’hui. Corrigez --visa-date."
        )
    return elimination


def _items_of(session: Session, elimination: Elimination) -> list[Item]:
    known = by_id(session.campaign.features)
    return [
        Item(known[entry.holding], entry.key, date.fromisoformat(entry.made), entry.size, entry.digest)
        for entry in elimination.items
        if entry.holding in known
    ]


def _log(session: Session) -> EliminationLog:
    return EliminationLog(session.state_as_it_is.folder, session.known.key)


def _report(gone: int, left: int, visa: str) -> str:
    stays = (
        f" {plural(left, 'élément reste, changé', 'éléments restent, changés')} depuis le bordereau." if left else ""
    )
    return f"{plural(gone, 'élément éliminé', 'éléments éliminés')} sous le visa {visa}.{stays}"
