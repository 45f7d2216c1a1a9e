"""Names of columns in `[import.fields]`: headers, one of several, joined; and what is wrong with others."""

import pytest

from eig_sheets import loading
from eig_sheets.config import ConfigError
from eig_sheets.config.export_columns import ColumnRule, described
from tests.sample.support import EIG5

pytestmark = pytest.mark.newest


@pytest.fixture
def loaded(tmp_path):
    """The names of « resume » when it is written so."""

    def load(written):
        path = tmp_path / "campaign.toml"
        text = EIG5.path.read_text(encoding="utf-8")
        path.write_text(text.replace("[import.fields]\n", f"[import.fields]\nresume = {written}\n"), encoding="utf-8")
        return loading.load(path).imports.fields["resume"]

    return load


def test_a_header_or_a_rule_names_a_column(loaded):
    assert loaded('["Résumé", { header = "Texte", nth = 2 }, { join = ["A", { header = "B", after = "C" }] }]') == (
        "Résumé",
        ColumnRule(header="Texte", nth=2),
        ColumnRule(join=("A", ColumnRule(header="B", after="C"))),
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('[{ headr = "E" }]', "clé inconnue « import.fields.resume[1].headr » ; vouliez-vous dire « header » ?"),
        ('[{ join = [{ header = "E", ntt = 3 }] }]', "clé inconnue « import.fields.resume[1].join[1].ntt »"),
        ('[{ header = "E", nth = 0 }]', "import.fields.resume[1].nth = 0 n’est pas accepté : il faut au moins 1."),
        ('[{ header = "E", nth = 1, after = "F" }]', "nth et after ne vont pas ensemble"),
        ('[{ header = "E", join = ["F"] }]', "une table a header (avec nth ou after, ou sans), ou join seul"),
        ("[{}]", "une table a header (avec nth ou after, ou sans), ou join seul"),
        ("[5]", "import.fields.resume[1] = 5 n’est pas accepté : il faut un texte entre guillemets."),
        ('"E"', "import.fields.resume = « E » n’est pas accepté : il faut une liste entre crochets."),
        ('[{ header = "E", after = "!" }]', "import.fields.resume : « ! » n’a ni lettre ni chiffre"),
    ],
)
def test_what_names_no_column_is_told_with_its_key(loaded, written, told):
    with pytest.raises(ConfigError) as error:
        loaded(written)
    assert told in str(error.value).replace("\u202f", " ")


def test_a_name_is_quoted_as_people_would():
    assert described("Email") == "« Email »"
    assert described(ColumnRule(header="Email", nth=3)) == "« Email », la 3ᵉ"
    joined = ColumnRule(join=("Prénom", ColumnRule(header="Nom", after="Mentor")))
    assert described(joined) == "« Prénom » + « Nom » après « Mentor »"
