"""What tests of features tell tests of the whole program, each in a module of their folder.

`modules_of_features(name)` in a test says what a module of that name has to hold:

    anomalous         workbooks, and the anomalies expected of each (tests/workbook/anomalous.py)
    computed_once     rules that a command computes once (tests/computed_once.py)
    damaged_cells     what its commands rest on (tests/damaged_cells/)
    demonstration     its commands on the demonstration, online too (tests/end_to_end/)
    documented        commands of its page that tests cannot run (tests/docs/)
    examples          rows that its e-mails are about (tests/emails/)
    fictional         what people may type in its texts (tests/emails/mail/)
    same_answers      what is the same on each system (tests/call/same_answers.py)
    tabs_shown        the day since which each of its tabs is shown (tests/cli/test_days_of_a_call.py)
    words             words that nothing says where it is off, and the demonstration does (tests/features/)
    words_of_cells    commands that name cells (tests/cli/test_words_on_grist.py)

and, of a few: about_files, benchmarks, older_files, people_named, said_of_people, state_folder, words_of_statuses,
writers.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from eig_sheets.installed import FEATURES


def modules_of_features(name: str) -> list[ModuleType]:
    """The modules of that name in the folders of features that have one."""
    folder = Path(__file__).parent
    having = [feature.id for feature in FEATURES if (folder / feature.id / f"{name}.py").is_file()]
    return [import_module(f"tests.features.{id_}.{name}") for id_ in having]
