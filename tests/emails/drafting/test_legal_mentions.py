"""Legal mentions: which messages carry them, what holds them back, and that a draft changes by nothing else."""

import re
from dataclasses import replace

import pytest

from eig_sheets.call.applications.checks import NO_APPEAL_TEXT
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import AlgorithmRules, DecisionRules
from eig_sheets.emails.drafting.computed_values import APPEAL, MENTION, mention
from eig_sheets.emails.drafting.drafts import drafts, load_templates
from eig_sheets.emails.drafting.missing_values import missing_values
from eig_sheets.emails.mail.messages import Blocked, Message
from tests.emails.drafting.support import DOSSIER, EIG5, case
from tests.emails.examples import DUE, EXAMPLES, MAY, RULES
from tests.messages import CATALOGUE

FOUNDED = AlgorithmRules(founds_decisions=True, purpose="classer les projets.", contact="droits@exemple.invalid")
SENTENCE = "sur le fondement d’un traitement algorithmique"
RECOURS = "Vous pouvez contester cette décision :\n- devant son auteur ;\n- devant le *tribunal*."
REFUSED_ROW = {**DOSSIER, "decision": "Non retenu"}
REFUSED = case(rules=RULES, candidatures=[REFUSED_ROW])


def founded(**changes: object) -> AlgorithmRules:
    return FOUNDED.model_copy(update=changes)


def rules(algorithm: AlgorithmRules | None = None, /, **decisions: object) -> Campaign:
    return RULES.model_copy(
        update={"algorithm": algorithm or AlgorithmRules(), "decisions": DecisionRules(**decisions)}
    )


def outcome(template: str, campaign: Campaign) -> Message | Blocked:
    """What becomes of the example of that message in a campaign of other rules."""
    example = EXAMPLES[template]
    made = replace(example.case, reading=example.case.reading.with_campaign(campaign), campaign=campaign)
    return made.one(template, example.day, example.received).outcome


def body(template: str, campaign: Campaign) -> str:
    message = outcome(template, campaign)
    assert isinstance(message, Message), message
    return message.body.replace("\u202f", " ")


@pytest.mark.parametrize("template", DUE)
def test_the_mention_is_in_the_messages_that_announce_a_decision_founded_on_the_ranking(template):
    said = body(template, rules(FOUNDED))
    assert (SENTENCE in said) == CATALOGUE[template].founded_on_ranking
    assert SENTENCE not in body(template, rules(founded(founds_decisions=False)))


@pytest.mark.parametrize("template", DUE)
def test_ways_of_appeal_are_in_refusals_and_nowhere_else(template):
    said = body(template, rules(voies_recours=RECOURS))
    assert ("- devant son auteur ;\n- devant le \\*tribunal\\*." in said) == bool(CATALOGUE[template].refusal)


def test_which_messages_are_concerned():
    """The list that a jurist reads in docs/emails.fr.md."""
    founded = [email.id for email in CATALOGUE.values() if email.founded_on_ranking]
    assert founded == ["non_preselectionne", "laureat", "liste_attente", "promotion_liste_attente", "non_retenu"]
    refusals = [email.id for email in CATALOGUE.values() if email.refusal and email.about == "candidatures"]
    assert refusals == ["ineligible", "non_preselectionne", "non_retenu"]


def test_the_mention_says_all_that_r_311_3_1_1_asks():
    said = mention(FOUNDED).replace("\u202f", " ")
    assert "Sa finalité : classer les projets. Vous" in said
    assert "demandez-la à droits@exemple.invalid. Un mois" in said
    assert "dans les deux mois, saisir la Commission d’accès aux documents administratifs" in said


@pytest.mark.parametrize(("key", "what"), [("purpose", "la finalité du classement"), ("contact", "à qui demander ses")])
def test_what_the_mention_lacks_blocks_the_message_and_is_named(key, what):
    blocked = outcome("laureat", rules(founded(**{key: " "})))
    assert isinstance(blocked, Blocked)
    [reason] = blocked.reasons
    assert f"algorithm.{key} est vide" in reason.replace("\u202f", " ")
    assert what in reason
    assert isinstance(outcome("ineligible", rules(founded(**{key: " "}))), Message)


