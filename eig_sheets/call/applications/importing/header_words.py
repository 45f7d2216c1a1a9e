"""The words of a header that tell what its column holds: synonyms joined, empty words left out. Pure.

`<=5` and `>5` are « jusqu’à cinq » and « plus de cinq »; `#2` is « n° 2 » or « deuxième »; `10mois` is a duration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from eig_sheets.text.french import plain

_PARENTHESIS: Final = re.compile(r"\([^()]*\)|\[[^][]*\]")
_NUMBERING: Final = re.compile(r"\s*(?:\d+(?:\.\d+)+|\d+(?=[.)])|[a-z](?=\)))[.)]?\s+", re.IGNORECASE)
_SIGNS: Final = (
    (re.compile(r"(?:≤|<=?)\s*(?=\d)"), " jusqu’à "),
    (re.compile(r"(?:≥|>=?|\+ de)\s*(?=\d)"), " plus de "),
)
_NUMBERS: Final = ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"]
_YEARS: Final = r"(?: ans?| annees?)?(?: d experience)?"
_PHRASES: Final = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), replacement)
    for pattern, replacement in (
        *((word, str(value)) for value, word in enumerate(_NUMBERS, 2)),
        (r"(?:plus ou moins|moins ou plus) de", " autre "),
        (rf"(?:jusqu a|moins de|inferieure?s? (?:ou egale?s? )?a|au plus|maximum|de 0 a|0 a) (\d+){_YEARS}", r" <=\1 "),
        (rf"(?:plus de|au dela de|superieure?s? (?:ou egale?s? )?a|a partir de|au moins) (\d+){_YEARS}", r" >\1 "),
        (rf"(\d+){_YEARS} (?:ou moins|et moins|maximum|max|au plus|inclus)", r" <=\1 "),
        (rf"(\d+){_YEARS} (?:ou plus|et plus|minimum|min|au moins|et au dela)", r" >\1 "),
        (r"(\d+) mois", r" \1mois "),
        (r"numero (\d)", r" #\1 "),
        (r"(?:second|deuxieme)e?|2(?:e|eme|nde?)", " #2 "),
        (r"troisieme|3(?:e|eme)", " #3 "),
        (r"premiere?|1ere?", " #1 "),
        (
            r"adresses? (?:professionnelles? )?(?:de )?(?:e mail|email|mail|mel|courriel|electronique|messagerie)",
            " email ",
        ),
        (r"courriers? electroniques?|e mails?|emails?|mails?|mels?|courriels?|messagerie", " email "),
        (r"ressources humaines|drh", " rh "),
        (r"co financements?", " cofinancement "),
        (r"nom de famille", " nom "),
        (r"qui (?:accueille\w*|heberge\w*)", " accueil "),
    )
)


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EMPTY: Final = _listed(
    "a ai au aux avec avez ayant ce ces cas cette champ comme concerne d dans de des disposant du elle en est et etes "
    "echeant facultatif il indique indiquer indiquez l la le les leur leurs lequel laquelle lesquels merci n nos notre "
    "ma mes mon obligatoire optionnel ou par pertinent plait pour precise preciser precisez presentant que quel quelle "
    "quelles quels qui renseigner s sa saisir ses si son sont sur svp un une veuillez vos votre vous y"
)
_SYNONYMS: Final[Mapping[str, str]] = {
    synonym: word
    for word, synonyms in {
        "nom": "intitule titre denomination libelle",
        "projet": "defi",
        "administration": "structure organisme entite institution",
        "accueil": "accueillant accueillante accueillera hote",
        "numero": "num no id identifiant reference ref",
        "nombre": "nb nbre",
        "demande": "souhaite souhaitez sollicite sollicitez demandez voulu recherche",
        "cout": "montant",
        "telephone": "tel portable mobile",
        "fonction": "qualite poste",
        "professionnel": "pro",
        "previsionnel": "estime estimatif prevu",
        "depot": "depose soumi soumission transmi transmission envoye",
        "an": "ans annee",
        "gestion": "gestionnaire",
    }.items()
    for synonym in _listed(synonyms)
}
ATTRIBUTES: Final = _listed("email telephone nom prenom fonction adresse civilite")
"""What one may ask of a person: alone, such a word says nothing of whom."""
_OF_A_PERSON: Final = ATTRIBUTES | {"professionnel", "#1"}
LIGHT: Final = _listed(
    "nom prenom total previsionnel recrutement employeur professionnel complet haut niveau experience an inclus eig "
    "budgetaire demande"
)
"""Words that a header may lack and still be the same."""
USUAL: Final = _listed(
    "nom prenom total previsionnel recrutement employeur professionnel complet haut niveau experience an inclus eig "
    "projet dossier candidature principal #1 contact ds"
)
"""Words that a header may have besides, and still be the same."""
_OTHERWISE: Final = _listed(
    "mensuel annuel moi jour equipe ensemble tou toute totalite hor san non pas sauf ancien ancienne precedent brut "
    "net moyen moyenne autre exclu suppleant adjoint tutel secondaire"
)
"""Words that change what is asked, even in parentheses, as `_word` leaves them."""
_LIKE: Final = 85
_LONGEST: Final = 500
"""Characters of a header that are looked at: a longer one is no question."""


def without_parentheses(header: str) -> str:
    """The header without what is in parentheses, as headers are compared."""
    return plain(_PARENTHESIS.sub(" ", header))


@lru_cache(maxsize=4096)
def words(header: str) -> frozenset[str]:
    """The words of a header; of what is in parentheses, only what tells one column from another."""
    numbering = _NUMBERING.match(header)
    header = header[numbering.end() if numbering else 0 :][:_LONGEST]
    inside = _split(" ".join(_PARENTHESIS.findall(header)))
    telling = {word for word in inside if word in ATTRIBUTES | _OTHERWISE or word[0] in "<>" or word.endswith("mois")}
    numbered = {word for word in inside if word[0] == "#"} if re.search(r"\bn\s?°|num", header.lower()) else set[str]()
    return frozenset(_split(_PARENTHESIS.sub(" ", header)) | telling | numbered)


def is_of_a_person(header: str) -> bool:
    """Whether a header asks something of a person without saying whom (« Email professionnel »)."""
    return bool(asked := words(header)) and asked <= _OF_A_PERSON


_OF_WHO_ANSWERS: Final = _listed("votre vos mon ma mes")


def asks_who_answers(header: str) -> bool:
    """Whether a header speaks to whoever answers (« Votre prénom »): it asks nothing of who was named before."""
    return not _OF_WHO_ANSWERS.isdisjoint(plain(header).split())


def names_somebody(header: str) -> bool:
    """Whether a header asks for the name of somebody or something that it says (« Nom du mentor »)."""
    return "nom" in words(header) and not is_of_a_person(header)


def corrected(typed: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The words with a slip of the pen taken for the known word that it resembles (« acceuil », « adminstration »)."""
    accepted = sorted(known)
    return frozenset(_closest(word, accepted) for word in typed)


def _closest(word: str, known: list[str]) -> str:
    if word in known or word in _OTHERWISE | USUAL | ATTRIBUTES or len(word) < 6:
        return word
    alike = [candidate for candidate in known if candidate[:1] == word[0] and candidate[-2:] == word[-2:]]
    close = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return close[0] if close else word


def _split(text: str) -> set[str]:
    for sign, meaning in _SIGNS:
        text = sign.sub(meaning, text)
    text = plain(text)
    for phrase, replacement in _PHRASES:
        text = phrase.sub(replacement, text)
    return {_word(word) for word in text.split() if word not in _EMPTY} - _EMPTY


def _word(typed: str) -> str:
    if typed.isdigit() and len(typed) == 1:
        return f"#{typed}"
    if typed[0] in "#<>" or typed[0].isdigit():
        return typed
    word = typed[:-1] if len(typed) > 3 and typed[-1] in "sx" else typed
    if word in _SYNONYMS:
        return _SYNONYMS[word]
    for feminine, masculine in (("elle", "el"), ("iere", "ier"), ("ee", "e")):
        if word.endswith(feminine) and len(word) > len(feminine) + 2:
            word = word.removesuffix(feminine) + masculine
    return _SYNONYMS.get(word, word)
