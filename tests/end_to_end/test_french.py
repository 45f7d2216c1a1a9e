"""Whatever people read in the demo is typed as French is."""

import re
from pathlib import Path

import pytest

from tests.spreadsheet.xlsx.opc import load

LOOSE = re.compile(r"[ \u00a0][:;?!»%€]|« |[A-Za-zà-ÿ]'[A-Za-zà-ÿ]")
"""A plain or wide space where a narrow one is meant, or a typewriter's apostrophe."""

HEADERS = {"Intervalle 50 %", "Intervalle 90 %"}
"""Headers are names that other programs look for: they keep the spaces of the design."""


FAULTS = re.compile(
    r"\bÀ \d+ %|\b[Aa]ucune? [^.;:]*, aucune? |\bcofinanc(?:ements?|ée?s?|er)\b|Cofinancement [a-zà]"
    r"|\d min \d|\b\d+(?:e|ème|ième) promotion|absence de conflit|\bSans \d"
)
"""What an editor found, and must not come back: « À 50 % », « Aucun rang, aucune note n’est », « Sans 1 dossier »…"""
NUMBER = r"(?<![\w,./:-])(?<!\d )"
INVARIABLE = "fois|mois|pas|sous|dans|plus|moins|puis|sans"
THINGS = "dossier|e-mail|brouillon|envoi"
COUNTS = re.compile(
    rf"{NUMBER}[01] (?!(?:{INVARIABLE})\b)[a-zéèê-]+s\b|{NUMBER}0 (?:{THINGS})s? (?:[a-zé]+(?:é|er)|repris)\b"
)
"""A plural after 0 or 1; « 0 dossier changé », where people say « aucun »."""


def faults(texts):
    plain = [text.replace("\u202f", " ") for text in texts]
    return [text for text in plain if FAULTS.search(text) or COUNTS.search(text)]


def texts(path):
    for name, part in load(path).items():
        if name.endswith((".xml", ".vml")) and name.startswith("xl/"):
            yield from re.findall(r"<(?:\w+:)?t(?: [^>]*)?>([^<]*)<", part.decode())


def test_every_text_and_note_of_the_workbook(demo):
    found = [text for text in texts(demo.workbook) if text not in HEADERS and LOOSE.search(text)]
    assert found == []
    assert faults(texts(demo.workbook)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["rank"], ["cofinancing"], ["check"], ["emails", "list"], ["sync"], ["init"], ["sync", "--dry-run"],
        ["import", "EXPORT"], ["rank", "--explain", "3712437", "--format", "json"],
        ["cofinancing", "--explain", "3712146", "--format", "csv"], ["jury", "assign", "--explain", "3712437"],
    ],
)  # fmt: skip
def test_what_a_command_says(demo, arguments):
    demo.set_config("target = 20 ", "target = 12 ")
    done = demo.run(*(demo.export if word == "EXPORT" else word for word in arguments))
    lines = [line for line in (done.out + done.err).splitlines() if LOOSE.search(line)]
    assert lines == []
    assert faults((done.out + done.err).splitlines()) == []


@pytest.mark.parametrize(
    "text",
    ["À 50 %", "Aucun rang, aucune note n’est enregistré.", "Sans 1 dossier dont", "0 dossier ajouté ; 1 dossier",
     "1 e-mails", "Demande de cofinancement", "à 10 h 03 min 07 s", "5e promotion"],
)  # fmt: skip
def test_a_fault_is_seen(text):
    assert faults([text]) == [text]


@pytest.mark.parametrize(
    "text", ["1 dossier", "31 dossiers", "10 anomalies", "1 200 dossiers", "0 dossier, 0 évaluation"]
)
def test_what_is_right_is_none(text):
    assert faults([text]) == []


ROOT = Path(__file__).parents[2]
READ = [
    path
    for pattern in ("eig_sheets/**/*", "docs/*.md", "README.md", "config/**/*", "examples/**/*")
    for path in sorted(ROOT.glob(pattern))
    if path.suffix in {".py", ".html", ".toml", ".csv", ".md"}
]


@pytest.mark.slow
def test_co_financement_is_spelled_one_way():
    """As in the cahier des charges and in the columns; `Cofinancement` is the name of a tab, and ids have no hyphen."""
    in_a_sentence = r"(?:[«(’]\s?|[a-zàéèù,] )cofinanc(?:ement|é|er)(?!\w|\.\w)"
    other_way = re.compile(rf"{in_a_sentence}|Cofinancement [a-zà]|[Cc]ofinancé")
    found = {
        f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
        for path in READ
        for line in path.read_text(encoding="utf-8").splitlines()
        if other_way.search(re.sub("^ *(?:from|import) .*|Demande de cofinancement", "", line))
    }
    assert found == set()
