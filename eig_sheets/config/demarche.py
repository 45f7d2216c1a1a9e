"""Settings of Démarche Numérique, the service that receives dossiers. They name where the token is, never hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Final, get_args
from urllib.parse import urlsplit

from pydantic import Field
from pydantic.fields import FieldInfo

from eig_sheets.domain.rules import Rules, Words
from eig_sheets.text.french import listed

_THIS_MACHINE: Final = re.compile(r"localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1")
_LONGEST_PATH: Final = 400


class OtherDemarche(Rules):
    """`[demarche.<form>]`: the démarche of another form, that of a feature, of the same service.

    Without a `token_file` of its own, the token is that of `[demarche]`.
    """

    number: Annotated[int, Field(ge=1)]
    token_file: str = ""
    nightly: bool = False
    fields: dict[str, Words] = Field(default_factory=dict)


class DemarcheSettings(Rules):
    """`[demarche]`: the démarche by its number, its service, who acts there, and the file of the token.

    `instructeur`: an e-mail address, or the id that the service gives. `fields`: for each field of `Candidatures`, the
    `champDescriptorId` of the question that it takes; a field that is not there is found by its label, as in a file.
    `nightly`: whether the nightly job imports too. Features have tables of other forms in it (`others`).
    """

    number: Annotated[int, Field(ge=1)]
    host: Words = "https://demarche.numerique.gouv.fr"
    instructeur: str = ""
    token_file: str = ""
    nightly: bool = False
    fields: dict[str, Words] = Field(default_factory=dict)

    def of_form(self, form: str) -> DemarcheSettings | None:
        """The settings of another form, by its name; these for that of projects, ''."""
        other = self.others().get(form)
        if other is None:
            return None if form else self
        own = other.model_dump()
        return self.model_copy(update={**own, "token_file": other.token_file or self.token_file})

    def others(self) -> dict[str, OtherDemarche]:
        """The other forms that are set, by their names."""
        values = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: value for name, value in values if isinstance(value, OtherDemarche)}

    @property
    def imports_nightly(self) -> bool:
        """Whether the nightly job imports from any form."""
        return self.nightly or any(form.nightly for form in self.others().values())


def service_url(host: str) -> str:
    """The service's URL without a path, `https://demarche.numerique.gouv.fr`, of what a person wrote.

    Raises ValueError for what is none, and for http:// to another machine: the token would travel in clear.
    """
    written = host.strip()
    url = urlsplit(written if "://" in written else f"https://{written}")
    plain = url.scheme == "http" and is_this_machine(url.hostname or "")
    if not url.hostname or url.path.strip("/") or url.query or url.fragment or url.username is not None:
        raise ValueError(host)
    if not (url.scheme == "https" or plain):
        raise ValueError(host)
    name = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    return f"{url.scheme}://{name}{f':{url.port}' if url.port else ''}"


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine by its very name or number, so that nothing leaves it."""
    return bool(_THIS_MACHINE.fullmatch(host))


def demarche_errors(settings: DemarcheSettings | None) -> Iterator[str]:
    """A French sentence for each value that cannot be used; one that may be a misplaced secret is not quoted."""
    if settings is None:
        return
    try:
        service_url(settings.host)
    except ValueError:
        yield (
            f"demarche.host = « {settings.host} » n’est pas accepté : il faut l’adresse du service seule, en https, "
            "par exemple https://demarche.numerique.gouv.fr"
        )
    others = settings.others()
    forms: dict[str, DemarcheSettings | OtherDemarche] = {
        "demarche": settings,
        **{f"demarche.{name}": form for name, form in others.items()},
    }
    for section, form in forms.items():
        file = form.token_file
        if any(sign in file for sign in ("\n", "==")) or len(file) > _LONGEST_PATH:
            yield f"{section}.token_file est le chemin du fichier du jeton, jamais le jeton lui-même"
    numbers = [form.number for form in forms.values()]
    if len({*numbers}) < len(numbers):
        possible = [name for name, info in type(settings).model_fields.items() if OtherDemarche in _models(info)]
        keys = ("demarche.number", *(f"demarche.{name}.number" for name in possible))
        yield f"{listed(keys)} : chaque formulaire a son numéro"


def _models(info: FieldInfo) -> tuple[type, ...]:
    """The classes of a field and those that they are made from."""
    accepted = get_args(info.annotation) or (info.annotation,)
    return tuple(base for one in accepted if isinstance(one, type) for base in one.__mro__)
