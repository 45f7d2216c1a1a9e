"""The figures of the community, in the three places that say them: the same, from what people typed."""

from __future__ import annotations

from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.loading import load
from eig_sheets.run.dashboard import indicators
from tests.call.report.minutes.test_document import read as read_minutes
from tests.call.report.support import case
from tests.program import eig
from tests.workbook.snapshots import EIG5, JURORS, book, dossier

PROJECTS = [
    dossier("101", decision="Lauréat", email_porteur="p1@exemple.invalid", email_porteur_2="p2@exemple.invalid"),
    dossier("102", decision="Lauréat", email_porteur="P1@exemple.invalid"),
    dossier("103", decision="Liste d’attente", email_porteur="p3@exemple.invalid"),
]
TOTALS = {
    "Projets depuis la première promotion": 71 + 2,
    "Agents publics porteurs de projet": 95 + 2,
    **({"Talents recrutés": 133} if recruits_tab(EIG5) else {}),
}
"""Before the fifth promotion: 71, 95 and 133 (config/campaign.toml)."""


def shown(reading: Reading) -> dict[str, float | None]:
    """The figures of `Accueil`."""
    figures = indicators(reading, compute(reading), ())
    return {indicator.label: indicator.count for indicator in figures if indicator.section == "Communauté"}


def test_the_first_tab_adds_this_promotion_to_those_before():
    assert shown(read(book(PROJECTS, JURORS, []), EIG5)) == TOTALS


def test_figures_of_an_earlier_call_are_not_those_before_this_one(tmp_path):
    path, own = tmp_path / "campaign.toml", "[community]\nprojects = 80\n"
    for text, expected in (("", {}), (own, {"Projets depuis la première promotion": 82})):
        path.write_text(f'extends = "eig5"\nwithout = ["community"]\n[campaign]\nid = "EIG6"\n{text}', encoding="utf-8")
        assert shown(read(book(PROJECTS, JURORS, []), load(path))) == expected
    path.write_text('extends = "eig5"\n[campaign]\nid = "EIG6"\n', encoding="utf-8")
    assert shown(read(book(PROJECTS, JURORS, []), load(path))) == {}


def test_the_annex_of_the_minutes_says_how_each_figure_came_about():
    sentences, tables = read_minutes(case(PROJECTS, JURORS, []).document)
    [rows] = [rows for rows in tables if rows[1:] and rows[1][0] == "Projets depuis la première promotion"]
    assert [row[:2] for row in rows[1:]] == [[label, str(total)] for label, total in TOTALS.items()]
    assert "71 avant cette promotion" in rows[1][2]
    assert "plus 2 nouveaux" in rows[1][2]
    assert any("nnexe" in sentence for sentence in sentences)


def test_turned_off_it_says_nothing_and_its_section_stays(tmp_path):
    path, off = tmp_path / "campaign.toml", '[features]\nwithout = ["community"]\n'
    path.write_text(f'extends = "eig5"\n{off}[community]\nprojects = 80\n', encoding="utf-8")
    campaign = load(path)
    assert shown(read(book(PROJECTS, JURORS, []), campaign)) == {}
    assert case(PROJECTS, JURORS, [], campaign).minutes.annexes == ()
    done = eig("--config", path, "projects", "search", "mer")
    assert (done.code, "dont cet appel se passe" in done.err) == (2, True)
