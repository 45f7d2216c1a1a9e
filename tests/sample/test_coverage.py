"""The sample covers all results: routes, statuses, ranks, e-mails, and e-mails held back."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.results import Results
from eig_sheets.emails.drafting.drafts import drafts, load_templates
from eig_sheets.emails.mail.messages import Blocked
from tests.sample.support import EIG5, reading
from tests.sample.test_sample import REAL

ONE_DAY = date(2021, 4, 30)
"""Jurors are reminded since the 29th; applicants can complete their dossiers until this day."""


@pytest.fixture(scope="module")
def results() -> Results:
    return compute(reading())


@pytest.mark.slow
def test_every_route_status_and_payment_of_the_co_financing_appears(results: Results):
    money = results.of(COFINANCING)
    routes = {"decret_transfert", "delegation_gestion", "portage", "autofinancement"}
    assert set(money["route"].dropna()) == routes
    assert set(money["status"]) == {"acquis", "sous_reserve", "non", "sans_objet"}
    assert set(money["payment"].dropna()) == {"decret_transfert", "delegation_gestion"}
    assert set(money["eligible"].dropna()) == {True, False}
    assert money["estimated"].sum() >= 1
    assert money["questioned"].sum() == 2  # costs that nobody believes, a cost that cannot be read


def test_every_eligibility_appears_and_only_for_good_reason(results: Results):
    status = results.of(APPLICATIONS).eligibility["status"].set_axis(results.of(APPLICATIONS).dossiers["projet"])
    assert set(status) == {"eligible", "a_instruire", "ineligible"}
    assert set(status[status.index.isin(REAL)]) == {"eligible"}
    assert {anomaly.code for anomaly in results.anomalies} >= {
        "depot_hors_delai",
        "nombre_eig_refuse",
        "simulation_a_verifier",
    }


def test_real_projects_are_all_within_the_places(results: Results):
    ranking = results.of(SCORES).ranking.merge(results.of(APPLICATIONS).dossiers[["numero", "projet"]], on="numero")
    real = ranking[ranking["projet"].isin(REAL)]
    assert len(real) == 15
    assert real["rank"].max() <= EIG5.campaign.target < ranking["rank"].max()
    assert set(real["proposal"]) == {"laureat"}
    assert {"laureat", "liste_attente", "non_retenu"} <= set(ranking["proposal"])


OTHER_DAYS = (date(2021, 4, 12), date(2021, 5, 6), date(2021, 9, 13), date(2021, 10, 13))
"""Jurors are invited, then thanked; the experimentation begins, then has lasted a month."""


SHOWN = {
    "pieces_manquantes", "ineligible", "non_preselectionne", "convocation_jury", "invitation_jury", "relance_jure",
    "remerciement_jure", "laureat", "liste_attente", "non_retenu", "cofinancement_a_completer", "bienvenue",
}  # fmt: skip
"""What a newcomer sees of the e-mails; one that is added to the programme need not be among them."""


@pytest.mark.slow
def test_every_e_mail_to_applicants_and_jurors_is_due_one_day(results: Results):
    texts, due = load_templates(EIG5), set()
    for day in (ONE_DAY, *OTHER_DAYS):
        due |= {draft.template for draft in drafts(reading(), results, texts, day)}
    assert due >= SHOWN


def test_on_the_day_of_the_demonstration_two_e_mails_are_held_back_by_a_missing_value(results: Results):
    made = drafts(reading(), results, load_templates(EIG5), ONE_DAY)
    held = {draft.template for draft in made if isinstance(draft.outcome, Blocked)}
    assert held == {"convocation_jury", "non_retenu"}
    assert {draft.template for draft in made if not isinstance(draft.outcome, Blocked)} >= held
