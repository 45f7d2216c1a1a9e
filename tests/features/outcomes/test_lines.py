"""What is said of each dossier: a French sentence for each reason, with the cell or the command that mends it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from eig_sheets import loading
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.features.outcomes import words
from eig_sheets.features.outcomes.lines import instruction_lines, lines_of, reason_text, settled, unchanged
from eig_sheets.features.outcomes.rules import OutcomeReason, OutcomeStatus, outcome_after
from eig_sheets.features.outcomes.rules_acts import Act, ActStage, DossierState, RecordedAct
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import plan_sync, reading_for
from tests.columns import cell_of
from tests.end_to_end.sending.campaign import plain
from tests.features.outcomes.campaign import NUMBERS, REFUSED, SELECTED, SILENT, UNDECIDED, WAITING

NOON, DAY = datetime(2021, 5, 7, 12), date(2021, 5, 7)
IN_INSTRUCTION = dict.fromkeys(map(str, NUMBERS), DossierState.IN_INSTRUCTION)


@pytest.fixture(scope="module")
def run(decided_campaign):
    """A sync of the campaign, none of whose messages left."""
    campaign = loading.load(decided_campaign.config)
    last_run = decided_campaign.state.load_last_run()
    clock = Clock(NOON, DAY)
    known = Known(last_run=last_run, texts=load_templates(campaign))
    return plan_sync(reading_for(decided_campaign.read(), campaign, last_run), known, clock)


def said(run, number, state=DossierState.IN_INSTRUCTION, done=(), today=DAY, *, by_service=True):
    """What is said of one dossier in that state, after these acts."""
    states = {**IN_INSTRUCTION, str(number): state}
    if state is None:
        del states[str(number)]
    acts = {(str(number), act): RecordedAct(str(number), act, ActStage.DONE, NOON) for act in done}
    lines = {line.outcome.numero: line for line in lines_of(run, states, acts, today, by_service=by_service)}
    line = lines[str(number)]
    return line.outcome.status, plain(reason_text(line, run.reading))


def in_candidatures(field, number):
    return f"Candidatures!{cell_of('candidatures', field, 2 + NUMBERS.index(number))}"


def test_what_the_service_says_is_said_beside_what_the_sheet_says(run):
    cell = in_candidatures("decision", SELECTED)
    assert said(run, SELECTED, DossierState.REFUSED) == (
        OutcomeStatus.CONTRADICTED,
        (
            "Démarche Numérique dit « refusé » et le classeur « Lauréat » : le robot n’y touche pas. Corrigez "
            f"{cell}, ou repassez le dossier en instruction dans Démarche Numérique."
        ),
    )
    assert said(run, SELECTED, DossierState.REFUSED, [Act.REFUSE]) == (
        OutcomeStatus.CONTRADICTED,
        (
            "La décision a changé depuis qu’elle a été rendue : Démarche Numérique dit « refusé » et le classeur "
            "« Lauréat ». Le porteur a pu lire la première : prévenez-le, puis repassez le dossier en instruction dans "
            f"Démarche Numérique pour que la nouvelle soit rendue, ou corrigez {cell}."
        ),
    )
    assert said(run, UNDECIDED, DossierState.ACCEPTED) == (
        OutcomeStatus.CONTRADICTED,
        (
            "Démarche Numérique dit « accepté » alors que le classeur dit « aucune décision » : corrigez "
            f"{in_candidatures('decision', UNDECIDED)}, ou repassez le dossier en instruction dans Démarche Numérique."
        ),
    )


def test_what_holds_a_decision_back_is_said_with_its_remedy(run):
    assert said(run, SELECTED, None) == (
        OutcomeStatus.HELD,
        (
            "Démarche Numérique n’a pas ce dossier, ou ne l’a plus (son porteur a pu le retirer) : vérifiez son numéro "
            f"en {in_candidatures('numero', SELECTED)}."
        ),
    )
    assert said(run, SELECTED, DossierState.EDITABLE) == (
        OutcomeStatus.HELD,
        "Le dossier est encore « en construction » : lancez d’abord « eig-sheets outcomes instruction ».",
    )
    assert said(run, SELECTED, done=[Act.ACCEPT]) == (
        OutcomeStatus.HELD,
        (
            "C’était fait, puis quelqu’un a remis le dossier « en instruction » dans Démarche Numérique : le robot ne "
            "le refait pas. Faites-le là-bas."
        ),
    )
    assert said(run, REFUSED, by_service=False) == (
        OutcomeStatus.HELD,
        "L’e-mail qui l’annonce (non_retenu) est « À valider » : le porteur doit l’avoir reçu d’abord.",
    )
    assert said(run, SILENT, today=date(2021, 5, 1)) == (
        OutcomeStatus.HELD,
        (
            "Les décisions ne peuvent pas être connues avant le jeudi 6 mai 2021 (emails.announced). "
            "« Retour au porteur » est vide, et Démarche Numérique exige une motivation : remplissez "
            f"{in_candidatures('retour', SILENT)}."
        ),
    )
    assert said(run, WAITING) == (OutcomeStatus.NO_ACT, "Liste d’attente : le dossier reste en instruction.")


def test_a_message_that_two_people_share_counts_for_both(run):
    """The one of the second dossier is « Regroupé »: the same people got it with the first one's."""
    leader, other = f"non_retenu-{REFUSED}", f"laureat-{SELECTED}"
    lines = [replace(line, state=DeliveryStatus.SENT) if line.id == leader else line for line in run.emails.lines]
    lines = [replace(line, state=DeliveryStatus.GROUPED) if line.id == other else line for line in lines]
    grouped = replace(run, emails=replace(run.emails, lines=tuple(lines), grouped={other: leader}))
    assert said(grouped, SELECTED, by_service=False) == (OutcomeStatus.TO_DO, "")
    alone = replace(run, emails=replace(run.emails, lines=tuple(lines)))
    assert said(alone, SELECTED, by_service=False)[0] is OutcomeStatus.HELD


