"""What `import` takes of the call for talents: candidates, and the choices that they send by another form."""

from __future__ import annotations

from typing import Final

from eig_sheets.config.export_columns import STATE_FIELD
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.features.talents.wishes_schema import WISHES_SCHEMA
from eig_sheets.importing.kinds import ImportKind

_STATE: Final = (STATE_FIELD,)
_COMMANDS: Final = "eig_sheets.features.talents.commands_wishes"

CANDIDATES: Final = ImportKind(
    "talents",
    TALENTS,
    "import.talents.fields",
    (("candidature",), _STATE, ("date_depot",), ("nom",), ("email",), ("metier",)),
    ("metier",),
    "talents",
    "candidatures",
    "candidature",
    feminine=True,
    about="candidatures",
    named=" (candidatures)",
)
WISHES: Final = ImportKind(
    "wishes",
    WISHES_SCHEMA.id,
    "import.wishes.fields",
    (("numero",), _STATE, ("date_depot", "modifie_le"), ("candidature", "email"), ("voeu_1",)),
    ("voeu_1",),
    "wishes",
    "réponses",
    "réponse",
    feminine=True,
    about="vœux",
    named=" (vœux des candidats)",
    kept=WISHES_SCHEMA,
    about_tab=TALENTS,
    writer=f"{_COMMANDS}:import_wishes",
    nightly_writer=f"{_COMMANDS}:nightly_wishes",
    beside=True,
    filled="--fill ne va pas avec --kind wishes : les vœux sont gardés dans « Vœux reçus ».",
)
KINDS: Final = (CANDIDATES, WISHES)
