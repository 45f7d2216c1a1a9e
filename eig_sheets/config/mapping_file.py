"""Writes names of columns in a section of the configuration file, such as `[import.fields]`, atomically."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eig_sheets.config.campaign import Campaign
from eig_sheets.config.errors import ConfigError
from eig_sheets.config.export_columns import ColumnName
from eig_sheets.config.mapping_toml import UneditableError, toml_line, with_names
from eig_sheets.storage import regular_files
from eig_sheets.storage.file_replacement import ConcurrentSaveError, replace_version
from eig_sheets.text.french import typographic

_BYTE_ORDER_MARK = "\ufeff"


def write_names(
    campaign: Campaign, added: Mapping[str, ColumnName], section: str, before: Mapping[str, Sequence[ColumnName]]
) -> None:
    """Add a name to each field in a section of the campaign's file: nothing else of it changes.

    `before`: the names in force. Raises ConfigError, OSError.
    """
    if campaign.home != campaign.folder:
        raise ConfigError(
            typographic(
                "La configuration livrée avec le programme n’est pas modifiée. Il vous faut la vôtre : "
                f"{campaign.to_edit}. Puis relancez."
            )
        )
    path = campaign.path.resolve()
    saved = regular_files.read_bytes(path, regular_files.TEXT_BYTES)
    text = saved.decode("utf-8")
    bare = text.removeprefix(_BYTE_ORDER_MARK)
    try:
        edited = with_names(bare, added, before, section)
        replace_version(path, saved, (text[: len(text) - len(bare)] + edited).encode(), lambda: None)
    except UneditableError:
        raise ConfigError(_by_hand(campaign, added, section, before)) from None
    except ConcurrentSaveError:
        raise ConfigError(
            typographic(f"{campaign.path} a été enregistré entre-temps : rien n’y est changé. Relancez.")
        ) from None


def _by_hand(
    campaign: Campaign, added: Mapping[str, ColumnName], section: str, before: Mapping[str, Sequence[ColumnName]]
) -> str:
    lines = [toml_line(field, (*before.get(field, ()), name)) for field, name in added.items()]
    return typographic(
        f"{campaign.path} : [{section}] y est écrit d’une façon que --write-mapping ne modifie pas. Mettez-y "
        "vous-même :"
    ) + "\n".join(["", *lines])
