"""For whom a page is: the whole jury, its presidency, or one juror without their déports; what it tells its readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eig_sheets.call.report.people import names_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.recusals import jurors_in_doubt, of_juror, recusals_of
from eig_sheets.text.french import typographic
from eig_sheets.workbook.quoting import did_you_mean

DEPORT, DEPORTS = "deport", "deports"
"""The fields of an evaluation and of a juror that say what they do not read."""


class NoPageError(Exception):
    """No page may be made for a juror; the text is French and names the tab or the cell."""


class UnknownJurorError(NoPageError):
    """The address is no juror's."""


class JurorInDoubtError(NoPageError):
    """Who the juror is, or what they must not read, cannot be read."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The readers of a page. `presidency`: what concerns jurors as persons is for them alone.

    `juror`, `address`: the name and the e-mail address of the only reader, '' for several; `excluded`: the numbers of
    the dossiers that they do not read.
    """

    presidency: bool = False
    juror: str = ""
    address: str = ""
    excluded: frozenset[str] = frozenset()


JURY = Audience()
PRESIDENCY = Audience(presidency=True)


def one_juror(reading: Reading, address: str) -> Audience:
    """The audience of the juror who has this e-mail address, in any case. Raises NoPageError.

    Without the dossiers that their déports name, or seem to name but for a slip, those of their own organisation, those
    for which they answer, and those of an evaluation where « Déport » is anything but blank or « non »: a doubt
    excludes, and what cannot be read at all leaves no page.
    """
    juror = _known(reading, address)
    _refuse_in_doubt(reading, juror)
    excluded = of_juror(recusals_of(reading), juror)
    return Audience(juror=names_of(reading).get(juror, juror), address=juror, excluded=excluded)


def _refuse_in_doubt(reading: Reading, juror: str) -> None:
    if (cell := jurors_in_doubt(reading).get(juror)) is not None:
        why = f"{cell} : qui est {juror}, ou de quoi ce juré se déporte, ne se lit pas"
        risk = "une page pourrait avoir un dossier qu’il ne doit pas lire : elle n’est pas faite"
        raise JurorInDoubtError(typographic(f"{why} ; {risk}. Corrigez cette cellule, puis relancez."))


def _known(reading: Reading, address: str) -> str:
    """The address as the tab « Jury » spells it."""
    jury = reading.tables["jury"]
    known = jury.frame["email"].dropna().unique().tolist()
    spelled = [juror for juror in known if juror.casefold() == address.strip().casefold()]
    if not spelled:
        text = f"« {address} » n’est l’adresse d’aucun juré de l’onglet « {jury.layout.name} »."
        hint = did_you_mean(address, known)
        raise UnknownJurorError(typographic(f"{text}{hint} Corrigez cette adresse, ou ajoutez ce juré à l’onglet."))
    return str(spelled[0])


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
