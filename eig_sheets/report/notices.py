"""For whom a page is, as it says itself, and what its readers may do with it; in French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eig_sheets.report.audience import Audience
from eig_sheets.text.french import typographic

_TO_JURY: Final = (
    "Cette page est destinée aux membres du jury et à l’équipe du programme, le temps de la délibération. Elle "
    "contient les notes et les commentaires nominatifs des jurés : ne la transmettez ni aux porteurs de projet ni à "
    "des tiers, et supprimez-la ensuite."
)
_TO_PRESIDENCY: Final = (
    "Cette page est destinée à la présidence du jury et à l’équipe du programme, le temps de la délibération. Outre "
    "les notes et les commentaires nominatifs, elle dit la sévérité de chaque juré et l’accord de ses notes avec "
    "celles des autres, qui concernent des personnes : ne la projetez pas, ne la transmettez ni au jury ni à des "
    "tiers, et supprimez-la ensuite. La page du jury (« eig-sheets report ») n’en dit rien."
)
_TO_JUROR: Final = (
    "Cette page est destinée à {juror} seulement, le temps de la délibération. Elle contient les notes et les "
    "commentaires nominatifs des jurés : ne la transmettez à personne, et supprimez-la ensuite."
)
_WITHOUT_RECUSALS: Final = (
    "Les dossiers dont {juror} se déporte, qui viennent de son organisation ou qui sont les siens n’y sont pas : rien "
    "de ce qui est écrit ici n’est calculé avec eux."
)
_NO_RECUSAL: Final = "Aucun déport de {juror} ne désigne de dossier : tous y sont."


@dataclass(frozen=True, slots=True)
class Readers:
    """What a page says of its readers: above its title, then in a notice."""

    kicker: str
    title: str
    notice: tuple[str, ...]


def readers_of(audience: Audience) -> Readers:
    """The notice of a page."""
    if audience.presidency:
        title = "Réservé à la présidence du jury"
        return Readers("Rapport pour la présidence du jury", title, (typographic(_TO_PRESIDENCY),))
    if not audience.juror:
        return Readers("Rapport pour le jury", "Réservé au jury", (typographic(_TO_JURY),))
    about = _WITHOUT_RECUSALS if audience.excluded else _NO_RECUSAL
    notice = tuple(typographic(text).format(juror=audience.juror) for text in (_TO_JUROR, about))
    return Readers(f"Rapport pour {audience.juror}", "Réservé à un membre du jury", notice)
