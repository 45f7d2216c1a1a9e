"""The minutes: what they state, what they leave to be completed, and the digest that anyone can check."""

import hashlib
import io
import json
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.report.sensitivity import inputs
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.text.french import number
from tests.call.report.support import CASES, case, contradicted, corrected, drawn, everyone_fits, mostly_tied, rules
from tests.docs.pages import ROOT
from tests.effort import examples, first
from tests.workbook.snapshots import CRITERIA, dossier, evaluation, juror


def read(document):
    """The sentences, and the tables as rows of texts, with ordinary spaces."""
    made = Document(io.BytesIO(document))
    sentences = [paragraph.text.replace("\u202f", " ") for paragraph in made.paragraphs]
    rows = [[[_text(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst] for table in made.tables]
    return sentences, rows


def _text(cell):
    lines = ("".join(part.text or "" for part in line.iter(qn("w:t"))) for line in cell.p_lst)
    return "\n".join(lines).replace("\u202f", " ")


def table(tables, first):
    [found_table] = [rows for rows in tables if rows[0][0] == first or rows[0][:2] == first]
    return found_table


@pytest.mark.parametrize("name", first(3, CASES))
def test_every_campaign_has_its_minutes(name):
    sentences, tables = read(CASES[name]().document)
    headings = [sentence for sentence in sentences if sentence[:2] in ("1.", "2.", "3.", "4.", "5.", "6.", "7.")]
    assert len(headings) == 7
    assert table(tables, "La présidence du jury")
    said = "\n".join([*sentences, *(cell for rows in tables for row in rows for cell in row)])
    assert "None" not in said
    assert "nan" not in said.split()


def test_the_jury_is_named_with_its_declarations():
    _, tables = read(case([dossier("1")], [juror("ada"), juror("bob", declaration=None)], []).document)
    assert table(tables, "Nom")[1:] == [
        ["Ada", "Maison ada", "", "lundi 12 avril 2021", "☐"],
        ["Bob", "Maison bob", "", "non reçue", "☐"],
    ]


@pytest.mark.slow
def test_recusals_are_listed():
    jurors = [juror("ada", deports="2"), juror("bob")]
    _, tables = read(case([dossier("1"), dossier("2")], jurors, []).document)
    assert table(tables, "Membre")[1:] == [["Ada", "Projet 2 (2)"]]
    sentences, _ = read(case([dossier("1")], jurors[1:], []).document)
    assert "Aucun déport n’est enregistré." in sentences


@pytest.mark.slow
def test_recusals_are_in_the_alphabetical_order_of_french():
    jurors = [juror("ulysse", deports="1"), juror("elise", nom="Élise", deports="1"), juror("driss", deports="1")]
    scored = [evaluation("1", "cleo")]
    _, tables = read(case([dossier("1")], [*jurors, juror("cleo")], scored).document)
    assert [row[0] for row in table(tables, "Membre")[1:]] == ["Driss", "Élise", "Ulysse"]
    assert [row[1] for row in table(tables, "Dossier")[1:]] == ["Driss", "Élise", "Ulysse"]


@pytest.mark.slow
def test_each_dossier_says_who_has_to_step_aside_and_the_meeting_whether_they_did():
    jurors = [juror("ada", deports="2"), juror("bob", organisation="Direction des phares"), juror("cleo")]
    scored = [evaluation("1", "cleo"), evaluation("2", "cleo"), evaluation("1", "ada", *[None] * 5, deport="oui")]
    sentences, tables = read(case([dossier("1"), dossier("2", administration="Port")], jurors, scored).document)
    assert not any("pris part" in sentence for sentence in sentences)
    assert sorted(row[:3] for row in table(tables, "Dossier")[1:]) == [
        ["Projet 1 (1)", "Ada", "☐"],
        ["Projet 1 (1)", "Bob", "☐"],
        ["Projet 2 (2)", "Ada", "☐"],
    ]


@pytest.mark.slow
def test_decisions_that_depart_from_the_ranking_stand_apart_with_why_or_a_blank():
    decided = {"1": ("Lauréat", None), "2": ("Non retenu", "Trop tôt"), "3": ("Lauréat", "Le plus utile")}
    rows = [dossier(number, decision=decision, motif=why) for number, (decision, why) in decided.items()]
    scored = [evaluation(number, name, *[4 - int(number)] * 5) for number in decided for name in ("ada", "bob")]
    settings = rules(campaign={"target": 1}, scoring={"min_reviews": 3})
    sentences, tables = read(case(rows, [juror("ada"), juror("bob")], scored, settings).document)
    departing = [(row[1], row[3], row[4]) for row in table(tables, ["Rang", "Projet"])[1:]]
    assert departing == [("Projet 3", "Lauréat", "Le plus utile"), ("Projet 2", "Non retenu", "Trop tôt")]
    assert "2 lauréats pour 1 place." in sentences
    enough, _ = read(case(rows, [juror("ada"), juror("bob")], scored, rules(scoring={"min_reviews": 2})).document)
    assert not [sentence for sentence in enough if "Lauréats qui ont moins" in sentence or "pour 1 place" in sentence]
    assert "Lauréats qui ont moins de 3 évaluations complètes : Projet 1 (1) : 2 ; Projet 3 (3) : 2." in sentences
    assert [row[1] for row in table(tables, "Projet")[1:]] == ["Lauréat", "Lauréat", "Non retenu"]
    assert any(sentence.startswith("Votes, s’il y en a eu") for sentence in sentences)
    assert any("Quorum" in sentence and "sur 2 membres" in sentence for sentence in sentences)


@pytest.mark.slow
def test_those_who_never_declared_their_interests_are_named():
    def said(*jurors):
        sentences, _ = read(case([dossier("1")], jurors, []).document)
        return [sentence for sentence in sentences if "déclaration d’intérêts" in sentence]

    assert said(juror("ada", declaration=None), juror("bob"), juror("cleo", declaration=None)) == [
        "N’ont jamais adressé de déclaration d’intérêts : Ada et Cleo."
    ]
    assert said(juror("ada")) == ["Chaque membre a adressé sa déclaration d’intérêts."]


@pytest.mark.slow
def test_the_rule_is_stated_with_its_sources():
    _, tables = read(corrected().document)
    stated = {row[0]: row[1:] for row in table(tables, "Règle")}
    assert stated["Places"][0] == "5 projets"
    assert stated["Critère « Pertinence du besoin »"][0] == "poids 1"
    assert stated["Échelle d’un critère"] == [
        "de 1 à 4", "hypothèse, d’après le guide du jury EIG4 : 1 pas du tout satisfaisant … 4 excellent",
    ]  # fmt: skip
    assert stated["Départage à égalité"][0] == "Pertinence du besoin puis Transformation ; sinon ex aequo"


def test_raw_and_corrected_stand_side_by_side():
    call = corrected()
    _, tables = read(call.document)
    rows = table(tables, "Rang")
    assert rows[0][3:6] == ["Note /20", "Note corrigée", "Rang attendu"]
    assert [row[1] for row in rows[1:]] == call.results.of(SCORES).ranking["numero"].tolist()
    assert rows[1][3] == number(call.results.of(SCORES).ranking["note"][0], 2)
    assert "–" not in rows[1]


@pytest.mark.slow
def test_as_many_places_and_no_correction_are_reported():
    assert "Autant de places que de projets : le rang n’élimine personne." in read(everyone_fits().document)[0]
    few = case(*drawn(3), rules(campaign={"target": 20}))
    assert "Plus de places que de projets : le rang n’élimine personne." in read(few.document)[0]
    sentences, tables = read(CASES["disjoint"]().document)
    assert any(sentence.startswith("Pas de classement corrigé : ") for sentence in sentences)
    assert {row[4] for row in table(tables, "Rang")[1:]} == {"–"}


@pytest.mark.slow
def test_ties_of_most_dossiers_reserves_and_near_certainties_are_said_as_on_the_page():
    assert [
        sentence
        for sentence in read(mostly_tied().document)[0]
        if "21 des 22 dossiers classés sont ex aequo" in sentence
    ]
    _, tables = read(contradicted().document)
    assert [row[1:2] + row[6:] for row in table(tables, "Rang")[1:3]] == [
        ["1", "> 99 %", "Lauréat"], ["7", "< 1 %", "Lauréat (sous réserve)"],
    ]  # fmt: skip


@pytest.mark.slow
def test_decisions_and_their_reasons_and_blanks_for_the_others():
    told = {"decision": "Lauréat", "motif": "Besoin avéré", "decide_par": "Comité", "decide_le": "06/05/2021"}
    rows = [dossier("1", **told), dossier("2"), dossier("3", decision="Désisté", motif="Lettre du 3 mai")]
    sentences, tables = read(case(rows, [juror("ada")], [evaluation(number, "ada") for number in "123"]).document)
    assert "Lauréat : 1 ; Désisté : 1 ; à compléter : 1." in sentences
    decisions = {row[0].split("\n")[1]: row[1:] for row in table(tables, ["Projet", "Décision"])[1:]}
    assert decisions["1"] == ["Lauréat", "Besoin avéré", "Comité, jeudi 6 mai 2021"]
    assert set("".join(decisions["2"])) == {"…"}
    assert decisions["3"][:2] == ["Désisté", "Lettre du 3 mai"]
    [unranked] = [rows[1:] for rows in tables if rows[0] == ["N°", "Projet", "Raison"]]
    assert unranked == [["3", "Projet 3", "Non classé : désisté"]]


def test_what_laureates_cost_together_is_said_where_the_call_pays():
    rows = [dossier("1", decision="Lauréat"), dossier("2")]
    calls = [rules(), rules(cofinancing={"rule": "none"})]
    minutes = [read(case(rows, [juror("ada")], [evaluation("1", "ada")], call).document)[0] for call in calls]
    said = [[sentence for sentence in sentences if sentence.startswith("Lauréats décidés : ")] for sentences in minutes]
    assert [len(sentences) for sentences in said] == [1, 0]


def test_headers_are_repeated_and_rows_are_not_cut():
    with zipfile.ZipFile(io.BytesIO(corrected().document)) as archive:
        body, styles = archive.read("word/document.xml").decode(), archive.read("word/styles.xml").decode()
    assert body.count("<w:tblHeader/>") == body.count("<w:tbl>")
    assert body.count("<w:cantSplit/>") == body.count("<w:tr>")
    assert 'w:val="fr-FR"' in styles
    assert "en-US" not in styles.replace('w:eastAsia="en-US"', "")
    assert 'w:w="11906" w:h="16838"' in body


@pytest.mark.slow
@settings(max_examples=examples(8))
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text_is_text(text):
    row = dossier("1", projet=text, motif=text, decision="Lauréat")
    call = case([row], [juror("ada", organisation=text)], [evaluation("1", "ada")])
    _, tables = read(call.document)
    assert [rows[0] for rows in tables] == HEADERS
    assert all(len({len(row) for row in rows}) == 1 for rows in tables)


HEADERS = [rows[0] for rows in read(case([dossier("1")], [juror("ada")], [evaluation("1", "ada")]).document)[1]]


# ---- The digest


def test_the_digest_is_of_what_it_says():
    call = corrected()
    data = inputs(call.results, call.campaign)
    assert hashlib.sha256(data).hexdigest() in read(call.document)[0]
    told = json.loads(data)
    assert sorted(told) == ["dossiers", "evaluations", "regles"]
    assert len(told["evaluations"]) == 48
    assert told["dossiers"][0] == ["1000", None, None, "eligible"]


def test_the_digest_is_that_of_the_form_on_the_page_that_speaks_of_it():
    """Made again of the minutes' own data by what docs/rapport.fr.md says of the form, and nothing else."""
    call = corrected()
    campaign, results = call.campaign, call.results
    whole = campaign.model_dump(mode="json")
    rules = {name: {key: whole[name][key] for key in keys} for name, keys in
             {"campaign": ("id", "target"), "scoring": ("min", "max", "min_reviews")}.items()}  # fmt: skip
    numbers = {
        address: f"jure-{place}" for place, address in enumerate(sorted({*results.of(SCORES).evaluations["jure"]}), 1)
    }
    lines = [
        [row["numero"], numbers[row["jure"]], row["deport"], row["avis"], row["coup_de_coeur"]]
        + [row[criterion.id] for criterion in campaign.criteria]
        for row in results.of(SCORES).evaluations.to_dict("records")
    ]
    told = {
        "regles": {**rules, "criteria": whole["criteria"], "ranking": whole["ranking"]},
        "dossiers": [
            [number, None, None, "eligible"] for number in sorted(results.of(APPLICATIONS).dossiers["numero"])
        ],
        "evaluations": sorted(lines, key=lambda line: [str(cell) for cell in line]),
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == call.minutes.digest


@pytest.mark.parametrize("page", ["rapport.fr.md", "historique.fr.md"])
def test_the_pages_that_speak_of_the_digest_agree_on_what_it_covers(page):
    text = " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").replace("\u202f", " ").split())
    assert "adresse du juré, déport" not in text
    covered = "numéro du juré dans l’ordre des adresses"
    assert covered in text or (page == "historique.fr.md" and "rapport.fr.md#lempreinte" in text)


@pytest.mark.slow
def test_the_order_of_rows_changes_no_digest():
    dossiers, jurors, given_ = drawn(6)
    assert case(dossiers, jurors, given_).minutes.digest == case(dossiers[::-1], jurors, given_[::-1]).minutes.digest


CHANGES = {
    "a score": lambda rows: rows[0].update({CRITERIA[0]: 1.0 if rows[0][CRITERIA[0]] != 1.0 else 2.0}),
    "NSP": lambda rows: rows[0].update({CRITERIA[0]: "NSP"}),
    "a blank": lambda rows: rows[0].update({CRITERIA[0]: None}),
    "a déport": lambda rows: rows[0].update({"deport": "oui"}),
    "an opinion": lambda rows: rows[0].update({"avis": "Favorable"}),
    "a heart": lambda rows: rows[0].update({"coup_de_coeur": "oui"}),
    "an evaluation less": lambda rows: rows.pop(),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_the_ranking_is_made_from_changes_the_digest(change):
    dossiers, jurors, given_ = drawn(3)
    before = case(dossiers, jurors, given_).minutes.digest
    CHANGES[change](given_)
    assert case(dossiers, jurors, given_).minutes.digest != before


@pytest.mark.slow
@pytest.mark.parametrize(
    "section", [{"ranking": {"seed": 6}}, {"campaign": {"target": 3}}, {"scoring": {"min_reviews": 2}}]
)
def test_so_does_a_rule(section):
    rows = drawn(3)
    assert case(*rows, rules(**section)).minutes.digest != case(*rows).minutes.digest


@pytest.mark.slow
@pytest.mark.parametrize("field", ["projet", "resume", "commentaire", "email_porteur"])
def test_what_no_ranking_depends_on_changes_nothing(field):
    dossiers, jurors, given_ = drawn(3)
    before = case(dossiers, jurors, given_).minutes.digest
    dossiers[0][field] = "x@exemple.invalid"
    assert case(dossiers, jurors, given_).minutes.digest == before


@pytest.mark.slow
def test_the_same_minutes_are_the_same_bytes():
    assert corrected().document == corrected().document
