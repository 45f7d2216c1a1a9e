import subprocess
import sys

import pytest

from eig_sheets.spreadsheet.google.address import key_of, url_of
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic

KEY = "1AbC_dEf-GhIjKlMnOpQrStUvWxYz0123456789abcdE"
DOCS = "https://docs.google.com"


@pytest.mark.parametrize(
    "location",
    [
        KEY,
        f"  {KEY}\n",
        f"{DOCS}/spreadsheets/d/{KEY}",
        f"{DOCS}/spreadsheets/d/{KEY}/",
        f"{DOCS}/spreadsheets/d/{KEY}/edit?gid=12#gid=12",
        f"{DOCS}/spreadsheets/d/{KEY}/edit?usp=sharing",
        f"{DOCS}/spreadsheets/d/{KEY}/htmlview",
        f"{DOCS}/spreadsheets/u/1/d/{KEY}/edit",
        f"{DOCS}/a/beta.gouv.fr/spreadsheets/d/{KEY}/edit",
        f"http://docs.google.com/spreadsheets/d/{KEY}/edit",
        f"docs.google.com/spreadsheets/d/{KEY}/edit",
        f"HTTPS://DOCS.GOOGLE.COM/spreadsheets/d/{KEY}/edit",
        f"https://drive.google.com/open?id={KEY}",
        f"https://spreadsheets.google.com/ccc?key={KEY}&hl=fr#gid=0",
        url_of(KEY),
    ],
)
def test_the_key_of_any_address_that_a_browser_shows(location):
    assert key_of(location) == KEY


def refusal(location, what):
    return typographic(
        f"« {location} » {what}. Ouvrez la feuille Google dans votre navigateur et copiez toute son adresse "
        "(elle commence par https://docs.google.com/spreadsheets/d/)."
    )


@pytest.mark.parametrize(
    ("location", "what"),
    [
        (f"https://drive.google.com/drive/folders/{KEY}", "est l’adresse d’un dossier de Google Drive"),
        (f"https://drive.google.com/drive/u/0/folders/{KEY}?usp=sharing", "est l’adresse d’un dossier de Google Drive"),
        (f"https://drive.google.com/file/d/{KEY}/view", "est l’adresse d’un fichier déposé sur Google Drive"),
        (f"{DOCS}/document/d/{KEY}/edit", "est l’adresse d’un document Google Docs"),
        (f"{DOCS}/presentation/d/{KEY}/edit", "est l’adresse d’une présentation Google Slides"),
        (f"{DOCS}/forms/d/{KEY}/edit", "est l’adresse d’un formulaire Google Forms"),
        (f"{DOCS}/forms/d/e/1FAIpQLS{KEY}/viewform", "est l’adresse d’un formulaire Google Forms"),
        (f"{DOCS}/spreadsheets/d/e/2PACX-{KEY}/pubhtml", "est l’adresse d’une page publiée sur le web"),
    ],
)
def test_the_address_of_something_else_is_named(location, what):
    with pytest.raises(WorkbookError) as refused:
        key_of(location)
    assert str(refused.value) == refusal(location, f"{what}, pas d’une feuille Google")


@pytest.mark.parametrize(
    "location",
    [f"{DOCS}/spreadsheets/", f"{DOCS}/spreadsheets/u/0/", f"{DOCS}/spreadsheets/d/1AbC", "https://docs.google.com"],
)
def test_an_address_that_is_cut_is_refused(location):
    with pytest.raises(WorkbookError) as refused:
        key_of(location)
    assert str(refused.value) == refusal(location, "n’est pas l’adresse complète d’une feuille Google")


@pytest.mark.parametrize(
    "location",
    [f"https://example.org/spreadsheets/d/{KEY}/edit", "https://example.org", "1AbC", "", "http://[", "feuille:a//b"],
)
def test_what_is_no_address_of_google_is_refused(location):
    with pytest.raises(WorkbookError) as refused:
        key_of(location)
    assert str(refused.value) == refusal(location, "n’est pas l’adresse d’une feuille Google")


def test_reading_an_address_loads_no_library():
    code = (
        "import sys, eig_sheets.spreadsheet.google.address; "
        "print({'gspread', 'google', 'requests', 'pandas'} & {*sys.modules})"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