def test_the_first_version_of_a_message_tells_when_it_left_whatever_became_of_the_next(run):
    first = next(line for line in run.emails.lines if line.id == f"laureat-{SELECTED}")
    sent, next_one = replace(first, state=DeliveryStatus.SENT), replace(first, id=f"{first.id}.v2")
    versions = replace(run, emails=replace(run.emails, lines=(next_one, sent)))
    assert said(versions, SELECTED, by_service=False) == (OutcomeStatus.TO_DO, "")


def test_what_became_of_an_act_is_said(run):
    line = next(one for one in lines_of(run, IN_INSTRUCTION, {}, DAY, by_service=True))

    def after(refusal):
        outcome = outcome_after(line.outcome, DossierState.IN_INSTRUCTION, refusal)
        return plain(reason_text(replace(line, outcome=outcome), run.reading))

    assert after("Trop tard") == "Démarche Numérique a répondu : « Trop tard »"
    assert "le dossier est toujours « en instruction » : relancez la commande" in after("")
    uncertain = replace(line, outcome=replace(line.outcome, status=OutcomeStatus.UNCERTAIN))
    assert "c’est peut-être fait" in reason_text(uncertain, run.reading)


def test_an_interrupted_act_is_what_its_dossier_tells():
    intended = [RecordedAct(number, Act.ACCEPT, ActStage.INTENDED, NOON) for number in ("1", "2", "3")]
    states = {"1": DossierState.ACCEPTED, "2": DossierState.IN_INSTRUCTION}
    stages = [one.stage for one in settled(intended, states).values()]
    assert stages == [ActStage.DONE, ActStage.NOT_DONE, ActStage.INTENDED]


def test_what_was_chosen_is_kept_only_as_it_was(run):
    chosen = [*lines_of(run, IN_INSTRUCTION, {}, DAY, by_service=True)]
    first, second, *others = chosen
    edited = replace(second, outcome=replace(second.outcome, motivation="Autre chose."))
    assert unchanged([first, edited, *others], chosen) == [first, *others]


def test_every_reason_has_its_words(run):
    assert words.REASONS.keys() == {*OutcomeReason}
    assert words.STATUSES.keys() == {*OutcomeStatus}
    assert words.ACTS.keys() == words.DONE.keys() == words.TO_DO.keys() == {*Act}
    assert words.STATES.keys() == {*DossierState}
    line = instruction_lines(run, dict.fromkeys(IN_INSTRUCTION, DossierState.EDITABLE), {}, datetime(2021, 4, 7))[0]
    assert plain(reason_text(line, run.reading)) == (
        "L’appel est ouvert jusqu’au mercredi 7 avril 2021 à 23 h 59 : le porteur peut encore modifier son dossier."
    )
