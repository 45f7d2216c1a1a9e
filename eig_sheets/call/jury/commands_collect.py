"""`jury collect`: reads the pages that jurors sent back, as often as one likes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import click

from eig_sheets.call.jury.collecting import taken_names
from eig_sheets.call.jury.commands_reading import PageBatch, keep_pages, read_online_pages, read_pages
from eig_sheets.call.jury.plan_collection import CollectRun, counts_of, plan_collect_run, with_new_pages
from eig_sheets.call.jury.read_pages import ReadPage
from eig_sheets.campaign.dependencies import Act
from eig_sheets.cli.pipeline import refuse, write_failure
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedWritingCommand
from eig_sheets.cli.workbook_reading import own_reading_of, reading_of
from eig_sheets.cli.writing import answer, carried_out
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.storage.state import StateError
from eig_sheets.text.french import listed, plural, typographic
from eig_sheets.workbook.anomalies import Anomaly, grouped
from eig_sheets.workbook.table import Col, Table

_TABLE: Final = Table[Mapping[str, Any]](
    Col("file", "Fichier"),
    Col("juror", "Juré"),
    Col("read"),
    Col("kind"),
    Col("new", "Nouvelles"),
    Col("changed", "Changées"),
    Col("same", "Inchangées"),
    Col("left", "Sans suite"),
    Col("problems", "Problèmes", people=lambda page: len(page["problems"]) or None),
)
"""Of each entry of the folder; the sentences on its problems come under the table, with those on no page."""
_NOT_FOUND: Final = "Aucune page dans {places}. Déposez-y les pages que les jurés ont renvoyées, puis relancez."
_FILES_ONLY: Final = (
    "Les grilles des candidats sont des fichiers : donnez le dossier ou les fichiers que les jurés ont renvoyés."
)
_NONE_ONLINE: Final = (
    "Aucune grille en ligne : « eig-sheets jury ballots --share » les crée. Pour des fichiers, donnez leur dossier."
)
_MOST_SHOWN: Final = 30
_MOST_NAMED: Final = 3
_REFUSED: Final = "Aucune de ces pages n’a pu être lue : voyez leurs problèmes."
_TAKEN: Final = (
    "L’onglet {names} porte le nom d’un onglet du robot mais contient autre chose : il n’est pas touché. Renommez "
    "votre onglet, puis relancez ; les pages lues sont gardées."
)


@click.command(cls=SharedWritingCommand, path="jury collect", acts=(Act.COLLECTION,))
@click.argument("places", nargs=-1, metavar="[DOSSIER|FICHIER…]", type=click.Path(path_type=Path))
@click.pass_obj
def collect(session: Session, places: tuple[Path, ...], *, dry_run: bool, form: str) -> None:
    """Lit les grilles et les déclarations que les jurés ont renvoyées, et les met dans les onglets du robot.

    « Notes reçues » dit, de chaque juré et dossier, la dernière version enregistrée avant la clôture du jury ; les
    règles la lisent avec Évaluations. « Déclarations reçues » dit les déports et les disponibilités. Chaque fichier du
    dossier est nommé, repris ou non. Une page dont le fichier disparaît garde ses notes. Relancer sans page nouvelle
    n’écrit rien. Sans DOSSIER ni FICHIER, lit les feuilles Google que « jury ballots --share » a partagées.
    """
    if session.talents and not places:
        raise click.UsageError(typographic(_FILES_ONLY))
    session = session.of_talents if session.talents else session
    batch = read_pages(session, places) if places else read_online_pages(session)
    if not batch.pages and not places:
        raise Refusal(typographic(_NONE_ONLINE))
    if not batch.pages:
        raise Refusal(typographic(_NOT_FOUND.format(places=listed(map(str, places)))))
    run = _planned(session, batch, kept=False) if dry_run else collected(session, batch)
    pages = _records(run, batch)
    answer(run, {"pages": pages, "left": [*batch.left]}, _TABLE, pages, "", form, dry_run=dry_run)
    session.say(summary_text(run, batch, session, dry_run=dry_run))
    if not any(is_read(new.page) for new in batch.pages):
        raise Refusal(typographic(_REFUSED))


def nightly_collect(session: Session) -> None:
    """Keep the pages of the folder that the configuration names, and those online where it says so.

    A failure is said, and prevents nothing.
    """
    jury = session.campaign.jury
    if jury.received:
        _keep_tonight(session, lambda: read_pages(session, [session.campaign.home / jury.received]))
    if jury.collect_online:
        _keep_tonight(session, lambda: read_online_pages(session))


def _keep_tonight(session: Session, find: Callable[[], PageBatch]) -> None:
    try:
        keep_pages(session, find())
    except (Refusal, StateError, WorkbookError, click.UsageError) as error:
        cause = f"Collecte des pages des jurés : {error}"
        session.say(cause)
        with suppress(WorkbookError, StateError):  # the sync that follows says what is wrong with the workbook
            write_failure(session, cause, _NIGHTLY_REMEDY, among=_A_DAY)


_NIGHTLY_REMEDY: Final = (
    "Les notes déjà reçues restent. Rétablissez ce dossier, ou changez [jury] received ou collect_online."
)
_A_DAY: Final = 50
"""Lines of the Journal among which the same failure is not written again the same day."""


def _planned(session: Session, batch: PageBatch, *, kept: bool = True) -> CollectRun:
    """The plan; `kept`: whether the pages are in the store already."""
    known = session.page_store.kept()
    reading = reading_of(session) if session.talents else own_reading_of(session)
    refuse(reading.problems)
    run = plan_collect_run(
        reading,
        known if kept else with_new_pages(known, batch.pages),
        session.state.load_last_run(),
        session.clock.now,
        [new.page for new in batch.pages],
    )
    if taken := [*taken_names(reading, run.collection.rows)]:
        raise Refusal(typographic(_TAKEN.format(names=listed(f"« {name} »" for name in taken))))
    return run


def collected(session: Session, batch: PageBatch) -> CollectRun:
    """Keep the pages, and write what they say in the workbook."""
    with session.locked():
        keep_pages(session, batch)
        run = carried_out(session, lambda: _planned(session, batch))
        session.page_store.save_records(run.collection.records, run.collection.candidates)
    return run


def _records(run: CollectRun, batch: PageBatch) -> list[dict[str, Any]]:
    problems = _problems_by_file(run, batch)
    return [
        {
            "file": new.page.source,
            "juror": new.page.juror or None,
            "read": is_read(new.page),
            "kind": _kind(new.page),
            **counts_of(outcomes),
            "problems": problems.get(new.page.source, []),
        }
        for new, outcomes in zip(batch.pages, run.outcomes, strict=True)
    ]


def is_read(page: ReadPage) -> bool:
    """Whether an entry of the folder is a page that could be read."""
    return bool(page.juror)


def _kind(page: ReadPage) -> str:
    return "declaration" if page.declares else "candidats" if page.of_candidates else "notes"


def _problems_by_file(run: CollectRun, batch: PageBatch) -> dict[str, list[str]]:
    """The sentences that name each file: of names that match, the longest counts.

    A name without a suffix may be any word: it counts only where a sentence begins with it.
    """
    names = {typographic(new.page.source): new.page.source for new in batch.pages}
    mention = re.compile("|".join(map(_mention, sorted(names, key=len, reverse=True))))
    problems: dict[str, list[str]] = {}
    for anomaly in run.anomalies:
        for name in {*mention.findall(typographic(anomaly.message))}:
            problems.setdefault(names[name], []).append(_sentence(anomaly))
    return problems


def _mention(name: str) -> str:
    return re.escape(name) if Path(name).suffix else rf"\A{re.escape(name)}(?=\s:|,)"


def _sentence(anomaly: Anomaly) -> str:
    return f"{anomaly.message} {anomaly.remedy}"


def summary_text(run: CollectRun, batch: PageBatch, session: Session, *, dry_run: bool = False) -> str:
    """What was read, counted, and what is wrong with it."""
    counts = counts_of(outcome for outcomes in run.outcomes for outcome in outcomes)
    verb = ("à reprendre", "à reprendre") if dry_run else ("reprise", "reprises")
    parts = [plural(counts["new"], f"réponse nouvelle {verb[0]}", f"réponses nouvelles {verb[1]}")]
    parts += [plural(counts["changed"], "réponse changée", "réponses changées")] if counts["changed"] else []
    parts += [plural(counts["same"], "inchangée")] if counts["same"] else []
    parts += [f"{counts['left']} sans suite"] if counts["left"] else []
    lines = [f"{session.workbook.location} : {listed(parts)}, de {_read_text(batch)}."]
    remarks = grouped(run.anomalies)
    shown, rest = remarks[:_MOST_SHOWN], len(remarks[_MOST_SHOWN:])
    lines += [f"• {_sentence(anomaly)}" for anomaly in shown]
    lines += [f"• … et {plural(rest, 'autre remarque', 'autres remarques')}."] if rest else []
    lines += [_left_text(batch.left)] if batch.left else []
    if not run.plan and not dry_run:
        lines.append("Rien n’a changé dans le classeur.")
    return "\n".join(lines)


def _read_text(batch: PageBatch) -> str:
    """« 3 pages ; 2 autres fichiers ne sont pas repris »: every entry is counted."""
    read = sum(is_read(new.page) for new in batch.pages)
    other = len(batch.pages) - read
    rest = plural(other, "autre fichier ou dossier n’est pas repris", "autres fichiers ou dossiers ne sont pas repris")
    return plural(read, "page") + (f" ; {rest}" if other else "")


def _left_text(names: Sequence[str]) -> str:
    files = plural(len(names), "fichier provisoire non lu", "fichiers provisoires non lus")
    more = "…" if len(names) > _MOST_NAMED else ""
    return f"• {files} ({', '.join(names[:_MOST_NAMED])}{more}) : fermez les pages encore ouvertes."
