"""A limit that nobody published, that limits nothing or that contradicts itself is refused, in French."""

import pytest

from eig_sheets import config, loading
from eig_sheets.config import ConfigError

LIMIT = '[[selection.limits]]\ncolumn = "Région"\n'
SOURCE = 'source = "Cahier, 5.2"\n'


def loaded(tmp_path, text):
    path = tmp_path / "campaign.toml"
    path.write_text(f"{config.packaged().read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    return loading.load(path).selection


def test_limits_are_read(tmp_path):
    rules = loaded(tmp_path, f"[selection]\n{SOURCE}envelope = 5\n{LIMIT}{SOURCE}value = true\nmin = 1\nmax = 2\n")
    assert (rules.envelope, rules.utility) == (5, "p_selected")
    assert [(limit.column, limit.value, limit.min, limit.max) for limit in rules.limits] == [("Région", True, 1, 2)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[selection]\nenvelope = 5\n", "il manque «\u202fselection.source\u202f»"),
        (f"{LIMIT}max = 1\n", "il manque «\u202fselection.limits[1].source\u202f»"),
        (f'{LIMIT}max = 1\nsource = " "\n', "il manque «\u202fselection.limits[1].source\u202f»"),
        (f"{LIMIT}{SOURCE}", "selection.limits[1] ne limite rien"),
        (f"{LIMIT}{SOURCE}min = 3\nmax = 2\n", "selection.limits[1].min = 3 dépasse selection.limits[1].max = 2"),
        (f"{LIMIT}{SOURCE}max = -1\n", "selection.limits[1].max = -1 n’est pas accepté"),
        (f"{LIMIT}{SOURCE}max = 1\nvalue = []\n", "selection.limits[1].value n’est pas accepté"),
        (f'{LIMIT}{SOURCE}max = 1\nvalue = "–"\n', "n’a ni lettre ni chiffre"),
        (f"{LIMIT}{SOURCE}max = 1\n{LIMIT}{SOURCE}min = 1\n", "selection.limits[2] porte sur la même chose"),
        ('[selection]\nutility = "rang"\n', "valeurs possibles\u202f: p_selected, note ou expected_rank"),
        (f"{LIMIT}{SOURCE}maximum = 1\n", "clé inconnue «\u202fselection.limits[1].maximum\u202f»"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, text, said):
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, text)
    assert said in str(error.value)
