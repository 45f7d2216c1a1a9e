"""`history`: the runs that changed something, what changed between two of them, and whether a ranking still follows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NoReturn

import click

from eig_sheets import __version__
from eig_sheets.call.report.ranking_inputs import differences, digest
from eig_sheets.campaign.reading import read
from eig_sheets.cli.click_french import WholeNumber
from eig_sheets.cli.command import FORMAT, ReadingCommand, french_errors
from eig_sheets.cli.deferred_commands import DeferredCommands, FrenchGroup
from eig_sheets.cli.output import show
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.config import Campaign
from eig_sheets.registry import Command
from eig_sheets.run.history.comparison import NOBODY, compared, names_of
from eig_sheets.run.history.content import has_ranking
from eig_sheets.run.history.lines import Line, Names
from eig_sheets.run.history.moves import Moment
from eig_sheets.run.history.run_record import periods_of
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.storage.history_store import HistoryStore, RecordedRun
from eig_sheets.storage.pseudonym_key import PseudonymKeyFile
from eig_sheets.text.french import listed, listed_first
from eig_sheets.workbook.table import Col, Table

_RUNS: Final = Table[RecordedRun](
    Col("run", "Exécution"),
    Col("at", "Quand", lambda run: run.at.isoformat(), people=lambda run: run.at),
    Col("command", "Commande"),
    Col("changes", "Cellules changées"),
    Col("program"),
)
_DIFFERENCES: Final = Table[Line](
    Col("kind", "Quoi"),
    Col("dossier", "Dossier"),
    Col("what", "Détail"),
    Col("from", "Avant"),
    Col("to", "Après"),
    Col("when", "Quand"),
    Col("juror", "Juré"),
    Col("cell", "Cellule"),
    Col("why", "Pourquoi"),
)
_VERIFIED: Final = Table[Mapping[str, Any]](
    Col("run", "Exécution"),
    Col("program", "Version"),
    Col("dossiers", "Dossiers"),
    Col("different", "Dossiers qui diffèrent"),
    Col("digest", "Empreinte du procès-verbal"),
)
_OF_CANDIDATES = (
    "Le classeur des candidats n’a pas de classement de dossiers : rien n’est à comparer ni à vérifier. Lancez cette "
    "commande sur celui des projets."
)
_NO_RUN = "Aucune exécution n’est dans l’historique de ce classeur sur cette machine : « eig-sheets sync » l’y met."


_COMMANDS = DeferredCommands(
    (
        Command(
            "diff",
            "Dit ce qui a changé entre deux exécutions, de A à B : sans B, jusqu’à la dernière ; sans A, depuis la "
            "précédente.",
            "eig_sheets.run.commands_history:diff",
        ),
        Command(
            "verify",
            "Recalcule le classement d’une exécution, au chiffre près, et donne l’empreinte que cite le procès-verbal.",
            "eig_sheets.run.commands_history:verify",
        ),
    )
)


@click.group(cls=FrenchGroup, commands=_COMMANDS, invoke_without_command=True, params=[FORMAT])
@click.pass_context
def history(context: click.Context, form: str) -> None:
    """Liste les exécutions qui ont changé quelque chose, de la plus ancienne à la plus récente.

    Chacune garde, sans aucun nom, ce dont son classement est issu et ses résultats.
    """
    if context.invoked_subcommand is not None:
        return
    with french_errors():
        show(_RUNS, _runs(context.obj), form, _NO_RUN)
        _say_missing(context.obj)


def _store(session: Session) -> HistoryStore:
    return HistoryStore(session.state_as_it_is.folder, session.known.key)


def _runs(session: Session) -> list[RecordedRun]:
    return _store(session).runs()


def _say_missing(session: Session, first: int = 1, last: int | None = None) -> None:
    """Name the runs of these numbers that are gone, unless they were erased at the end of their period."""
    missing = [run for run in _store(session).missing_runs() if run >= first and (last is None or run <= last)]
    if missing:
        session.say(_missing_text(missing, session.campaign))


def _missing_text(missing: Sequence[int], campaign: Campaign) -> str:
    is_single = len(missing) == 1
    which = f"L’exécution {missing[0]} n’est" if is_single else f"Les exécutions {listed(_spans(missing))} ne sont"
    erased = "effacée à son échéance" if is_single else "effacées à leur échéance"
    periods = periods_of(campaign)
    ruled = f" ([{periods.runs}])" if periods else ""
    return (
        f"{which} plus dans l’historique, sans avoir été {erased}{ruled} : quelqu’un "
        "a modifié ou remplacé historique.sqlite3. Seule une sauvegarde de ce fichier peut dire ce qu’il en était."
    )


def _spans(numbers: Sequence[int]) -> list[str]:
    """« 2 », « 4 à 6 »: numbers in order, those that follow one another together."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [str(span[0]) if len(span) == 1 else f"{span[0]} à {span[-1]}" for span in spans]