@pytest.mark.parametrize(
    ("name", "campaign"), [(MENTION, rules(FOUNDED)), (APPEAL, rules(voies_recours=RECOURS))], ids=[MENTION, APPEAL]
)
def test_a_template_of_ones_own_that_leaves_the_text_out_blocks_its_messages_alone(name, campaign, tmp_path):
    for path in EIG5.templates_folder.glob("*.md"):
        text = re.sub(rf"{{% if {name} %}}.*?{{% endif %}}\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    own = {"emails": EIG5.emails.model_copy(update={"templates": str(tmp_path)})}
    texts = load_templates(EIG5.model_copy(update=own).set_path(EIG5.path))
    reading = REFUSED.reading.with_campaign(campaign)
    [draft] = drafts(reading, REFUSED.results, texts, MAY)
    assert isinstance(draft.outcome, Blocked)
    assert f"ne contient pas « {{{{ {name} }}}} »" in " ".join(draft.outcome.reasons).replace("\u202f", " ")
    [missing] = [
        missing_value
        for missing_value in missing_values(reading, REFUSED.results, texts)
        if missing_value.template == "non_retenu"
    ]
    assert missing.reasons == draft.outcome.reasons
    [kept] = drafts(reading.with_campaign(rules()), REFUSED.results, texts, MAY)
    assert isinstance(kept.outcome, Message)


@pytest.mark.parametrize(
    ("name", "campaign"), [(MENTION, rules(FOUNDED)), (APPEAL, rules(voies_recours=RECOURS))], ids=[MENTION, APPEAL]
)
@pytest.mark.parametrize(
    ("written", "is_message"), [("{% if ministere %}{{ @ }}{% endif %}", False), ("{{ @|citation }}", True)]
)
def test_a_template_that_only_says_it_under_a_condition_blocks_where_it_does_not(
    name, campaign, written, is_message, tmp_path
):
    for path in EIG5.templates_folder.glob("*.md"):
        text, tag = path.read_text(encoding="utf-8"), f"{{{{ {name} }}}}"
        own_text = text.replace(tag, written.replace("@", name)) if path.stem == "non_retenu" else text
        (tmp_path / path.name).write_text(own_text, encoding="utf-8")
    own = {"emails": EIG5.emails.model_copy(update={"templates": str(tmp_path)})}
    texts = load_templates(EIG5.model_copy(update=own).set_path(EIG5.path))
    [draft] = drafts(REFUSED.reading.with_campaign(campaign), REFUSED.results, texts, MAY)
    assert isinstance(draft.outcome, Message) == is_message, draft.outcome
    if isinstance(draft.outcome, Blocked):
        assert f"n’écrit pas « {{{{ {name} }}}} » dans ce message" in draft.outcome.reasons[0].replace("\u202f", " ")


def test_blank_ways_of_appeal_are_an_anomaly_and_change_no_message():
    rows = [{**DOSSIER, "numero": str(90001 + place), "decision": "Non retenu"} for place in range(2)]
    made = case(rules=RULES, candidatures=[{**DOSSIER, "numero": "1", "decision": "Lauréat"}, *rows])
    [anomaly] = [one for one in made.results.anomalies if one.code == NO_APPEAL_TEXT.name]
    decided = made.reading.layout.tabs["candidatures"]
    assert (anomaly.tab, anomaly.cell) == ("Candidatures", decided.cell("decision", 3))
    assert anomaly.message.startswith("2 refus sans")
    assert all(isinstance(draft.outcome, Message) for draft in made.drafts(MAY))
    assert "recours" not in body("non_retenu", rules(voies_recours="  \n"))


@pytest.mark.parametrize(
    "campaign",
    [rules(voies_recours=RECOURS), rules(public_law=False), RULES.model_copy(update={"emails": EIG5.emails.model_copy(
        update={"disabled": ("non_retenu",)})})],
    ids=["given", "private law", "notified otherwise"],
)  # fmt: skip
def test_no_anomaly_where_no_text_is_owed(campaign):
    anomalies = case(rules=campaign, candidatures=[REFUSED_ROW]).results.anomalies
    assert NO_APPEAL_TEXT.name not in [anomaly.code for anomaly in anomalies]


def test_one_anomaly_at_the_first_refusal():
    tabs = {
        "candidatures": [
            {**DOSSIER, "numero": "1", "decision": "Liste d’attente"},
            {**DOSSIER, "numero": "2", "preselection": "Écarté – insuffisant", "decision": "Non retenu"},
            {**DOSSIER, "numero": "3", "preselection": "Écarté – inéligible"},
            {**DOSSIER, "numero": "4", "preselection": "Écarté – inéligible", "decision": "Lauréat"},
        ],
    }
    made = case(rules=RULES, **tabs)
    anomalies = [anomaly for anomaly in made.results.anomalies if anomaly.code == NO_APPEAL_TEXT.name]
    places = made.reading.layout.tabs
    assert [(anomaly.tab, anomaly.cell, anomaly.message.split(" sans")[0]) for anomaly in anomalies] == [
        ("Candidatures", places["candidatures"].cell("preselection", 3), "2 refus"),
    ]


def test_decisions_of_private_law_carry_no_ways_of_appeal():
    assert "tribunal" not in body("non_retenu", rules(voies_recours=RECOURS, public_law=False))


@pytest.mark.parametrize("algorithm", [FOUNDED, founded(contact="")], ids=["said", "blank"])
def test_nor_the_mention_of_a_code_that_is_not_theirs(algorithm):
    assert SENTENCE not in body("laureat", rules(algorithm, public_law=False))


def test_turning_the_mention_on_adds_it_and_nothing_else():
    before, after = body("laureat", rules()), body("laureat", rules(FOUNDED))
    assert after.replace(mention(FOUNDED).replace("\u202f", " ") + "\n\n", "") == before
