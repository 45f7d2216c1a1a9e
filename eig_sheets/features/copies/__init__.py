"""A copy of an online workbook, Google's or Grist's, as an .xlsx file of this machine."""

from typing import Final

from eig_sheets.registry import Command, Feature


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.copies import model

    return (model.COPY,)


FEATURE: Final = Feature(
    id="copies",
    title="les copies du classeur en ligne",
    page="copies.fr.md",
    commands=(
        Command(
            "pull",
            "Copie le classeur Google ou Grist dans un fichier .xlsx, pour travailler hors ligne ou pour l’archiver.",
            "eig_sheets.features.copies.commands:pull",
        ),
    ),
    occasional=_occasional,
)