@click.command(cls=ReadingCommand)
@click.argument("first", metavar="[A]", type=WholeNumber(1), required=False)
@click.argument("last", metavar="[B]", type=WholeNumber(1), required=False)
@click.pass_obj
def diff(session: Session, first: int | None, last: int | None, form: str) -> None:
    """Dit ce qui a changé entre deux exécutions, de A à B : sans B, jusqu’à la dernière ; sans A, depuis la précédente.

    Dossiers nouveaux, réponses et notes changées de part et d’autre des clôtures, rangs gagnés ou perdus et pourquoi.
    Une note est rendue à son juré par le classeur d’aujourd’hui ; rien n’est écrit.
    """
    runs = _between(session, first, last)
    content = lru_cache(maxsize=8)(lambda run: _store_content(session, run))
    if not has_ranking(content(runs[-1].run)):
        raise Refusal(_OF_CANDIDATES)
    names = _names(session)
    try:
        lines = compared([Moment(run.run, run.at) for run in runs], content, names)
    except (KeyError, TypeError, ValueError):
        versions = listed(sorted({run.program for run in runs}))
        raise Refusal(
            f"Ces exécutions ({versions}) ne sont pas gardées comme cette version du programme ({__version__}) les "
            "garde : elle ne peut pas les comparer. Relancez avec la version qui les a écrites, ou d’une exécution "
            "plus récente."
        ) from None
    nothing = f"Rien n’a changé de l’exécution {runs[0].run} à l’exécution {runs[-1].run}."
    show(_DIFFERENCES, lines, form, nothing)
    _say_missing(session, runs[0].run, runs[-1].run)


def _between(session: Session, first: int | None, last: int | None) -> list[RecordedRun]:
    """The runs from A to B. Raises Refusal."""
    runs = _runs(session)
    known = [run.run for run in runs]
    if len(runs) < 2:
        _say_missing(session)
        raise Refusal(_NO_RUN if not runs else f"L’historique n’a que l’exécution {known[0]} : rien à comparer.")
    end = known[-1] if last is None else last
    start = first if first is not None else known[-2]
    for number in (start, end):
        if number not in known:
            _refuse_unknown(session, number, known)
    if start >= end:
        raise Refusal(f"L’exécution {start} n’est pas avant l’exécution {end} : donnez d’abord la plus ancienne.")
    return [run for run in runs if start <= run.run <= end]


def _refuse_unknown(session: Session, number: int, known: Sequence[int]) -> NoReturn:
    if number in _store(session).missing_runs():
        raise Refusal(_missing_text([number], session.campaign))
    shown = listed(map(str, known[-10:])) or "aucune"
    raise Refusal(
        f"L’exécution {number} n’est pas dans l’historique de ce classeur (les dernières : {shown}). « eig-sheets "
        "history » les liste toutes."
    )


def _store_content(session: Session, run: int) -> Any:
    return json.loads(_store(session).content(run))


def _names(session: Session) -> Names:
    """What the workbook of today calls fields, criteria and jurors; nothing when it cannot be read, which is said."""
    key = PseudonymKeyFile(session.state_as_it_is.folder, session.known.key).known()
    try:
        reading = read(session.workbook.read(), session.campaign)
    except WorkbookError as error:
        session.say(f"Le classeur n’a pas pu être lu : ni jurés ni cellules ne sont nommés. {error}")
        return NOBODY
    return NOBODY if reading.problems else names_of(reading, key)


@click.command(cls=ReadingCommand)
@click.argument("run", metavar="EXÉCUTION", type=WholeNumber(1))
@click.pass_obj
def verify(session: Session, run: int, form: str) -> None:
    """Recalcule le classement d’une exécution, au chiffre près, et donne l’empreinte que cite le procès-verbal.

    Rien n’est lu du classeur : cela se vérifie aussi quand les données personnelles ont disparu.
    """
    known = [recorded.run for recorded in _runs(session)]
    if run not in known:
        _refuse_unknown(session, run, known)
    content = _store_content(session, run)
    if not has_ranking(content):
        raise Refusal(_OF_CANDIDATES)
    record = {
        "run": run,
        "program": content["program"],
        "dossiers": len(content["ranking"]),
        "different": differences(content),
        "digest": digest(content) if "rules" in content else None,  # another version may have kept less
    }
    show(_VERIFIED, [record], form)
    _refuse_unverified(record)


def _refuse_unverified(record: dict[str, Any]) -> None:
    run, program, different = record["run"], record["program"], record["different"]
    if program != __version__:
        same = "le même classement" if not different else f"un autre classement ({listed_first(different)})"
        raise Refusal(
            f"L’exécution {run} a été calculée par la version {program} du programme, et celle-ci est la version "
            f"{__version__} : elle donne {same}, ce qui ne prouve rien. Relancez avec la version {program}."
        )
    if different:
        raise Refusal(
            f"Le classement recalculé n’est pas celui de l’exécution {run} ({listed_first(different)}) : l’historique "
            "ou le programme a changé depuis, sous le même numéro de version. Rétablissez-les, puis relancez."
        )
