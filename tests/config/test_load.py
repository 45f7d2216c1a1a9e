"""Validation of the configuration: all errors are reported in French, key by key."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets import config, loading
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import ConfigError
from eig_sheets.config.section_checks import RESERVED
from eig_sheets.text.french import typographic
from tests.effort import examples
from tests.examples.support import EXAMPLES, ROOT
from tests.messages import TEMPLATES
from tests.workbook.snapshots import EIG5, book, reading

PACKAGED = config.packaged().read_text(encoding="utf-8")
TEXT = re.sub(r"^#(?=\[|[a-z_]+ = )", "", PACKAGED, flags=re.MULTILINE)
"""The packaged configuration with its examples in use."""


def written(folder: Path, text: str) -> Path:
    path = folder / "config" / "campaign.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def changed(section: str, key: str, value: str | None, text: str = TEXT) -> str:
    """The packaged configuration with one key of a section changed, added or (None) taken out."""
    head, heading, tail = text.partition(f"\n{section}" if section else "\n[")
    assert heading, section
    body, bracket, rest = tail.partition("\n[")
    line = "" if value is None else f"\n{key} = {value}"
    body = re.sub(rf"\n{key} = .*", "", body)
    return (
        f"{head}{heading}{line}{body}{bracket}{rest}" if not section else head + heading + line + body + bracket + rest
    )


def error_lines(path: Path) -> list[str]:
    """What is reproached, line by line."""
    with pytest.raises(ConfigError) as caught:
        schema_of(loading.load(path))
    message = str(caught.value)
    first, *lines = message.split("\n")
    assert first == typographic(f"{path} : configuration refusée.")
    assert message == typographic(message)
    assert not re.search(r"\?\s*\.|\.\.|'|\bTrue\b|None|datetime|\d\.0\b|  • $", message), message
    return [line.removeprefix("  • ").replace("\u202f", " ") for line in lines]


def test_the_packaged_configuration_is_eig5():
    assert EIG5.path == config.packaged().absolute()
    assert EIG5.folder == EIG5.path.parent
    assert (EIG5.campaign.id, EIG5.campaign.target, EIG5.scoring.max) == ("EIG5", 20, 4)
    assert [host.route for host in EIG5.cofinancing.hosts if host.type == "Opérateur"] == ["portage"]
    assert EIG5.cofinancing.plausible == (0.6, 1.6)
    assert EIG5.campaign.last_moment.isoformat() == "2021-04-07T23:59:59"
    assert EIG5.imports.fields["numero"][0] == "ID"


@pytest.mark.parametrize("name", ["EIG5", *EXAMPLES])
def test_every_configuration_that_comes_with_the_program_is_valid(name):
    path = EIG5.path if name == "EIG5" else ROOT / "examples" / name / "config" / "campaign.toml"
    assert schema_of(loading.load(path)).tabs


INTEGER, LIST = "il faut un nombre entier", "il faut une liste entre crochets"
WORDS = "il faut un texte qui ne soit pas vide"
DAY = "il faut une date sans guillemets (2021-02-01)"
HOUR = "il faut une date et une heure sans guillemets (2021-04-07T23:59:59)"
OR_NOT, UNCHECKED = "ou retirez cette clé", "pour que le nombre ne soit pas vérifié"
YEAR = "il faut une année de 2000 à 2100"
MOMENT = "il faut une date, avec ou sans heure, sans guillemets (2021-04-07T23:59:59)"


def no(key: str, value: str, wanted: str) -> str:
    return f"{key} = {value} n’est pas accepté : {wanted}."


def no_address(key: str, word: str) -> str:
    return f"{key} : « {word} » n’est pas une adresse : écrivez-la en entier, par exemple nom@domaine.fr."


TRAP = "camille@g\u043euv.fr"


def lookalike(key: str, before: str = "") -> str:
    letter = "« \u043e » (lettre cyrillique, U+043E) au lieu de « o »"
    real = f"et s’écrit en réalité {before}camille@xn--guv-sed.fr"
    return f"{key} : « {before}{TRAP} » a une lettre trompeuse, {letter}, {real} : effacez-la et retapez-la."


MISTAKES = [
    ("[campaign]", "target", '"vingt"', no("campaign.target", "« vingt »", INTEGER)),
    ("[campaign]", "target", "true", no("campaign.target", "true", INTEGER)),
    ("[campaign]", "target", "2.5", no("campaign.target", "2.5", INTEGER)),
    ("[campaign]", "target", "0", no("campaign.target", "0", "il faut au moins 1")),
    ("[campaign]", "target", "[1, 2]", no("campaign.target", "[1, 2]", INTEGER)),
    ("[campaign]", "target", None, "il manque « campaign.target »."),
    ("[campaign]", "name", "5", no("campaign.name", "5", "il faut un texte entre guillemets")),
    ("[campaign]", "id", '""', no("campaign.id", "« »", WORDS)),
    ("[campaign]", "opens", '"2021-02-01"', no("campaign.opens", "« 2021-02-01 »", DAY)),
    ("[campaign]", "opens", "2021-02-01T08:00:00", no("campaign.opens", "2021-02-01T08:00:00", DAY)),
    ("[emails]", "scoping_months", '"mai"', no("emails.scoping_months", "« mai »", LIST)),
    ("[campaign]", "closes", '"hier"', no("campaign.closes", "« hier »", MOMENT)),
    ("[campaign]", "closes", "5", no("campaign.closes", "5", MOMENT)),
    ("[campaign]", "closes", "2021-04-07T23:59:59+02:00",
     no("campaign.closes", "2021-04-07T23:59:59+02:00",
        "il faut une date et une heure sans décalage (2021-04-07T23:59:59), celles du fuseau campaign.timezone")),
    ("[campaign]", "closes", "2021-01-31", "campaign.closes est avant campaign.opens : corrigez l’une des deux dates."),
    ("[campaign]", "timezone", '"Europe/Pari"',
     no("campaign.timezone", "« Europe/Pari »", "il faut un fuseau connu, par exemple Europe/Paris")),
    ("[campaign]", "timezone", '"./etc"',
     no("campaign.timezone", "« ./etc »", "il faut un fuseau connu, par exemple Europe/Paris")),
    ("[campaign]", "timezone", '"Europe"',
     no("campaign.timezone", "« Europe »", "il faut un fuseau connu, par exemple Europe/Paris")),
    ("[campaign]", "timezone", '"/etc/passwd"',
     no("campaign.timezone", "« /etc/passwd »", "il faut un fuseau connu, par exemple Europe/Paris")),
    ("[campaign]", "targets", "20", "clé inconnue « campaign.targets » ; vouliez-vous dire « target » ?"),
    ("[campaign]", "xyz", "1",
     "clé inconnue « campaign.xyz » ; valeurs possibles : banner, closes, id, name, opens, target ou timezone."),
    ("[scoring]", "min", "4", "scoring.min doit être plus petit que scoring.max."),
    ("[scoring]", "max", "inf", no("scoring.max", "inf", "il faut un nombre fini")),
    ("[scoring]", "max", '"quatre"', no("scoring.max", "« quatre »", "il faut un nombre")),
    ("[scoring]", "min_reviews", "0", no("scoring.min_reviews", "0", "il faut au moins 1")),
    ("[jury]", "reads", "0", no("jury.reads", "0", "il faut au moins 1")),
    ("[jury]", "max_per_juror", "2.5", no("jury.max_per_juror", "2.5", "il faut un nombre entier")),
    ("[[criteria]]", "weight", "0", no("criteria[1].weight", "0", "il faut au moins 0,001")),
    ("[[criteria]]", "id", '"Été"',
     no("criteria[1].id", "« Été »",
        "il faut une lettre minuscule, puis des lettres minuscules sans accent, des chiffres ou « _ »")),
    ("[[criteria]]", "poids", "1",
     "clé inconnue « criteria[1].poids » ; valeurs possibles : id, label, meaning ou weight."),
    ("[[criteria]]", "label", '"Définition"',
     "[[criteria]] donne deux fois le label « Définition » : chaque critère a sa colonne, donc son nom."),
    ("[[criteria]]", "label", '"…"', "criteria[1].label = « … » n’a ni lettre ni chiffre : donnez-lui un nom."),
    ("[[criteria]]", "label", '"AVIS :"',
     "criteria[1].label = « AVIS : » est déjà un en-tête d’Évaluations : choisissez un autre nom."),
    ("[ranking]", "method", '"median"',
     no("ranking.method", "« median »", "valeurs possibles : mean ou expected_rank")),
    ("[ranking]", "min_note", "25", no("ranking.min_note", "25", "il faut au plus 20")),
    ("[ranking]", "min_note", "-1", no("ranking.min_note", "-1", "il faut au moins 0")),
    ("[ranking]", "tie_break", '"pertinence"', no("ranking.tie_break", "« pertinence »", LIST)),
    ("[ranking]", "tie_break", '["pertinance"]',
     "ranking.tie_break : « pertinance » est inconnu ; vouliez-vous dire « pertinence » ?"),
    ("[ranking]", "tie_break", '["xyz"]', (
        "ranking.tie_break : « xyz » est inconnu ; valeurs possibles : definition, engagement, ouverture, "
        "pertinence ou transformation."
    )),
    ("[eligibility]", "required", '["mentors"]',
     "eligibility.required : « mentors » est inconnu ; vouliez-vous dire « mentor » ?"),
    ("[eligibility]", "attestations", '["hors_murs"]',
     "eligibility.attestations : « hors_murs » est inconnu ; vouliez-vous dire « hors_les_murs » ?"),
    ("[eligibility]", "eliminating", '["convention"]',
     "eligibility.eliminating ne peut nommer que des champs listés dans eligibility.attestations."),
    ("[eligibility]", "eig_numbers", '["deux"]', no("eligibility.eig_numbers[1]", "« deux »", INTEGER)),
    ("[eligibility]", "eig_numbers", "[]",
     f"eligibility.eig_numbers = [] ne dit rien : donnez les nombres acceptés, {OR_NOT} {UNCHECKED}."),
    ("[eligibility]", "eig_numbers", "[2, -1]", no("eligibility.eig_numbers[2]", "-1", "il faut au moins 1")),
    ("[import.fields]", "numero", "[]",
     f"import.fields.numero = [] ne dit rien : donnez ses en-têtes dans l’export, {OR_NOT}."),
    ("[import.fields]", "numero", '["ID", ""]', "import.fields.numero : « » n’a ni lettre ni chiffre : retirez-le."),
    ("[import]", "ignored_states", '["…"]', "import.ignored_states : « … » n’a ni lettre ni chiffre : retirez-le."),
    ("[campaign]", "opens", "0021-02-01", no("campaign.opens", "0021-02-01", YEAR)),
    ("[emails]", "reminders", "[2021-04-29, 2201-04-29]", no("emails.reminders[2]", "2201-04-29", YEAR)),
    ("[[criteria]]", "weight", "-1.0", no("criteria[1].weight", "-1", "il faut au moins 0,001")),
    ("[[criteria]]", "weight", "5e-324", no("criteria[1].weight", "5e-324", "il faut au moins 0,001")),
    ("[[criteria]]", "weight", "1e308", no("criteria[1].weight", "1e+308", "il faut au plus 1 000")),
    ("[scoring]", "min", "-1e308", no("scoring.min", "-1e+308", "il faut au moins −1 000")),
    ("[scoring]", "max", "1e308", no("scoring.max", "1e+308", "il faut au plus 1 000")),
    ("[scoring]", "min_reviews", "1" + "0" * 30, no("scoring.min_reviews", "1" + "0" * 30, "il faut au plus 100 000")),
    ("[campaign]", "target", "1" + "0" * 30, no("campaign.target", "1" + "0" * 30, "il faut au plus 100 000")),
    ("[ranking]", "seed", "-1", no("ranking.seed", "-1", "il faut au moins 0")),
    ("[ranking]", "waiting_list", "1000000", no("ranking.waiting_list", "1000000", "il faut au plus 100 000")),
    ("[cofinancing]", "total_months", "1e308", no("cofinancing.total_months", "1e+308", "il faut au plus 1 000")),
    ("[cofinancing]", "envelope", "1e308",
     no("cofinancing.envelope", "1e+308", "il faut au plus 1 000 000 000 000")),
    ("[cofinancing]", "net_to_employer_ratio", "1e308",
     no("cofinancing.net_to_employer_ratio", "1e+308", "il faut au plus 1 000")),
    ("[cofinancing]", "plausible", "[0.6, 1e308]", no("cofinancing.plausible[2]", "1e+308", "il faut au plus 1 000")),
    ("[salaries]", "over_5_years", "1e308", no("salaries.over_5_years", "1e+308", "il faut au plus 1 000 000")),
    ("[emails]", "audition_minutes", "1000000", no("emails.audition_minutes", "1000000", "il faut au plus 1 440")),
    ("[smtp]", "per_minute", "5e-324", no("smtp.per_minute", "5e-324", "il faut au moins 0,01")),
    ("[emails]", "contact", '"l’équipe"', no_address("emails.contact", "l’équipe")),
    ("[emails]", "contact", '"a@example.org."', no_address("emails.contact", "a@example.org.")),
    ("[emails]", "contact", '"a@example.org ; b@example.org"',
     no_address("emails.contact", "a@example.org ; b@example.org")),
    ("[workbook]", "officers", '["a@example.org", "camille"]', no_address("workbook.officers", "camille")),
    ("[cofinancing]", "rule", '"mois"', no("cofinancing.rule", "« mois »", "valeurs possibles : months, flat ou none")),
    ("[cofinancing]", "rule", '"flat"',
     "cofinancing.rule = « flat » demande cofinancing.flat_amount : le montant pour un EIG, en euros."),
    ("[cofinancing]", "months", "12", "cofinancing.months ne peut pas dépasser cofinancing.total_months."),
    ("[cofinancing]", "plausible", "[1.6, 0.6]",
     "cofinancing.plausible doit aller du plus petit au plus grand, par exemple [0.6, 1.6]."),
    ("[ranking]", "zone", "[0.75, 0.25]",
     "ranking.zone doit aller de la plus petite probabilité à la plus grande, par exemple [0.25, 0.75]."),
    ("[ranking]", "zone", "[0.5, 0.5]",
     "ranking.zone doit aller de la plus petite probabilité à la plus grande, par exemple [0.25, 0.75]."),
    ("[ranking]", "zone", "[0.25, 75]", no("ranking.zone[2]", "75", "il faut au plus 1")),
    ("[ranking]", "zone", "[-0.1, 0.75]", no("ranking.zone[1]", "-0.1", "il faut au moins 0")),
    ("[ranking]", "zone", "[0.25]", "il manque « ranking.zone[2] »."),
    ("[ranking]", "zone", "true", no("ranking.zone", "true", "il faut une liste entre crochets")),
    ("[cofinancing]", "plausible", "[0.6]", "il manque « cofinancing.plausible[2] »."),
    ("[cofinancing]", "plausible", "[1, 2, 3]", no("cofinancing.plausible", "[1, 2, 3]", "il faut au plus 2 valeurs")),
    ("[[cofinancing.hosts]]", "route", '"direct"',
     no("cofinancing.hosts[1].route", "« direct »",
        "valeurs possibles : decret_transfert, delegation_gestion ou portage")),
    ("[[cofinancing.hosts]]", "type", '"Opérateur"',
     "[[cofinancing.hosts]] donne deux fois le type « Opérateur » : gardez-en un."),
    ("[workbook]", "location", '""', no("workbook.location", "« »", WORDS)),
    ("[workbook]", "people_tabs", '["parametre"]',
     "workbook.people_tabs : « parametre » est inconnu ; vouliez-vous dire « parametres » ?"),
    ("[workbook.tabs]", "candidature", '["Projets"]',
     "workbook.tabs : « candidature » est inconnu ; vouliez-vous dire « candidatures » ?"),
    ("[workbook.tabs]", "jury", '"Comité"', no("workbook.tabs.jury", "« Comité »", LIST)),
    ("[workbook.tabs]", "jury", '["Dossiers"]',
     "workbook.tabs.jury : « Dossiers » désigne déjà « candidatures » : retirez-le de l’un des deux."),
    ("[workbook.tabs]", "jury", '["CLASSEMENT"]',
     "workbook.tabs.jury : « CLASSEMENT » désigne déjà « Classement » : retirez-le de l’un des deux."),
    ("[workbook.tabs]", "jury", '["—"]', "workbook.tabs.jury : « — » n’a ni lettre ni chiffre : retirez-le."),
    ("[workbook.headers]", "numeros", '["N"]',
     "workbook.headers : « numeros » est inconnu ; vouliez-vous dire « numero » ?"),
    ("[workbook.headers]", "region", '["?"]', "workbook.headers.region : « ? » n’a ni lettre ni chiffre : retirez-le."),
    ("[emails]", "disabled", '["accuse_de_reception"]',
     "emails.disabled : « accuse_de_reception » est inconnu ; vouliez-vous dire « accuse_reception » ?"),
    ("[emails]", "reply_before", "true", no("emails.reply_before", "true", MOMENT)),
    ("[emails]", "reminders", '[2021-04-29, "demain"]', no("emails.reminders[2]", "« demain »", DAY)),
    ("[emails]", "never", '["a@example.org", "camille"]',
     "emails.never : « camille » n’est pas une adresse : écrivez-la en entier, par exemple nom@domaine.fr."),
    ("[emails]", "allowed", '["a@example.org", "@domaine.gouv.fr", "@", "domaine.gouv.fr", "Camille <c@example.org>"]',
     [f"emails.allowed : « {word} » n’est ni une adresse ni un domaine : écrivez par exemple nom@domaine.gouv.fr ou "
      "@domaine.gouv.fr." for word in ("@", "domaine.gouv.fr", "Camille <c@example.org>")]),
    ("[emails]", "contact", f'"{TRAP}"', lookalike("emails.contact")),
    ("[emails]", "contact", '"a\u200b@example.org"', (
        "emails.contact : « a\u200b@example.org » a une lettre trompeuse, un caractère invisible (U+200B) : effacez-la "
        "et retapez-la."
    )),
    ("[emails]", "never", f'["{TRAP}", "camille@xn--guv-sed.fr"]', lookalike("emails.never")),
    ("[emails]", "allowed", f'["{TRAP}", "camille@xn--guv-sed.fr"]', lookalike("emails.allowed")),
    ("[workbook]", "officers", f'["camille@gouv.fr", "{TRAP}"]', lookalike("workbook.officers")),
    ("[sender]", "address", f'"{TRAP}"', lookalike("sender.address")),
    ("[sender]", "reply_to", f'"camille@gouv.fr, {TRAP}"', lookalike("sender.reply_to")),
    ("[sender]", "unsubscribe", f'"mailto:{TRAP}"', lookalike("sender.unsubscribe", "mailto:")),
    ("[emails]", "nightly_send", '"oui"', no("emails.nightly_send", "« oui »", "il faut true ou false")),
    ("[emails.experimentation]", "starts", '"septembre"', no("emails.experimentation.starts", "« septembre »", DAY)),
    ("[emails.experimentation]", "ends", "2021-09-01",
     "emails.experimentation.ends est avant starts : corrigez l’une des deux dates."),
    ("[import.fields]", "mentors", '["Mentor"]',
     "import.fields : « mentors » est inconnu ; vouliez-vous dire « mentor » ?"),
    ("[salaries]", "up_to_5_years", "-1", no("salaries.up_to_5_years", "-1", "il faut plus de 0")),
    ("[sender]", "address", '"eig"', no_address("sender.address", "eig")),
    ("[sender]", "reply_to", '"a@example.org; eig@"', no_address("sender.reply_to", "eig@")),
    ("[sender]", "unsubscribe", '"https://example.org/fin, http://example.org"',
     no_address("sender.unsubscribe", "http://example.org")),
    ("[sender]", "nom", '"EIG"',
     "clé inconnue « sender.nom » ; valeurs possibles : address, dkim_selector, name, reply_to ou unsubscribe."),
    ("[smtp]", "host", None, "il manque « smtp.host »."),
    ("[smtp]", "host", '"https://smtp.example.org"',
     no("smtp.host", "« https://smtp.example.org »", "il faut le nom du serveur seul, par exemple smtp.example.org")),
    ("[imap]", "host", '"imap.example.org:993"',
     no("imap.host", "« imap.example.org:993 »", "il faut le nom du serveur seul, par exemple imap.example.org")),
    ("[smtp]", "port", '"465"', no("smtp.port", "« 465 »", INTEGER)),
    ("[smtp]", "port", "70000", no("smtp.port", "70000", "il faut au plus 65 535")),
    ("[smtp]", "security", '"ssl"',
     no("smtp.security", "« ssl »", "valeurs possibles : tls, starttls ou aucune")),
    ("[smtp]", "per_minute", "0", no("smtp.per_minute", "0", "il faut au moins 0,01")),
    ("[imap]", "user", None, [
        "imap.password_variable demande imap.user : l’identifiant qui va avec.",
        "il manque « imap.user » : l’identifiant de la boîte.",
    ]),
    ("[smtp]", "user", None, "smtp.password_variable demande smtp.user : l’identifiant qui va avec."),
    ("[smtp]", "password_variable", None, "smtp.user demande smtp.password_variable ou smtp.password_file."),
    ("[smtp]", "password_file", '"mot.txt"',
     "smtp.password_variable et smtp.password_file sont remplis : gardez-en un."),
    ("[gmail]", "mailbox", f'"{TRAP}"', lookalike("gmail.mailbox")),
    ("[gmail]", "mailbox", '"camille"', no_address("gmail.mailbox", "camille")),
    ("[gmail]", "key", None, "il manque « gmail.key »."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "key", "value", "sentence"),
    MISTAKES,
    ids=[f"{section}.{key}={value}" for section, key, value, _ in MISTAKES],
)
def test_an_error_has_its_key_and_what_is_accepted(tmp_path, section, key, value, sentence):
    sentences = [sentence] if isinstance(sentence, str) else sentence
    assert error_lines(written(tmp_path, changed(section, key, value))) == sentences


SECRET = "c0rrect-horse battery"
ELSEWHERE = (
    "ne l’écrivez pas ici. [smtp] et [imap] disent où il est : password_variable, le nom d’une variable "
    "d’environnement, ou password_file, un fichier que vous seul pouvez lire."
)


@pytest.mark.parametrize("key", ["password", "Password", "passwd", "mot_de_passe", "secret", "token"])
@pytest.mark.parametrize("section", ["smtp", "imap", "gmail", "emails"])
def test_a_secret_is_refused_and_not_quoted(tmp_path, section, key):
    text = changed(f"[{section}]", key, f'"{SECRET}"')
    assert error_lines(written(tmp_path, text)) == [f"« {section}.{key} » est un secret : {ELSEWHERE}"]


@pytest.mark.parametrize(
    ("section", "key", "value", "sentence"),
    [
        ("[smtp]", "password_variable", SECRET,
         "smtp.password_variable est le nom d’une variable (EIG_SMTP), jamais le mot de passe lui-même."),
        ("[imap]", "password_variable", SECRET,
         "imap.password_variable est le nom d’une variable (EIG_IMAP), jamais le mot de passe lui-même."),
        ("[gmail]", "key", '{"private_key": "' + SECRET,
         "gmail.key est le chemin du fichier de la clé, jamais ce qu’il contient."),
    ],
)  # fmt: skip
def test_a_secret_in_place_of_its_location_is_not_quoted(tmp_path, section, key, value, sentence):
    assert error_lines(written(tmp_path, changed(section, key, f"'{value}'"))) == [sentence]


def test_the_examples_of_outlets_are_valid_once_uncommented(tmp_path):
    campaign = loading.load(written(tmp_path, TEXT))
    assert campaign.sender
    assert campaign.sender.address == EIG5.emails.contact
    assert campaign.smtp
    assert (campaign.smtp.port, campaign.smtp.security, campaign.smtp.per_minute) == (465, "tls", 20)
    assert campaign.imap
    assert (campaign.imap.port, campaign.imap.password_variable) == (993, "EIG_IMAP")
    assert campaign.gmail
    assert campaign.gmail.mailbox == EIG5.emails.contact
    assert (campaign.emails.allowed, campaign.emails.nightly_send) == ((), False)


def test_outlets_are_not_there_until_they_are_asked_for():
    assert (EIG5.sender, EIG5.smtp, EIG5.imap, EIG5.gmail) == (None, None, None, None)


@pytest.mark.parametrize(
    ("section", "security", "port"),
    [("smtp", "tls", 465), ("smtp", "starttls", 587), ("imap", "tls", 993), ("imap", "starttls", 143)],
)
def test_a_port_that_is_not_given_is_the_usual_one(tmp_path, section, security, port):
    text = changed(f"[{section}]", "port", None, changed(f"[{section}]", "security", f'"{security}"'))
    server = getattr(loading.load(written(tmp_path, text)), section)
    assert (server.port, server.default_port) == (None, port)


def test_all_errors_are_reported_at_once(tmp_path):
    text = changed("[campaign]", "target", "0", changed("[scoring]", "min", '"un"', changed("[emails]", "x", "1")))
    keys = [line.split(" ")[0] for line in error_lines(written(tmp_path, text))]
    assert keys == ["campaign.target", "scoring.min", "clé"]
    text = changed("[ranking]", "tie_break", '["a"]', changed("[emails]", "disabled", '["b", "laureats"]'))
    assert len(error_lines(written(tmp_path, text))) == 3


def test_an_unknown_section_and_a_section_that_is_none(tmp_path):
    assert error_lines(written(tmp_path, TEXT + "\n[email]\n")) == [
        "clé inconnue « email » ; vouliez-vous dire « emails » ?"
    ]
    text = TEXT.replace("[salaries]", "[salary]")
    assert error_lines(written(tmp_path, text)) == ["clé inconnue « salary » ; vouliez-vous dire « salaries » ?"]
    text = "salaries = 3500\n" + re.sub(r"\[salaries\].*?\n\n", "", TEXT, flags=re.DOTALL)
    assert error_lines(written(tmp_path, text)) == ["salaries = 3500 n’est pas accepté : il faut une table."]
    assert "il manque « criteria »." in error_lines(written(tmp_path, '[campaign]\nid = "x"'))


def test_an_empty_list_of_criteria(tmp_path):
    text = "criteria = []\n" + re.sub(r"\[\[criteria\]\]\nid = .*\nlabel = .*\nmeaning = .*\nweight = .*\n", "", TEXT)
    lines = error_lines(written(tmp_path, text))
    assert lines == ["criteria = [] n’est pas accepté : il faut au moins 1 valeur."]


def test_what_is_wrong_in_all_of_a_list_is_said_of_its_values_alone(tmp_path):
    lines = error_lines(written(tmp_path, TEXT.replace("weight = 1", "weight = 0.0")))
    assert lines == [no(f"criteria[{place}].weight", "0", "il faut au moins 0,001") for place in range(1, 6)]


def test_two_criteria_of_one_id(tmp_path):
    text = TEXT.replace('id = "definition"', 'id = "pertinence"')
    assert error_lines(written(tmp_path, text)) == [
        "[[criteria]] donne deux fois l’id « pertinence » : chaque critère a le sien."
    ]


@pytest.mark.parametrize("name", sorted(RESERVED | {"class", "lambda", "pertinence_nsp"}))
def test_a_criterion_has_no_name_that_the_tables_use(tmp_path, name):
    text = TEXT.replace('id = "ouverture"', f'id = "{name}"')
    assert error_lines(written(tmp_path, text)) == [
        f"criteria[5].id = « {name} » est réservé : choisissez un autre nom."
    ]


def test_the_reserved_names_are_those_of_the_tables():
    results = compute(reading(book()))
    evaluations = [field.id for field in schema_of(EIG5).tab("evaluations").fields]
    tables = [results.of(SCORES).ranking, results.of(SCORES).evaluated, results.of(SCORES).evaluations]
    columns = {str(column) for table in tables for column in table.columns if not str(column).endswith("_nsp")}
    assert (columns | set(evaluations)) - {criterion.id for criterion in EIG5.criteria} <= RESERVED


@pytest.mark.parametrize(
    "name", ["projet", "mentor", "rang", "note_globale", "region", "x", "index", "level_0", "count"]
)
def test_a_criterion_may_have_any_other_name(tmp_path, name):
    text = TEXT.replace('id = "pertinence"', f'id = "{name}"').replace('"pertinence", "transf', f'"{name}", "transf')
    campaign = loading.load(written(tmp_path, text))
    assert compute(reading(book(), campaign)).of(SCORES).ranking[name].tolist() == [3.0, 3.0]


@pytest.mark.parametrize("disabled", [[], list(TEMPLATES), ["laureat"]])
def test_any_e_mail_may_be_disabled(tmp_path, disabled):
    text = changed("[emails]", "disabled", str(disabled).replace("'", '"'))
    assert list(loading.load(written(tmp_path, text)).emails.disabled) == disabled


def refused(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        loading.load(path)
    return str(caught.value)


def test_a_file_that_is_not_there_not_text_or_not_toml(tmp_path):
    assert refused(tmp_path / "absent.toml") == typographic(
        f"Configuration introuvable : {tmp_path}/absent.toml. Vérifiez --config ou EIG_SHEETS_CONFIG."
    )
    (tmp_path / "latin.toml").write_bytes("name = 'é'".encode("latin-1"))
    assert refused(tmp_path / "latin.toml").endswith("(encodage). Elle doit être un texte en UTF-8.")
    assert "(c’est un dossier)" in refused(tmp_path)
    broken = written(tmp_path, "[campaign]\nid = \n")
    assert refused(broken) == typographic(
        f"{broken} n’est pas un fichier TOML valable, ligne 2, colonne 6 : il manque une valeur après « id = »."
    )


SCALARS = (st.booleans(), st.integers(-5, 5), st.floats(), st.text("aé €«», ", max_size=5), st.dates(), st.datetimes())
JUNK = st.recursive(
    st.one_of(*SCALARS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)),
    max_leaves=4,
)


def places(values: object, before: tuple = ()) -> list[tuple]:
    """Where every value of nested tables and lists is."""
    items = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    return [place for key, value in items for place in [(*before, key), *places(value, (*before, key))]]


WHOLE = tomllib.loads(TEXT)
PLACES = places(WHOLE)


@settings(max_examples=examples(80))
@given(st.sampled_from(PLACES), JUNK)
def test_anything_in_the_place_of_any_value_is_accepted_or_refused_in_french(place, junk):
    values = tomllib.loads(TEXT)
    *path, last = place
    branch = reduce(getitem, path, values)
    branch[last] = junk
    with suppress(ConfigError):
        schema_of(config.validated(values, Path("x.toml")))


@given(st.sampled_from(PLACES))
def test_an_error_is_never_in_english(place):
    values = tomllib.loads(TEXT)
    *path, last = place
    reduce(getitem, path, values)[last] = {"a": [float("nan")]}
    with pytest.raises(ConfigError) as caught:
        schema_of(config.validated(values, Path("x.toml")))
    assert not re.search(r"[Ii]nput|should|valid |True|None", str(caught.value))


class TestPlaces:
    def test_relative_paths_start_from_the_file(self, tmp_path):
        campaign = loading.load(written(tmp_path, TEXT))
        assert campaign.location() == str(tmp_path / "campagne.xlsx")
        assert campaign.state_folder() == tmp_path / ".eig-sheets"
        assert campaign.templates_folder == tmp_path / "config" / "emails"

    def test_overrides_start_from_here(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        campaign = loading.load(config.packaged())
        assert campaign.location("sous/../a.xlsx") == str(tmp_path / "a.xlsx")
        assert campaign.state_folder("état") == tmp_path / "état"

    @pytest.mark.parametrize(
        "place", ["https://docs.google.com/spreadsheets/d/abc/edit", "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"]
    )
    def test_a_google_sheet_is_no_path(self, tmp_path, place):
        text = changed("[workbook]", "location", f'"{place}"')
        assert loading.load(written(tmp_path, text)).location() == place
        assert EIG5.location(place) == place

    def test_the_file_is_looked_for_in_this_folder_and_above(self, tmp_path):
        path = written(tmp_path, TEXT)
        below = tmp_path / "a" / "b"
        below.mkdir(parents=True)
        assert config.find(below) == config.find(tmp_path) == path

    def test_the_packaged_configuration_is_the_default(self):
        assert config.find(Path("/")) == config.packaged()


def test_sources_of_values_are_the_comments_at_the_end_of_their_lines():
    sources = config.sources(config.packaged())
    assert sources["campaign.opens"] == "Cahier, 5.1"
    assert sources["cofinancing.months"] == "Cahier, 4.2 : du 1er octobre au 31 décembre 2021"
    assert "ranking.seed" not in sources


def test_a_campaign_does_not_change():
    with pytest.raises(ValueError, match="frozen"):
        EIG5.campaign.target = 3
