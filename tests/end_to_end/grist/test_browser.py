"""What officers and jurors see of the document in Grist’s own web client, and what they do there, in Chromium."""

import pytest

from tests.call.report.browser import INSTALL, launched, program
from tests.end_to_end.grist import least
from tests.end_to_end.grist.client import PHONE, Client, opened
from tests.end_to_end.grist.least import Machine
from tests.end_to_end.grist.support import SCORES, Team, become_juror
from tests.end_to_end.sending import post as post_office
from tests.grist_server import ALONE, JUROR, OFFICER

pytestmark = [pytest.mark.slow, pytest.mark.skipif(program() is None, reason=INSTALL)]


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def office(grist, finished_team, tmp_path_factory) -> Team:
    """The demonstration, which an officer reads."""
    if OFFICER not in grist.keys:
        pytest.skip(ALONE)
    team = finished_team.copy(tmp_path_factory.mktemp("office") / "demo")
    team.name(officers=OFFICER)
    assert team.run("sync").code == 0  # a copy's links lead to its original
    return team


@pytest.fixture
def as_officer(browser, office):
    """The demonstration, open for an officer who only looks."""
    with opened(browser, office.server, office.document, OFFICER) as client:
        yield client


def test_pages_are_those_of_the_campaign_in_its_order_and_open_on_what_there_is_to_do(as_officer: Client):
    assert as_officer.at == "Accueil"
    assert as_officer.pages == [
        "Accueil", "Graphiques", "Candidatures", "Jury", "Noter", "Évaluations", "Classement", "Anomalies",
        "E-mails à envoyer", "Cofinancement", "Demandes", "Créneaux",
    ]  # fmt: skip
    states = as_officer.column(as_officer.widget("À faire aujourd’hui"), "État")
    assert states[1:3] == ["▲ urgent", "▲ urgent"]
    rest = as_officer.column(as_officer.widget("Où en est la campagne"), "Rubrique")
    assert {"Dossiers", "Jury"} <= {*rest}
    assert "Aujourd’hui" not in rest


def test_numbers_are_those_of_france_and_means_differ_by_their_colours(as_officer: Client):
    shares = as_officer.column(as_officer.widget("Où en est la campagne"), "Avancement")
    assert next(share.replace("\u202f", " ").replace("\u00a0", " ") for share in shares if share) == "90 %"
    as_officer.open("Classement")
    ranking = as_officer.widget("CLASSEMENT")
    assert as_officer.column(ranking, "Note /20")[0] == "18,83"
    assert len({as_officer.colour(ranking, row, SCORES[0]) for row in range(20)}) > 2


def test_headers_are_not_cut_and_long_texts_stretch_no_row(as_officer: Client):
    for page in as_officer.pages:
        if page != "Graphiques":
            as_officer.open(page)
            assert as_officer.cut_headers() == [], page
    for page, lines in (("Candidatures", 30), ("E-mails à envoyer", 30), ("Classement", 16)):
        as_officer.open(page)
        assert as_officer.rows(as_officer.widget(page.upper())) >= lines
    as_officer.open("E-mails à envoyer")
    message = as_officer.field(as_officer.widget("Le message"), "Message").inner_text()
    assert (message.startswith("Bonjour"), len(message) > 500) == (True, True)


def test_states_have_their_colours_beside_people_s_cells_too(as_officer: Client):
    as_officer.open("Candidatures")
    card = as_officer.widget("Le dossier")
    token = as_officer.field(card, "Éligibilité").locator("[class*=token], .field_clip > div").last
    assert token.inner_text() == "Éligible"
    assert as_officer.background(token) == "rgb(223, 245, 225)"
    assert as_officer.description(as_officer.widget("CANDIDATURES"), "N° de dossier") == "Le numéro du dossier, unique."


def test_a_link_of_accueil_is_clicked(as_officer: Client):
    as_officer.cell(as_officer.widget("À faire aujourd’hui"), 5, "Y aller").locator("a").click()
    as_officer.page.wait_for_function("document.querySelector('.test-bc-page').value === 'E-mails à envoyer'")
    cursor = as_officer.page.locator(".viewsection_content .active_cursor").first
    cursor.wait_for()
    row = cursor.locator("xpath=ancestor::*[contains(@class, 'gridview_row')]")
    assert row.locator(".gridview_data_row_num").inner_text().strip() == "1"


