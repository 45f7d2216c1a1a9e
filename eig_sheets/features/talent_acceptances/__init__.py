"""Acceptances of talents: what people who are retained answer, and who begins without it."""

from typing import Final

from eig_sheets.registry import Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.talent_acceptances import settings

    return (settings.TEXTS,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.talent_acceptances import emails, talents

    return (talents.TALENTS, emails.MAIL)


def _sample() -> tuple[object, ...]:
    from eig_sheets.features.talent_acceptances import sample

    return (sample.CELLS,)


FEATURE: Final = Feature(
    id="talent_acceptances",
    title="ce que répondent les talents retenus",
    page="acceptations-talents.fr.md",
    needs=("talents", "acceptances"),
    settings=_settings,
    parts=_parts,
    sample=_sample,
)
