"""`[teams]`: sizes that leave no team and a budget that nobody published are refused, in French."""

import pytest

from eig_sheets import loading
from eig_sheets.config import ConfigError
from eig_sheets.features.teams.settings import TeamRules
from tests.columns import EIG5


def loaded(tmp_path, text):
    path = tmp_path / "campaign.toml"
    path.write_text(loading.packaged_text().replace("min = 2\nmax = 3\n", text), encoding="utf-8")
    return loading.load(path).section(TeamRules)


def test_the_rules_of_the_fifth_call():
    rules = EIG5.section(TeamRules)
    assert (rules.min, rules.max, rules.budget) == (2, 3, None)


def test_a_budget_is_read_with_its_source(tmp_path):
    rules = loaded(tmp_path, 'min = 1\nmax = 4\nbudget = 2_000_000\nsource = "Lettre, 2"\n')
    assert (rules.min, rules.max, rules.budget, rules.source) == (1, 4, 2_000_000, "Lettre, 2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("min = 3\nmax = 2\n", "teams.min = 3 dépasse teams.max = 2"),
        ("min = 0\nmax = 2\n", "teams.min = 0 n’est pas accepté"),
        ("budget = 5\n", "il manque «\u202fteams.source\u202f»"),
        ('budget = -5\nsource = "x"\n', "teams.budget = -5 n’est pas accepté"),
        ("size = 2\n", "clé inconnue «\u202fteams.size\u202f»"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, text, said):
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, text)
    assert said in str(error.value)
