"""The actions that officers may request: each does what a command does, and says in words what became of it.

The modules of an action are imported when it is asked for: most runs, every few minutes, find nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.explanation_lines import explanation_text
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.campaign.reviews.subjects import second_subject
from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.pipeline import results_of, synchronise
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.commands_files import exported, folder, place
from eig_sheets.features.requests.commands_jobs import Job
from eig_sheets.features.requests.rules import Action, Recorded
from eig_sheets.features.requests.settings import RequestSettings
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.quoting import did_you_mean


def jobs_of(session: Session) -> Mapping[str, Job]:
    """How each action is done in this campaign's workbook."""
    online = session.campaign.section(RequestSettings).ballots == "en_ligne"
    share = Job(_named("commands_sharing:share"), _named("commands_sharing:listing"), acts=(Act.PAGES,))
    of_features = session.campaign.features.parts(FeatureAction)
    second = second_subject(session.campaign)
    of_candidates = (second.assignment_act,) if second else ()
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
        Action.ASSIGN: Job(_named("commands_jury:assign"), acts=(Act.ASSIGNMENT,)),
        Action.BALLOTS: share if online else Job(_named("commands_jury:ballots"), acts=(Act.PAGES,)),
        Action.COLLECT: Job(_named("commands_jury:collect"), acts=(Act.COLLECTION,), takes_detail=False),
        Action.ASSIGN_CANDIDATES: Job(_named("commands_jury:assign_candidates"), acts=of_candidates),
        Action.BALLOTS_CANDIDATES: Job(_named("commands_jury:ballots_of_candidates"), acts=of_candidates),
        Action.COLLECT_CANDIDATES: Job(
            _named("commands_jury:collect_of_candidates"), acts=(Act.COLLECTION,), takes_detail=False
        ),
        Action.EXPLAIN: Job(_explain, acts=(Act.RANKING, Act.COFINANCING)),
        Action.SELECT: Job(_select, acts=(Act.SELECTION,), takes_detail=False),
        Action.FINANCE: Job(_finance, acts=(Act.COFINANCING_TABLE,), takes_detail=False),
        Action.SEND: Job(
            _named("commands_sending:send"),
            _named("commands_sending:listing"),
            repeatable=False,
            acts=(Act.MESSAGES,),
            takes_detail=False,
        ),
        Action.SETTLE: Job(
            _named("commands_sending:settle"),
            _named("commands_sending:settling"),
            repeatable=False,
            acts=(Act.MESSAGES,),
        ),
        Action.ARCHIVE: Job(_archive, acts=(Act.MESSAGES,), takes_detail=False),
        **{added.id: Job(partial(_done_by, added), acts=added.acts) for added in of_features},
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

    path = folder(session) / f"rapport-jury-{request.number}.html"
    write_report(session, path, request.detail or None)
    whose = f"Page du juré {request.detail}, à ne donner qu’à lui" if request.detail else "Page du jury"
    return f"{whose} : {place(session, path)}"


def _minutes(session: Session, request: Recorded, _: object) -> str:
    """The minutes, and how much stands open in them."""
    from eig_sheets.call.report.commands import write_report
    from eig_sheets.call.report.open_points import counts_text, open_points

    path, told = folder(session) / f"proces-verbal-{request.number}.docx", list[str]()
    write_report(session, path, minutes=True, before=lambda *read: told.append(counts_text(open_points(*read))))
    return f"Procès-verbal à compléter et à signer : {place(session, path)} {told[0]}"


def _finance(session: Session, request: Recorded, _: object) -> str:
    """The table of the finance department, as a version that is kept."""
    from eig_sheets.call.cofinancing.commands_files import written_table
    from eig_sheets.call.cofinancing.words import total_sentences

    path = folder(session) / f"cofinancement-{request.number}.xlsx"
    table = written_table(session, path)
    what = f"Tableau de co-financement, {plural(len(table.rows), 'dossier')} : {place(session, path)}"
    return "\n".join([what, f"{table.version.text}.", *total_sentences(table.totals)])


def _explain(session: Session, request: Recorded, _: object) -> str:
    """Each number of the dossier that the detail names: of its rank, and of its co-financing."""
    from eig_sheets.call.cofinancing.explain import explain_cofinancing
    from eig_sheets.call.report.explain import explain_rank
    from eig_sheets.call.scoring.commands_rank import refuse_unknown_dossier

    if not request.detail:
        raise Refusal(typographic("Écrivez dans Détail le numéro du dossier à expliquer."))
    reading, results = results_of(session)
    refuse_unknown_dossier(request.detail, [*results.of(APPLICATIONS).dossiers["numero"]], reading)
    lines = explain_rank(request.detail, reading, results)
    if session.campaign.cofinancing.rule != "none":
        lines += explain_cofinancing(request.detail, reading, results)
    return explanation_text(lines)


def _archive(session: Session, _: Recorded, __: object) -> str:
    """Copy the drafts that nothing will send, and empty their rows where that is sure."""
    from eig_sheets.cli.emails.archiving import archived, summary_text

    with session.locked():
        removal = archived(session)
    return summary_text(removal) if removal.rows else "Aucun brouillon obsolète."


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


def _done_by(added: FeatureAction, session: Session, request: Recorded, _: object) -> str:
    """What a function of a feature does, which is imported first."""
    if added.of_file:
        name, _, detail = (part.strip() for part in request.detail.partition(" : "))
        with exported(session, name) as path:
            return str(found_at(added.place)(session, detail, path))
    return str(found_at(added.place)(session, request.detail))
