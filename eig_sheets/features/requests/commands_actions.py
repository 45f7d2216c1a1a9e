"""The actions that officers may request: each does what a command does, and says in words what became of it.

The modules of an action are imported when it is asked for: most runs, every few minutes, find nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.pipeline import results_of, synchronise
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.request_details import is_anew
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.commands_jobs import Job
from eig_sheets.features.requests.rules import Action, Recorded
from eig_sheets.features.requests.settings import RequestSettings
from eig_sheets.storage import permissions
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.quoting import did_you_mean


def jobs_of(session: Session) -> Mapping[str, Job]:
    """How each action is done in this campaign's workbook."""
    online = session.campaign.section(RequestSettings).ballots == "en_ligne"
    share = Job(_named("commands_sharing:share"), _named("commands_sharing:listing"), acts=(Act.PAGES,))
    of_features = session.campaign.features.parts(FeatureAction)
    return {
        Action.SYNC: Job(_synchronise, takes_detail=False),
        Action.IMPORT: Job(
            _named("commands_imports:import_shown"), _named("commands_imports:import_listing"), acts=(Act.IMPORT,)
        ),
        Action.UNDO: Job(
            _named("commands_imports:undo_shown"),
            _named("commands_imports:undo_listing"),
            repeatable=False,
            acts=(Act.IMPORT,),
            takes_detail=False,
        ),
        Action.DRAFTS: Job(_draft, acts=(Act.MESSAGES,)),
        Action.REPORT: Job(_report, acts=(Act.RANKING,)),
        Action.MINUTES: Job(_minutes, acts=(Act.RANKING,), takes_detail=False),
        Action.ASSIGN: Job(_assign, acts=(Act.ASSIGNMENT,)),
        Action.BALLOTS: share if online else Job(_ballots, acts=(Act.PAGES,)),
        Action.COLLECT: Job(_collect, acts=(Act.COLLECTION,), takes_detail=False),
        Action.SELECT: Job(_select, acts=(Act.SELECTION,), takes_detail=False),
        Action.FINANCE: Job(_finance, acts=(Act.COFINANCING_TABLE,), takes_detail=False),
        Action.SEND: Job(
            _named("commands_sending:send"),
            _named("commands_sending:listing"),
            repeatable=False,
            acts=(Act.MESSAGES,),
            takes_detail=False,
        ),
        **{added.id: Job(partial(_done_by, added.place), acts=added.acts) for added in of_features},
    }


def _named(place: str) -> Callable[..., Any]:
    """A function of this feature, « module:name », imported when it is called."""

    def called(*arguments: Any) -> Any:
        return found_at(f"eig_sheets.features.requests.{place}")(*arguments)

    return called


def _synchronise(session: Session, _: Recorded, __: object) -> str:
    from eig_sheets.run.commands_night import bring_in, left_out, summary_text

    bring_in(session)
    run = synchronise(session)
    said = [] if run.results is None else [summary_text(run, run.results, "Le classeur")]
    return "\n".join([*said, *map(left_out, run.refusals)])


def _draft(session: Session, request: Recorded, _: object) -> str:
    """The e-mails that are due, those of one template or of one dossier if the detail names it."""
    from eig_sheets.cli.emails.filters import known_template, template_named
    from eig_sheets.cli.emails.listing import added_drafts

    detail = request.detail
    named = template_named(detail, session) or did_you_mean(detail, session.templates)
    template = known_template(detail, session) if detail and named else None
    dossier = detail if detail and template is None else None
    return added_drafts(session, template, dossier, place="« E-mails à envoyer »")


def _report(session: Session, request: Recorded, _: object) -> str:
    """The page of the jury, or of the juror whose address is the detail."""
    from eig_sheets.call.report.commands import write_report

    path = _folder(session) / f"rapport-jury-{request.number}.html"
    write_report(session, path, request.detail or None)
    whose = f"Page du juré {request.detail}, à ne donner qu’à lui" if request.detail else "Page du jury"
    return f"{whose} : {_place(session, path)}"


def _minutes(session: Session, request: Recorded, _: object) -> str:
    """The minutes, and how much stands open in them."""
    from eig_sheets.call.report.commands import write_report
    from eig_sheets.call.report.open_points import counts_text, open_points

    path, told = _folder(session) / f"proces-verbal-{request.number}.docx", list[str]()
    write_report(session, path, minutes=True, before=lambda *read: told.append(counts_text(open_points(*read))))
    return f"Procès-verbal à compléter et à signer : {_place(session, path)} {told[0]}"