@pytest.fixture
def juror(team: Team, grist) -> Team:
    """The demonstration, in which somebody who has an account is a juror, with two evaluations that are blank."""
    if JUROR not in grist.keys:
        pytest.skip(ALONE)
    become_juror(team, JUROR, 2)
    assert team.run("sync", "--force").code == 0
    return team


def noted(team: Team) -> list[list[object]]:
    """The scores of their first two evaluations."""
    reviews = team.table("Évaluations")
    [author] = [column.id for column in reviews.columns if column.label == "E-mail du juré"]
    scores = [reviews.cells[column.id] for label in SCORES for column in reviews.columns if column.label == label]
    return [[*row] for who, *row in zip(reviews.cells[author], *scores, strict=True) if who == JUROR][:2]


def test_a_juror_fills_ten_notes_in_the_list(juror: Team, browser):
    with opened(browser, juror.server, juror.document, JUROR) as client:
        assert (client.at, client.pages) == ("Noter", ["Noter", "Évaluations"])
        client.open("Évaluations")
        listed = client.widget("ÉVALUATIONS")
        for row in range(2):
            for place, header in enumerate(SCORES):
                client.type_in(client.cell(listed, row, header), f"{place % 4 + 1}" if row else "3,5")
        client.saved()
    assert noted(juror) == [[3.5] * 5, [1, 2, 3, 4, 1]]


def test_a_juror_fills_ten_notes_on_a_phone_and_reads_why_one_cannot_count(juror: Team, browser):
    with opened(browser, juror.server, juror.document, JUROR, viewport=PHONE, is_mobile=True, has_touch=True) as client:
        for row in range(2):
            client.turn_to("ÉVALUATIONS")
            client.cell(client.widget("ÉVALUATIONS"), row, "N° de dossier").click()
            client.turn_to("Vos notes")
            card = client.widget("Vos notes")
            for place, header in enumerate(SCORES):
                client.type_in(client.field(card, header), str(place % 4 + 1))
        client.type_in(client.field(card, "Définition"), "7")
        client.page.wait_for_function("document.body.innerText.includes('Définition\u202f: de 1 (la moins bonne')")
        assert client.background(client.field(card, "Définition")) == "rgb(255, 227, 225)"
        client.type_in(client.field(card, "Définition"), "NSP")
        client.page.wait_for_function("!document.body.innerText.includes('Définition\u202f: de 1 (la moins bonne')")
        client.saved()
    first, second = noted(juror)
    assert (first, second[2:]) == ([1, 2, 3, 4, 1], [3, 4, 1])


@pytest.fixture
def asking(grist, tmp_path) -> Machine:
    if OFFICER not in grist.keys:
        pytest.skip(ALONE)
    return least.made(grist, tmp_path / "campaign", 3, (), tabs=("demandes",))


def test_an_officer_edits_ticks_and_sends_by_demandes(asking: Machine, browser):
    with (
        post_office.opened() as (post, port),
        opened(browser, asking.server, asking.document, OFFICER) as client,
    ):
        asking.serve(port)
        client.open("E-mails à envoyer")
        card = client.widget("Le message")
        client.type_in(client.field(card, "Objet"), "Une réponse relue")
        client.switch(client.field(card, "Valider"))
        client.open("Demandes")
        requests = client.widget("DEMANDES")
        client.type_in(client.cell(requests, 0, "Demandé par"), "Ada")
        client.choose(client.cell(requests, 0, "Action"), "Envoyer ce qui est validé")
        client.saved()
        assert asking.run("requests", "run").code == 0
        client.page.wait_for_function("document.body.innerText.includes('porteur0@example.org')")
        client.switch(client.cell(requests, 0, "Confirmer"))
        client.saved()
        assert asking.run("requests", "run").code == 0
        client.page.wait_for_function("document.body.innerText.includes('1 e-mail envoyé')")
    [left] = post.received
    assert (left.to, str(left.message["Subject"])) == (["porteur0@example.org"], "Une réponse relue")
