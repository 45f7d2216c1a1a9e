"""The configuration of the next call: what people decided, dates that follow, and what to read again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets import config, loading
from eig_sheets.config import coherence
from eig_sheets.features.next_call.differences import Decided, NextCall
from eig_sheets.features.next_call.review import Review, of_settings, of_templates
from eig_sheets.features.next_call.toml_text import configuration_text
from eig_sheets.installed import FEATURES
from tests.effort import examples
from tests.workbook.snapshots import EIG5

DECIDED = Decided(
    date(2022, 1, 24), "EIG6", "Sixième promotion", date(2022, 3, 18), (date(2022, 3, 31), date(2022, 4, 1)), 15
)
NOWHERE = Path("/appel/config/campaign.toml")


def text_of(decided: Decided) -> str:
    return configuration_text(NextCall(EIG5, decided), "eig5", {"workbook.location": "../campagne.xlsx"})


def loaded(decided: Decided) -> config.Campaign:
    return loading.load(NOWHERE, text_of(decided))


def reviews(decided: Decided) -> dict[str, Review]:
    campaign, text = loaded(decided), text_of(decided)
    sources = config.sources(NOWHERE, campaign.provenance, text)
    call = NextCall(EIG5, decided)
    of_last = config.source_names(campaign.provenance.paths[1:]) | {"EIG5"}
    reviewed = of_settings(campaign, sources, frozenset(call.chosen()), call.corrections(), of_last)
    return {review.where: review for review in reviewed}


def test_what_people_decide_is_there_and_dates_follow():
    campaign = loaded(DECIDED)
    assert (campaign.campaign.id, campaign.campaign.name, campaign.campaign.target) == ("EIG6", "Sixième promotion", 15)
    assert campaign.campaign.closes == datetime(2022, 3, 18, 23, 59, 59)  # at the hour of the last call
    assert campaign.scoring.closes == date(2022, 4, 1)
    emails = campaign.emails
    assert emails.jury_dates == "les 31 mars et 1er avril 2022"
    assert emails.reminders == (date(2022, 3, 24), date(2022, 3, 28))


def test_with_an_opening_alone_the_whole_call_moves_by_as_many_weeks():
    campaign, call = loaded(Decided(date(2022, 1, 31))), NextCall(EIG5, Decided(date(2022, 1, 31)))
    assert (campaign.campaign.id, campaign.campaign.name) == ("EIG6", "Entrepreneurs d’intérêt général, 6ᵉ promotion")
    assert (call.id, call.closes) == ("EIG6", campaign.campaign.closes)
    before, after = coherence.dates(EIG5.model_dump()), coherence.dates(campaign.model_dump())
    assert before.keys() == after.keys()
    assert after.pop("cofinancing.paid_from") == date(2022, 10, 1)  # months are counted from the first of one
    del before["cofinancing.paid_from"]
    months = {key: value for key, value in after.items() if key.startswith(("emails.scoping", "emails.contract"))}
    assert {(value.month, value.day) for value in months.values()} == {(5, 15), (7, 15), (8, 15)}
    before = {key: value for key, value in before.items() if key not in months}
    assert {(after[key] - value).days for key, value in before.items()} == {52 * 7}
    assert campaign.questions == ()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> config.Campaign:
    """EIG5 with every date that a configuration may give."""
    path = tmp_path_factory.mktemp("whole") / "campaign.toml"
    dates = "preselection_announced = 2021-05-03\nannounced = 2021-05-17\n"
    dates += "talents.announced = 2021-06-21\n" if any(feature.id == "talents" for feature in FEATURES) else ""
    path.write_text(f'extends = "eig5"\n[workbook]\nlocation = "b.xlsx"\n[emails]\n{dates}', encoding="utf-8")
    return loading.load(path)


@pytest.mark.slow
@settings(max_examples=examples(6))
@given(st.dates(date(2022, 1, 1), date(2040, 12, 31)), *[st.integers(0, 200)] * 2, st.integers(0, 9), st.booleans())
def test_days_in_the_right_order_always_make_a_configuration(
    whole, opens, open_days, reading_days, jury_days, has_jury
):
    """Whatever the dates that follow would be: no option sets those."""
    closes = opens + timedelta(days=open_days)
    first = closes + timedelta(days=reading_days)
    jury = tuple(first + timedelta(days=day) for day in range(jury_days + 1)) if has_jury else ()
    call = NextCall(whole, Decided(opens, closes=closes, jury=jury))
    campaign = loading.load(NOWHERE, configuration_text(call, str(whole.path), {"workbook.location": "a.xlsx"}))
    assert campaign.campaign.closes.date() == closes
    assert campaign.scoring.closes == jury[-1] if jury else campaign.scoring.closes >= closes
    assert campaign.emails.jury_thanked > campaign.scoring.closes


@pytest.mark.slow
def test_a_proposal_that_cannot_be_is_moved_or_left_out_and_said():
    short = Decided(date(2027, 2, 1), closes=date(2027, 2, 3), jury=(date(2027, 2, 4), date(2027, 2, 5)))
    emails, said = loaded(short).emails, reviews(short)
    assert (emails.jury_invited, emails.reminders) == (date(2027, 2, 5), ())
    moved = "date décalée ; au lieu du 2027-02-08, impossible avec scoring.closes"
    assert said["emails.jury_invited"] == Review("emails.jury_invited", "vendredi 5 février 2027", moved)
    assert said["emails.reminders"].why == "2027-02-01 est retiré, impossible avec campaign.closes"
    comment = config.sources(NOWHERE, loaded(short).provenance, text_of(short))["emails.jury_invited"]
    assert comment.endswith("lundi 12 avril 2021 ; au lieu du 2027-02-08, impossible avec scoring.closes")


@pytest.mark.parametrize("last", range(7))
def test_jurors_are_thanked_after_the_jury_s_last_day(last):
    end = date(2022, 4, 4) + timedelta(days=last)
    emails = loaded(Decided(date(2022, 1, 24), jury=(date(2022, 4, 4), end))).emails
    assert end < emails.jury_thanked <= end + timedelta(days=7)


def test_a_month_is_read_again_as_one_and_has_no_day_of_the_week():
    said = reviews(Decided(date(2026, 8, 24)))
    assert said["emails.scoping_months[1]"] == Review("emails.scoping_months[1]", "décembre 2026", "date décalée")
    assert said["cofinancing.paid_from"].why == "date décalée"
    assert "mois décalés" in text_of(Decided(date(2026, 8, 24)))


def test_a_reminder_that_can_be_is_kept():
    short = Decided(date(2027, 2, 1), closes=date(2027, 2, 5), jury=(date(2027, 2, 10), date(2027, 2, 11)))
    assert loaded(short).emails.reminders == (date(2027, 2, 8),)


def test_every_other_value_is_inherited():
    campaign = loaded(DECIDED)
    assert campaign.criteria == EIG5.criteria
    kept = campaign.cofinancing.model_copy(update={"paid_from": EIG5.cofinancing.paid_from})
    assert kept == EIG5.cofinancing
    assert campaign.provenance.file_of("cofinancing.months") == EIG5.path


def test_what_was_of_one_call_only_is_left(tmp_path):
    last = tmp_path / "campaign.toml"
    text = (
        'extends = "eig5"\n[campaign]\nbanner = "Essai"\n[emails]\nallowed = ["@exemple.invalid"]\nnever = ["a@b.fr"]\n'
    )
    last.write_text(text, encoding="utf-8")
    call = NextCall(loading.load(last), Decided(date(2022, 1, 31)))
    campaign = loading.load(NOWHERE, configuration_text(call, str(last), {}))
    assert (campaign.campaign.banner, campaign.emails.allowed) == ("", ())
    assert campaign.emails.never == ("a@b.fr",)


def test_each_value_says_where_it_comes_from():
    sources = config.sources(NOWHERE, loaded(DECIDED).provenance, text_of(DECIDED))
    assert sources["campaign.opens"] == sources["emails.jury_dates"] == "décidé pour cet appel"
    assert sources["emails.reply_before"] == "hypothèse : l’appel d’avant disait vendredi 30 avril 2021"
    assert sources["cofinancing.months"] == "Cahier, 4.2 : du 1er octobre au 31 décembre 2021"


@pytest.mark.needs("talents")
def test_days_of_candidates_are_to_be_read_again():
    reviewed = reviews(DECIDED)
    assert reviewed["emails.talents.revealed"].value == "lundi 18 avril 2022"
    assert reviewed["emails.talents.revealed"].why.startswith("date décalée ; jour férié (lundi de Pâques)")
    assert reviewed["emails.talents.jury_dates"].why.startswith("année")


def test_dates_years_amounts_and_assumptions_are_to_be_read_again():
    reviewed = reviews(DECIDED)
    assert reviewed["campaign.opens"] == Review("campaign.opens", "lundi 24 janvier 2022", "date décidée")
    assert reviewed["salaries.up_to_5_years"].why.startswith("montant ; Règlement, 2")
    assert reviewed["ranking.waiting_list"].why.startswith("hypothèse")
    assert not {"campaign.timezone", "decisions.public_law", "emails.never"} & reviewed.keys()
    dates = {key for key, value in coherence.dates(loaded(DECIDED).model_dump(exclude_unset=True)).items()}
    assert dates <= reviewed.keys()


def test_what_cites_the_last_call_is_to_be_read_again_with_its_source():
    reviewed = reviews(DECIDED)
    assert reviewed["cofinancing.months"] == Review(
        "cofinancing.months", "3", "montant ; Cahier, 4.2 : du 1er octobre au 31 décembre 2021"
    )
    assert reviewed["cofinancing.source"].value == "Cahier des charges EIG5, 3 et 4.2"
    assert reviewed["cofinancing.source"].why == "de l’appel d’avant"
    assert reviewed["cofinancing.rule"].why == "Cahier, 4.2 : les « 30 % » sont 3 mois sur 10"
    assert not {"campaign.target", "emails.contact", "emails.signature"} & reviewed.keys()
    assert config.source_names([EIG5.path]) == {"Cahier", "Règlement"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- En mai, nous cadrons le projet.", "mois"),
        ("avant le 1er septembre 2021", "mois ; année"),
        ("un transfert de 20 000 € par EIG", "montant"),
        ("# Le 15 du mois : hypothèse.", "hypothèse"),
    ],
)
def test_a_line_of_a_text_with_a_month_a_year_or_an_amount_is_to_be_read_again(line, why):
    [review] = of_templates({"laureat.md": f"Bonjour,\n{line}\n"})
    assert review == Review("laureat.md, ligne 2", line, why)


def test_what_a_text_takes_from_the_configuration_is_not():
    assert [*of_templates({"a.md": "avant le {{ date_limite|jour }}, {% if mai %}merci{% endif %} ; maire"})] == []


@pytest.mark.parametrize(
    ("last", "following"),
    [("EIG5", "EIG6"), ("PRIX-2021", "PRIX-2022"), ("PRIX-DE-LA-PLUME", "PRIX-DE-LA-PLUME-2022")],
)
def test_the_next_call_never_has_the_id_of_the_last_unless_people_say_so(last, following):
    named = EIG5.model_copy(update={"campaign": EIG5.campaign.model_copy(update={"id": last})})
    assert NextCall(named, Decided(date(2022, 1, 31))).id == following
