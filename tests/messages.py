"""The e-mails of EIG5, those of its features too: their texts, what tests expect of each, their settings."""

from pathlib import Path

from eig_sheets import loading
from eig_sheets.config import packaged
from eig_sheets.config.sections import Texts, text_folders
from eig_sheets.domain.rules import EmailRules
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.registry import Features

TESTS = Path(__file__).parent
EIG5 = loading.load(packaged())
CATALOGUE = catalogue_of(EIG5.features).emails
TEMPLATES = catalogue_of(EIG5.features).names
FOLDERS = text_folders(EIG5)
"""Those of texts: its features', then the call's."""
_FOLDERS_OF_FEATURES = {
    text.stem: TESTS / "features" / feature.id
    for feature in EIG5.features.on
    for texts in Features((feature,)).parts(Texts)
    for folder in texts.folders
    for text in folder.glob("*.md")
}


def settings(emails=None, *sections):
    """The rules of messages, and the sections of features that some go by."""
    return MessageSettings(emails or EmailRules(), {type(section): section for section in sections})


def text_path(template: str) -> Path:
    """Where the text of an e-mail is; that of the call's folder where no folder has it."""
    paths = [folder / f"{template}.md" for folder in FOLDERS]
    return next((path for path in paths if path.is_file()), paths[0])


def expected_folder(template: str) -> Path:
    """The folder whose folders have what tests expect of an e-mail: the tests of its feature, if it is of one."""
    return _FOLDERS_OF_FEATURES.get(template, TESTS / "emails" / "mail")
