"""How French is written: numbers, amounts, dates, lists, spaces before punctuation."""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

NARROW = "\u202f"
"""The narrow no-break space of thousands and before « : ; ? ! »."""

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_WIDE = Context(prec=700)  # the product of any two floats: an absurd amount is written, not refused
_BEFORE_A_MARK = re.compile(" (?=[:;?!»%€])")


def typographic(text: str) -> str:
    """The text with narrow no-break spaces where French wants them (addresses such as https:// are left alone)."""
    return _BEFORE_A_MARK.sub(NARROW, text).replace("« ", "«" + NARROW)


def number(value: float, decimals: int | None = None) -> str:
    """1234.5 → 1 234,5; with `decimals`, exactly so many, rounded half-up."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    exact = exact or abs(exact)  # no minus before what is rounded to nought
    whole, _, fraction = f"{exact:,f}".partition(".")
    fraction = fraction if decimals is not None else fraction.rstrip("0")
    return whole.replace(",", NARROW).replace("-", "−") + ("," + fraction if fraction else "")


def scale(low: float, high: float) -> str:
    """A scale of notes, and which of its ends is best: « de 1 (la moins bonne note) à 4 (la meilleure) »."""
    return f"de {number(low)} (la moins bonne note) à {number(high)} (la meilleure)"


def percent(share: float, decimals: int | None = None) -> str:
    """0.255 → 25,5 %; with `decimals`, exactly so many."""
    points = Decimal(repr(float(share))) * 100
    return typographic(f"{number(float(points), decimals)} %")


def euros(amount: float) -> str:
    """18375 → 18 375,00 €."""
    return f"{number(amount, 2)}{NARROW}€"


def day(value: date) -> str:
    """Mercredi 7 avril 2021."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{DAYS[value.weekday()]} {first} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """Mercredi 7 avril 2021 à 23 h 59: an hour is told to the minute, as people tell it."""
    minutes = f"{NARROW}{value.minute:02d}" if value.minute else ""
    return f"{day(value)} à {value.hour}{NARROW}h{minutes}"


def moment_beside(value: datetime, other: datetime) -> str:
    """A moment that is compared with another: with its seconds when these alone tell them apart."""
    if not value.second or value.replace(second=0, microsecond=0) != other.replace(second=0, microsecond=0):
        return moment(value)
    return (
        f"{day(value)} à {value.hour}{NARROW}h{NARROW}{value.minute:02d}{NARROW}min{NARROW}{value.second:02d}{NARROW}s"
    )


_IN_LETTERS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
)  # fmt: skip


def in_letters(count: int) -> str:
    """10 → dix; in figures beyond sixteen."""
    return _IN_LETTERS[count] if 0 <= count < len(_IN_LETTERS) else number(count)


_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)")
_LONGEST_SENTENCE = 240


def first_sentence(text: str) -> str:
    """The first sentence of a text, or its first line, with its full stop; cut at a word when it is long."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    match = _SENTENCE.match(line)
    sentence = " ".join((match[0] if match else line).split())
    if len(sentence) > _LONGEST_SENTENCE:
        return sentence[:_LONGEST_SENTENCE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return sentence if not sentence or sentence[-1] in ".!?…" else f"{sentence}."


def listed(items: Iterable[str], last: str = "et") -> str:
    """["A", "B", "C"] → A, B et C."""
    *first, final = [*items] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


MOST_LISTED = 10
"""Items that a sentence names one by one, when there may be any number."""


def listed_first(items: Sequence[str], one: str = "autre", many: str = "autres", most: int = MOST_LISTED) -> str:
    """["1", …, "7000"] → 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 et 6 990 autres: a sentence that does not grow without end."""
    rest = len(items) - most
    return listed([*items[:most], *([plural(rest, one, many)] if rest > 0 else [])])


def plural(count: int, singular: str, many: str | None = None) -> str:
    """2, "dossier" → 2 dossiers. Zero and one are singular in French."""
    word = singular if count < 2 else many or singular + "s"
    return f"{number(count)} {word}"


def counted(count: int, singular: str, many: str | None = None, *, feminine: bool = False) -> str:
    """0, "dossier ajouté" → aucun dossier ajouté: as `plural`, for what was done or not."""
    return plural(count, singular, many) if count else f"{'aucune' if feminine else 'aucun'} {singular}"


@lru_cache(maxsize=65_536)  # the same names and numbers are compared again and again
def plain(text: str) -> str:
    """The text as it is compared: no case, accents, punctuation, apostrophes or repeated spaces."""
    letters = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return " ".join(re.findall(r"[a-z0-9]+|€|%", letters.replace("n°", "numero ")))


def asserted(text: str) -> str:
    """The text as it is compared with an answer: its plain form, with the question mark that makes it no answer.

    « oui ? » is « oui ? », which no list of answers has: the doubt of whoever typed it is not dropped.
    """
    asked = "?" in unicodedata.normalize("NFKD", text)  # the full-width mark and « ⁇ » too
    return f"{plain(text)} ?".strip() if asked else plain(text)


_SPELLED = str.maketrans({"œ": "oe", "Œ": "OE", "º": "°", "˚": "°"})  # the last two look like the degree of « n° »


_REASONS = {
    errno.ENOENT: "introuvable", errno.EEXIST: "un fichier porte déjà ce nom", errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "un fichier tient la place d’un dossier", errno.EACCES: "accès refusé", errno.EPERM: "accès refusé",
    errno.EROFS: "disque en lecture seule", errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "plus de place pour vous sur le disque", errno.ENAMETOOLONG: "nom trop long",
    errno.ELOOP: "un lien qui mène à lui-même", errno.EINVAL: "aucun fichier ne peut porter ce nom",
    errno.EFBIG: "fichier trop gros", errno.ESPIPE: "ce n’est pas un fichier ordinaire",
    errno.ENXIO: "ce n’est pas un fichier ordinaire",
}  # fmt: skip


def is_disk_full(error: Exception) -> bool:
    """Whether there is no room left, as the system says it or SQLite."""
    full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
    return full or getattr(error, "sqlite_errorname", None) == "SQLITE_FULL"


def unwritten(path: object) -> str:
    """What to say where a full disk keeps a file from being written: nothing is wrong with what is there."""
    return typographic(
        f"Il n’y a plus de place sur le disque pour écrire {path} : libérez-en, puis relancez la commande."
    )


def unusable(sentence: str, path: object, cause: Exception | str) -> str:
    """What to say of a file that does not serve: `sentence`, which has {path} and {cause}, unless the disk is full."""
    if isinstance(cause, Exception):
        if is_disk_full(cause):
            return unwritten(path)
        cause = why(cause)
    return typographic(sentence.format(path=path, cause=cause))


_SHARING_VIOLATIONS = (32, 33)
"""Windows: another program, such as Excel, holds the file open, or a part of it."""


def is_in_use(error: OSError) -> bool:
    """Whether another program holds the file open, which Windows alone forbids."""
    return getattr(error, "winerror", None) in _SHARING_VIOLATIONS


def why(error: Exception) -> str:
    """What the operating system reproaches, which it says in English; of any other error, its name."""
    if not isinstance(error, OSError):
        return type(error).__name__
    if is_in_use(error):
        return "il est ouvert dans un autre programme"
    return _REASONS.get(error.errno or 0, f"erreur {error.errno} du système")