def _assign(session: Session, request: Recorded, _: object) -> str:
    """As few pairs as possible change where dossiers are assigned, unless the detail says to begin anew."""
    from eig_sheets.call.jury.commands_assign import assigned_again

    return assigned_again(session, anew=is_anew(request.detail))


def _finance(session: Session, request: Recorded, _: object) -> str:
    """The table of the finance department, as a version that is kept."""
    from eig_sheets.call.cofinancing.commands_files import written_table
    from eig_sheets.call.cofinancing.words import total_sentences

    path = _folder(session) / f"cofinancement-{request.number}.xlsx"
    table = written_table(session, path)
    what = f"Tableau de co-financement, {plural(len(table.rows), 'dossier')} : {_place(session, path)}"
    return "\n".join([what, f"{table.version.text}.", *total_sentences(table.totals)])


def _ballots(session: Session, request: Recorded, _: object) -> str:
    """The grilles of all jurors, or of the one whose address is the detail: files, or rows of the document."""
    from eig_sheets.call.jury.commands_ballots import chosen_pages, write_files
    from eig_sheets.call.jury.commands_links import add_rows, record_files
    from eig_sheets.call.jury.pages.making import pages_of
    from eig_sheets.call.jury.pages.pages import PageKind

    reading, results = results_of(session)
    pages = pages_of(reading, results, PageKind.NOTES)
    chosen = chosen_pages(pages, [request.detail] if request.detail else [], PageKind.NOTES)
    if session.workbook.capabilities.row_access:
        _, added = add_rows(session, chosen, PageKind.NOTES)
        rows = plural(len(added), "ligne ajoutée", "lignes ajoutées")
        return f"Les jurés notent dans ce document, où chacun ne voit que ses lignes d’Évaluations : {rows}."
    folder = _grilles(session)
    issues = write_files(session, reading, pages, chosen, folder)
    record_files(session, issues, folder)
    return f"{plural(len(issues), 'grille')}, un fichier par juré : {_place(session, folder)}"


def _collect(session: Session, _: Recorded, __: object) -> str:
    """The pages of the folder of the configuration, else of the grilles that were asked for; and those online."""
    from eig_sheets.call.jury import commands_collect
    from eig_sheets.call.jury.commands_collect import collected
    from eig_sheets.call.jury.commands_reading import read_online_pages, read_pages

    jury = session.campaign.jury
    folder = session.campaign.home / jury.received if jury.received else _grilles(session)
    collections = [read_online_pages(session)] if jury.collect_online else []
    from_folder = bool(jury.received) or not collections
    collections += [read_pages(session, [folder])] if from_folder and folder.is_dir() else []
    read = [pages for pages in collections if pages.pages]
    if not read:
        raise Refusal(typographic(f"Aucune page dans {folder}. Déposez-y les pages que les jurés ont renvoyées."))
    return "\n".join(commands_collect.summary_text(collected(session, pages), pages, session) for pages in read)


def _select(session: Session, _: Recorded, __: object) -> str:
    from eig_sheets.call.selection.commands import projects_of, proposed_selection, rows_of
    from eig_sheets.call.selection.words import explanations

    selection, results = proposed_selection(session)
    rows, projects = rows_of(selection, results), projects_of(results)

    def dossier(row: Mapping[str, Any]) -> str:
        return " ".join(filter(None, (str(row["numero"]), projects.get(row["numero"]))))

    selected = [dossier(row) for row in rows if row["state"] == "retenu"]
    reserve = [dossier(row) for row in rows if row["state"].startswith("réserve")]
    return "\n".join(
        [
            f"{plural(len(selected), 'dossier retenu', 'dossiers retenus')} : {' ; '.join(selected)}.",
            *([f"Réserve, dans l’ordre : {' ; '.join(reserve)}."] if reserve else []),
            *explanations(selection, projects),
        ]
    )


def _done_by(place: str, session: Session, request: Recorded, _: object) -> str:
    """What a function of a feature does, which is imported first."""
    answer: str = found_at(place)(session, request.detail)
    return answer


def _folder(session: Session) -> Path:
    """The folder of the files that are asked for, made if it is missing."""
    folder = _asked_files(session)
    permissions.make_folder(folder)
    return folder


def _asked_files(session: Session) -> Path:
    return session.campaign.at_home(session.campaign.section(RequestSettings).folder)


def _grilles(session: Session) -> Path:
    return _asked_files(session) / "grilles"


def _place(session: Session, path: Path) -> str:
    """Where a file is, for somebody who may not be at the robot's machine."""
    if not session.workbook.capabilities.remote:
        return str(path)
    return f"{path}, sur la machine du robot ; la personne qui l’exploite vous le donne."
