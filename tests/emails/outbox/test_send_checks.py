"""Guards: a row that people damaged cannot leave, and names its cell; what people honestly correct can."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.emails.outbox.text_diff import text_diff
from tests.effort import first
from tests.emails.drafting.support import JUROR
from tests.emails.outbox.team import (
    CHOSEN,
    DOSSIERS,
    INVITED,
    OTHER,
    OUTBOX,
    REFUSED,
    TEXTS,
    changed,
    dossier,
    invited,
    made,
    refused,
)

MIXED = "la ligne a été mélangée avec une autre, rétablissez-la ou supprimez-la"
COLUMNS = ["Id", *TEXTS]


@pytest.mark.slow
def test_the_rows_of_one_id_block_each_other_until_one_is_deleted(team):
    team.paste(REFUSED)
    team.look()
    first, second = (f"{OUTBOX}!A{row['row']}" for row in team.rows if row["Id"] == REFUSED)
    assert team.why(REFUSED) == f"Le même Id est en {first} et {second} : gardez une seule de ces lignes."
    team.type("Id", REFUSED, None)
    team.look()
    assert team.why(REFUSED) == ""


def test_a_copy_that_says_something_else_blocks_too(first_night):
    row = [first_night.row(REFUSED)[header] for header in COLUMNS]
    row[COLUMNS.index("Message")] = "Bravo !"
    snapshot = first_night.robot.read()
    first_night.look(changed(snapshot, {len(snapshot.tab(OUTBOX).rows) + 1: row}))
    assert "Le même Id est en" in first_night.why(REFUSED)


@pytest.mark.parametrize(
    ("header", "typed", "reason"),
    [
        ("Modèle", "laureat", f"« Modèle » n’est plus celui de cet e-mail (« non_retenu ») : {MIXED}"),
        ("Modèle", None, f"« Modèle » n’est plus celui de cet e-mail (« non_retenu ») : {MIXED}"),
        ("N° de dossier", "90003", f"« N° de dossier » n’est plus celui de cet e-mail (« 90002 ») : {MIXED}"),
        ("N° de dossier", None, f"« N° de dossier » n’est plus celui de cet e-mail (« 90002 ») : {MIXED}"),
        ("Destinataires", None, "« Destinataires » est vide : remplissez"),
        ("Destinataires", " ; ", "« Destinataires » est vide : remplissez"),
        ("Destinataires", "camille", "Destinataires : « camille » n’est pas une adresse valable"),
        ("Copie", "a@b@c.fr", "Copie : « a@b@c.fr » n’est pas une adresse valable"),
        ("Copie", "second90002@exemple.invalid\nBcc: x@exemple.invalid", "Copie : "),
        ("Destinataires", "qui@ailleurs.invalid", "qui@ailleurs.invalid n’est pas une adresse du dossier 90002"),
        ("Copie", "Qui <qui@ailleurs.invalid>", "qui@ailleurs.invalid n’est pas une adresse du dossier 90002"),
        ("Copie", "porteur90003@exemple.invalid", "n’est pas une adresse du dossier 90002"),
        ("Objet", None, "« Objet » est vide : remplissez"),
        ("Objet", " \n", "« Objet » est vide : remplissez"),
        ("Objet", "Projet {{ projet }}", "« Objet » contient « {{ », comme un modèle non rempli : corrigez"),
        ("Message", None, "« Message » est vide : remplissez"),
        ("Message", "Bonjour }}", "« Message » contient « }} », comme un modèle non rempli : corrigez"),
        ("Message", "{% if x %}", "« Message » contient « {% », comme un modèle non rempli : corrigez"),
        ("Message", "Bonjour {# rien #}", "« Message » contient « {# », comme un modèle non rempli : corrigez"),
        ("Pièces jointes", "convention.pdf", "ne joint que ses invitations et les grilles : videz-la en"),
    ],
)  # fmt: skip
def test_what_cannot_leave_names_its_cell(first_night, header, typed, reason):
    first_night.look(first_night.where(REFUSED, {header: typed}))
    assert reason in first_night.why(REFUSED)
    assert first_night.place(header, REFUSED) in first_night.why(REFUSED)
    assert {*first_night.ready} == {INVITED, CHOSEN, OTHER}


@pytest.mark.parametrize("typed", [None, "Invitation.ics", "invitation.ics ; plan.pdf"])
def test_the_invitation_cannot_be_taken_off(first_night, typed):
    first_night.look(first_night.where(INVITED, {"Pièces jointes": typed}))
    cell = first_night.place("Pièces jointes", INVITED)
    assert f"remettez « invitation.ics » en {cell}" in first_night.why(INVITED)


def test_every_reason_is_reported_at_once(first_night):
    typed = {"Objet": None, "Copie": "qui@ailleurs.invalid", "Pièces jointes": "x"}
    first_night.look(first_night.where(REFUSED, typed))
    for header in typed:
        assert first_night.place(header, REFUSED) in first_night.why(REFUSED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("always", "named"),
    [(["Qui@Ailleurs.invalid"], []), (["@ailleurs.invalid"], []), ([], ["qui@AILLEURS.invalid"])],
)
def test_a_stranger_is_allowed_by_name_or_by_domain(first_night, always, named):
    for address, reason in (("qui@ailleurs.invalid", ""), ("qui@sous.ailleurs.invalid", "n’est pas une adresse")):
        first_night.look(first_night.where(REFUSED, {"Destinataires": address}), named, allowed=always)
        assert reason in first_night.why(REFUSED)
        assert bool(reason) == bool(first_night.why(REFUSED))


@pytest.mark.parametrize("header", ["Destinataires", "Copie"])
def test_whoever_wants_none_gets_none_even_when_allowed(first_night, header):
    where = first_night.where(REFUSED, {header: "qui@ailleurs.invalid"})
    first_night.look(where, ["qui@ailleurs.invalid"], never=("Qui@ailleurs.invalid",))
    assert first_night.why(REFUSED) == (
        "qui@ailleurs.invalid ne veut plus d’e-mails (emails.never) : ôtez cette adresse de "
        f"{first_night.place(header, REFUSED)}."
    )


@pytest.mark.slow
def test_whoever_wants_none_and_is_typed_back_gets_none_though_of_the_dossier(team):
    team.configure("never = []", 'never = ["mentor90002@exemple.invalid"]')
    team.night()
    anew = f"{REFUSED}.v2"
    assert "mentor90002" not in team.row(anew)["Copie"]
    team.type("Copie", anew, "mentor90002@exemple.invalid")
    team.look()
    assert "ne veut plus d’e-mails (emails.never)" in team.why(anew)


HONEST = {
    "Objet": "Votre candidature à l’appel à projets",
    "Message": "Bonjour,\n\nVotre projet, si beau, n’est pas retenu : 100 % des places sont prises.",
    "Destinataires": "Camille Durand <second90002@exemple.invalid>, porteur90002@exemple.invalid",
    "Copie": "eig@data.gouv.fr",
}


@pytest.mark.parametrize("header", HONEST)
def test_an_honest_correction_may_leave_and_is_shown(first_night, header):
    first_night.look(first_night.where(REFUSED, {header: HONEST[header]}))
    assert first_night.why(REFUSED) == ""
    ready = first_night.ready[REFUSED]
    assert HONEST[header].splitlines()[-1] in ready.text_diff.replace("\u202f", " ")
    assert not ready.seen


@pytest.mark.slow
def test_corrections_leave_as_they_were_typed(team):
    for header, typed in HONEST.items():
        team.type(header, REFUSED, typed)
    team.night()
    assert team.ready[REFUSED].seen
    [(message, recipients)] = team.send(REFUSED).received.values()
    assert recipients == ("second90002@exemple.invalid", "porteur90002@exemple.invalid", "eig@data.gouv.fr")
    assert (message["Subject"], message["Cc"]) == (HONEST["Objet"], HONEST["Copie"])
    assert str(message["To"]).startswith("Camille Durand <second90002@")
    assert "100 % des places" in message.get_body(("plain",)).get_content()


def test_line_ends_and_blanks_are_no_edit(team):
    text = team.row(REFUSED)["Message"]
    team.type("Message", REFUSED, "  \n" + text.replace("\n", " \r\n") + "\n\n")
    team.type("Objet", REFUSED, team.row(REFUSED)["Objet"] + " ")
    team.look()
    assert team.ready[REFUSED].text_diff == ""
    assert team.ready[REFUSED].seen


@pytest.mark.slow
def test_a_message_is_known_as_that_of_another_even_when_that_one_has_left(team):
    team.send(OTHER)
    team.swap(["Message"], REFUSED, OTHER)
    team.look()
    cell = team.place("Message", REFUSED)
    assert team.why(REFUSED) == f"Le message de {cell} est celui de « {OTHER} » : {MIXED}."
    team.swap(["Message", "Objet"], REFUSED, OTHER)
    team.look()
    cell = team.place("Objet", REFUSED)
    assert team.why(REFUSED) == f"L’objet de {cell} est celui de « {OTHER} » : {MIXED}."


@pytest.mark.slow
def test_a_message_is_known_as_that_of_another_that_is_no_longer_due(team):
    team.send(OTHER)
    team.decide("90003", "Décision", None)
    team.swap(["Message"], REFUSED, OTHER)
    team.look()
    assert f"est celui de « {OTHER} »" in team.why(REFUSED)


def test_an_id_that_people_type_is_unknown(team):
    team.paste(REFUSED, Id="non_retenu-90009")
    team.look()
    assert team.why("non_retenu-90009") == (
        "Le robot ne connaît pas cet Id, ou plus : rétablissez-le, ou supprimez cette ligne."
    )
    assert team.why(REFUSED) == ""


def test_an_id_that_is_taken_from_another_row_is_not_believed(team):
    team.swap(["Id"], REFUSED, CHOSEN)
    team.look()
    for sending_id in (REFUSED, CHOSEN):
        for header in ("Modèle", "N° de dossier"):
            assert team.place(header, sending_id) in team.why(sending_id)


PUNYCODE = "camille@xn--vch-9ladd.example.org"


@pytest.mark.slow
@pytest.mark.parametrize("typed", first(1, [PUNYCODE, "camille@évêché.example.org", "Camille@ÉVÊCHÉ.example.org"]))
def test_a_domain_with_accents_is_the_same_however_it_is_spelled(tmp_path, typed):
    team = made(tmp_path / "campagne", candidatures=[refused("90002", email_porteur=typed)])
    assert team.why(REFUSED) == ""
    for other in (PUNYCODE, "camille@évêché.example.org"):
        team.type("Destinataires", REFUSED, other)
        team.look()
        assert team.why(REFUSED) == ""
    team.configure("never = []", f'never = ["{PUNYCODE.title()}"]')
    team.type("Copie", REFUSED, "Camille <camille@évêché.example.org>")
    assert [email for email in team.look().ready if email.row.id == REFUSED] == []


TRAP, TRAVELLING = "camille@g\u043euv.example.org", "camille@xn--guv-sed.example.org"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "typed"),
    first(2, itertools.product(["Destinataires", "Copie"], [TRAP, TRAVELLING, f"Camille <{TRAP}>"])),
)
def test_a_letter_of_another_script_blocks_until_it_is_corrected_or_allowed_as_it_travels(first_night, header, typed):
    snapshot = first_night.where(REFUSED, {header: typed})
    for allowed in ([], [TRAP]):  # who pastes the trap allows nothing
        first_night.look(snapshot, allowed)
        assert "« \u043e » (lettre cyrillique, U+043E) au lieu de « o »" in first_night.why(REFUSED)
        assert first_night.place(header, REFUSED) in first_night.why(REFUSED)
    for named, always in (([TRAVELLING], []), ([], [TRAVELLING]), ([], ["@xn--guv-sed.example.org"])):
        first_night.look(snapshot, named, allowed=always)
        assert first_night.why(REFUSED) == ""
    first_night.look(snapshot, [], allowed=["@example.org"])
    assert "trompeuse" in first_night.why(REFUSED)


@pytest.mark.parametrize("header", ["Destinataires", "Copie"])
def test_what_nobody_sees_in_a_pasted_address_neither_travels_nor_blocks(first_night, header):
    first_night.look(first_night.where(REFUSED, {header: "\u200bnom@exam\u00adple.org\u202c"}), ["nom@example.org"])
    assert first_night.why(REFUSED) == ""


@pytest.mark.slow
def test_a_dossier_s_own_address_makes_no_message_until_it_is_corrected_or_allowed(tmp_path):
    team = made(tmp_path / "campagne", candidatures=[refused("90002", email_porteur=TRAP)])
    cell = team.robot.tab(DOSSIERS).cell("E-mail du porteur", "90002")
    assert team.said(REFUSED) == (
        "« E-mail du porteur » a une lettre trompeuse, « \u043e » (lettre cyrillique, U+043E) au lieu de « o », et "
        f"s’écrit en réalité {TRAVELLING} : effacez et retapez Candidatures!{cell}."
    )
    assert (team.ids, team.states[REFUSED]) == ([], "Bloqué")
    told = (
        f"« {TRAP} » en « E-mail du porteur » a une lettre trompeuse : « \u043e » (lettre cyrillique, U+043E) au lieu "
        f"de « o », et s’écrit en réalité {TRAVELLING}. Aucun e-mail n’y part."
    )
    assert traps(team) == [(cell, told)]
    team.configure("allowed = []", f'allowed = ["{TRAVELLING}"]')
    team.night()
    assert (team.ids, team.why(REFUSED), traps(team)) == ([REFUSED], "", [])
    team.configure(f'allowed = ["{TRAVELLING}"]', "allowed = []")
    team.night()
    assert team.states[REFUSED] == "Obsolète"
    team.decide("90002", "E-mail du porteur", "camille@gouv.example.org")
    team.night()
    assert {*team.ready} == {f"{REFUSED}.v2"}


def traps(team):
    lookalikes = [row for row in team.robot.tab("Anomalies").rows if row["Code"] == "adresse_trompeuse"]
    return [(row["Cellule"], row["Ce qui ne va pas"].replace("\u202f", " ")) for row in lookalikes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """E-mails to jurors and to dossiers, several about the same one, with and without an invitation."""
    jurors = [JUROR, {"nom": "Élodie Roux", "email": "elodie@exemple.invalid", "groupe": "A"}]
    to_score = [{"numero": "90001", "jure": juror["email"]} for juror in jurors]
    dossiers = [
        invited("90001"), invited("90005"), refused("90002"), refused("90003"), refused("90006", email_porteur_2=""),
        dossier("90004", decision="Lauréat", demande_cofinancement="oui"),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("bureau") / "campagne"
    team = made(folder, candidatures=dossiers, jury=jurors, evaluations=to_score)
    assert len(team.ready) == len(team.ids) == 9
    return team


@pytest.mark.slow
@given(
    st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=len(COLUMNS) - 1, unique=True), st.permutations(range(9))
)
@example(["Objet"], [*range(8, -1, -1)])
@example(["Message"], [*range(8, -1, -1)])
@example(["Id"], [*range(8, -1, -1)])
@example(["Destinataires", "Copie"], [*range(8, -1, -1)])
@example(["N° de dossier"], [*range(8, -1, -1)])
def test_a_partial_sort_lets_nothing_leave_but_rows_that_it_left_whole(whole, headers, order):
    """But for copies that it took away, or that go to people of the same dossier: people may do that."""
    table, before = whole.robot.tab(OUTBOX), whole.rows
    lines = {}
    for row, source in zip(before, order, strict=True):
        lines[row["row"]] = [row[header] for header in table.headers]
        for header in headers:
            lines[row["row"]][table.headers[header]] = before[source][header]
    own = {row["Id"]: row for row in before}
    for email in whole.look(changed(whole.robot.read(), lines)).ready:
        said = dict(zip(table.headers, lines[email.row.number], strict=True))
        assert [said[header] for header in COLUMNS if header != "Copie"] == [
            own[email.row.id][header] for header in COLUMNS if header != "Copie"
        ]
        assert {*copies(said)} <= {"", *(each for row in before if email.numero == number(row) for each in copies(row))}


def copies(row):
    return (row["Copie"] or "").split(" ; ")


def number(row):
    return row["N° de dossier"] and str(row["N° de dossier"])


def test_a_space_that_a_program_kept_otherwise_is_no_correction():
    own = ("a@example.org", "", "Votre projet\u202f: le jury", "« Bonjour »,\nle 5\u00a0mai.")
    kept = tuple(text.replace("\u202f", " ").replace("\u00a0", " ") for text in own)
    assert text_diff(own, kept) == ""
    assert text_diff(own, (*kept[:3], "« Bonjour »,\nle 6 mai.")) == "− le 5\u00a0mai.\n+ le 6 mai."
