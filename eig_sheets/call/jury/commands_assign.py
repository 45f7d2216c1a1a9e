"""`jury assign`: who reads which dossier, or who notes what another jury reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import click

from eig_sheets.call.jury import assignment_texts
from eig_sheets.call.jury.assignment_texts import pages_text
from eig_sheets.call.jury.commands_explain import print_assignment_explanation
from eig_sheets.call.jury.commands_links import words_of
from eig_sheets.call.jury.commands_records import assignment_object, assignment_table
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.files_ballots import BallotLog
from eig_sheets.call.jury.page_links import recorded_page_links
from eig_sheets.call.jury.pages.pages import PageKind
from eig_sheets.call.jury.plan_assignment import EVERYONE, AssigningRun, plan_assigning
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.overrides import READERS
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.subjects import ReviewSubject, second_subject
from eig_sheets.campaign.robot_sheets import is_taken
from eig_sheets.campaign.vanished_rows import vanished
from eig_sheets.cli.click_french import at_most_one
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedWritingCommand
from eig_sheets.cli.workbook_reading import own_reading_of, reading_of
from eig_sheets.cli.writing import answer, carried_out
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.anomalies import anomaly
from eig_sheets.workbook.locate import NAME_TAKEN
from eig_sheets.workbook.quoting import did_you_mean


@click.command(
    cls=SharedWritingCommand,
    path="jury assign",
    acts=(Act.ASSIGNMENT,),
    of_other_jury=lambda subject: subject.assignment_act,
)
@click.option(
    "--adjust",
    is_flag=True,
    help="Après un retrait ou un déport : change le moins possible d’affectations, jamais celles déjà notées.",
)
@click.option(
    "--rows",
    "typists",
    metavar="E-MAIL|all",
    multiple=True,
    help="Ajoute dans Évaluations les lignes de ce juré, qui y saisit ses notes (répétable) ; all : de tous.",
)
@click.option(
    "--explain",
    "explained",
    metavar="NUMÉRO",
    help="Pourquoi chaque juré lit ou non ce dossier, sans rien écrire.",
)
@click.pass_obj
def assign(
    session: Session, typists: tuple[str, ...], explained: str | None, form: str, *, adjust: bool, dry_run: bool
) -> None:
    """Répartit les dossiers entre les jurés, dans l’onglet Affectations.

    Chaque dossier a le nombre de lecteurs de la configuration (jury.reads), personne ne dépasse son maximum, et nul ne
    lit un dossier dont il se déporte, de sa propre organisation, ou dont il est le porteur. Les charges sont aussi
    égales que possible, puis les lecteurs connaissent les profils demandés. Une ligne déjà saisie dans Évaluations est
    respectée ; un dossier déjà noté l’est toujours par le même juré. Si tout ne peut pas être tenu, la commande dit le
    moins qu’il faille relâcher, et n’écrit rien.
    """
    for option, is_given in {"--adjust": adjust, "--rows": bool(typists), "--dry-run": dry_run}.items():
        at_most_one({"--explain": explained is not None, option: is_given})
    session = session.of_talents if session.talents else session
    if explained is not None:
        _explain(session, explained, form)
        return
    run = carried_out(session, lambda: _planned(session, adjust=adjust, typists=typists), dry_run=dry_run)
    table, rows = assignment_table(run), run.outcome.assignments
    impossible = bool(run.outcome.assigned.relaxed)
    answer(
        run, assignment_object(run), table, rows, "Aucune affectation.", form, dry_run=dry_run, impossible=impossible
    )
    for text in (*_on_pages(session, run, adjust=adjust), *_on_demands(run)):
        session.say(text)
    _refuse_relaxed(run)
    for text in _on_assignment(run):
        session.say(text)
    _refuse_left_out(run)


def assigned_again(session: Session, *, anew: bool) -> str:
    """Assign as it is asked for in the workbook, few pairs changing unless `anew`; returns what is to be said of it."""
    run = carried_out(session, lambda: _planned(session, adjust=not anew, typists=()))
    _refuse_relaxed(run)
    tab, reading = run.outcome.subject.assigned, run.reading
    name = reading.layout.robot_tabs.get(tab, reading.schema.robot_tabs[tab])
    return "\n".join(
        [f"Onglet « {name} ».", *_on_assignment(run), *_on_demands(run), *_on_pages(session, run, adjust=not anew)]
    )


def _explain(session: Session, number: str, form: str) -> None:
    subject, reading = _subject(session), _read(session)
    refuse(reading.problems)
    _jurors(reading)
    print_assignment_explanation(session, reading, subject, number, form)


def _planned(session: Session, *, adjust: bool, typists: Sequence[str]) -> AssigningRun:
    subject, reading = _subject(session), _read(session)
    tab, last_run = subject.assigned, session.state.load_last_run()
    name = reading.schema.robot_tabs[tab]
    taken = tab not in reading.layout.robot_tabs and is_taken(name, reading)
    refuse([*reading.problems, *vanished(reading, last_run), *([anomaly(NAME_TAKEN, name)] if taken else [])])
    jurors = _jurors(reading)
    if not subject.numbers(reading):
        raise Refusal(typographic(subject.words.nothing), by_data=True)
    chosen = _known(typists, jurors)
    with session.step(f"Répartition des {subject.words.plural}"):
        return plan_assigning(reading, last_run, session.clock.now, adjust=adjust, typists=chosen, subject=subject)


def _subject(session: Session) -> ReviewSubject:
    second = second_subject(session.campaign) if session.talents else None
    return second or DOSSIERS


def _read(session: Session) -> Reading:
    """The workbook, beside that of the projects where it is another one. Raises Refusal when it lacks the tabs."""
    subject = _subject(session)
    if subject is DOSSIERS:
        return own_reading_of(session)
    reading = reading_of(session)
    if not (reading.has(subject.tab) and reading.has(subject.typed)) and not reading.problems:
        raise Refusal(typographic(subject.words.missing))
    return reading


def _jurors(reading: Reading) -> list[str]:
    """The addresses of the jurors. Raises Refusal when there is none."""
    jurors = [*reading.valid_rows("jury")["email"].dropna()]
    if not jurors:
        raise Refusal("Aucun juré : remplissez l’onglet Jury, une ligne par juré, avec son adresse.", by_data=True)
    return jurors


def _known(typists: Sequence[str], jurors: Collection[str]) -> set[str]:
    """The jurors who type in `Évaluations`. Raises Refusal when one is not in `Jury`."""
    chosen = {typist.strip().lower() for typist in typists}
    for typist in sorted(chosen - {EVERYONE, *jurors}):
        raise Refusal(typographic(f"« {typist} » n’est pas dans l’onglet Jury.{did_you_mean(typist, [*jurors])}"))
    return chosen


def _on_pages(session: Session, run: AssigningRun, *, adjust: bool) -> Iterator[str]:
    """Whose pages, that were made already, do not show the dossiers that the assignment gives them."""
    if run.outcome.assigned.relaxed:
        return
    made = BallotLog(session.state_as_it_is.folder, session.known.key).ballots()
    wanted = PageKind.CANDIDATES if session.talents else PageKind.NOTES
    out = {juror for kind, juror in made if kind == wanted}
    if not session.talents:
        links = recorded_page_links(run.reading, run.last_run)
        out |= {link.jure for link in links if link.page == words_of(PageKind.NOTES)}
    if text := pages_text(run.reading, run.outcome, out, adjust=adjust):
        yield text


def _on_demands(run: AssigningRun) -> tuple[str, ...]:
    """What does not apply, and which links between jurors stay weak."""
    weak = assignment_texts.weak_texts(run.reading, run.outcome)
    return (*assignment_texts.waived_texts(run.reading, run.outcome), *weak)


def _refuse_relaxed(run: AssigningRun) -> None:
    """Raise Refusal with what to relax when no assignment meets every demand."""
    if relaxed := assignment_texts.relaxed_texts(run.reading, run.outcome):
        lines = "\n".join(f"• {text}" for text in relaxed)
        raise Refusal(
            typographic(
                f"Tout ne peut pas être tenu : rien n’est écrit. Le moins qu’il faille relâcher :\n{lines}\n"
                f"{_where_it_is_said(run)}"
            ),
            by_data=True,
        )


def _where_it_is_said(run: AssigningRun) -> str:
    """Where people change what cannot be met."""
    readers = "jury.talents.reads dans la configuration"
    if run.outcome.subject is DOSSIERS:
        has_settings = run.reading.has("parametres")
        readers = f"« {READERS} » dans Paramètres" if has_settings else "jury.reads dans la configuration"
    return f"Le nombre de lecteurs est {readers} ; le maximum de chacun est dans Jury."


def _on_assignment(run: AssigningRun) -> Iterator[str]:
    """How good the assignment is, and the rows that were added."""
    yield from assignment_texts.summary(run.outcome)
    if run.added:
        tab = run.reading.schema.tab(run.outcome.subject.typed).name
        yield f"{plural(run.added, 'ligne ajoutée', 'lignes ajoutées')} dans {tab}."


def _refuse_left_out(run: AssigningRun) -> None:
    """Raise Refusal when the spreadsheet program took no row."""
    if run.left_out:
        tab, rows = run.reading.layout.tabs[run.outcome.subject.typed].name, plural(run.left_out, "ligne")
        raise Refusal(
            typographic(
                f"Le tableur ne laisse rien ajouter à « {tab} » (une protection, ou un tableau) : {rows} manquent. "
                "Levez-la et relancez la même commande, ou saisissez ces lignes."
            )
        )
