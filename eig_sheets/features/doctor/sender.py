"""What a recipient will think of mail from a domain, by its records SPF, DKIM and DMARC (RFC 7208, 6376, 7489). Pure.

Only what is published is judged: whether the server that sends is in it, a message that arrived alone can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, ok

SENDER: Final = "Domaine de l’expéditeur"


@dataclass(frozen=True, slots=True)
class SenderRecords:
    """The TXT records of a sender's domain. `dkim`: those of the selector, None where the configuration names none."""

    domain: str
    spf: Sequence[str]
    dmarc: Sequence[str]
    dkim: Sequence[str] | None = None


def of_sender(records: SenderRecords) -> Finding:
    """One sentence on what a recipient will think, and what to do."""
    domain = records.domain
    spf, dkim, policy = _spf(records.spf), _dkim(records.dkim), _policy(records.dmarc)
    if len(spf) > 1:
        return error(
            SENDER,
            f"{domain} publie plusieurs SPF : un destinataire n’en croit aucun.",
            f"Demandez à qui gère {domain} de n’en garder qu’un.",
        )
    if spf and _lets_everybody(spf[0]):
        return attention(
            SENDER,
            f"Le SPF de {domain} laisse n’importe qui écrire en son nom : il ne prouve rien à un destinataire.",
            f"Demandez à qui gère {domain} d’y nommer les serveurs qui envoient, puis « -all ».",
        )
    proofs = [*(["SPF"] if spf else []), *(["DKIM"] if dkim else [])]
    if not proofs:
        return _without_proof(domain, policy)
    if dkim is False:
        return attention(
            SENDER,
            f"{domain} ne publie pas la clé DKIM que nomme la configuration : une signature n’y vaudrait rien.",
            f"Vérifiez [sender] dkim_selector, ou demandez à qui gère {domain} de publier la clé.",
        )
    if not policy:
        return attention(
            SENDER,
            f"Un destinataire peut vérifier nos e-mails ({' et '.join(proofs)}), mais {domain} ne publie pas de DMARC, "
            "ce dont Gmail et d’autres se méfient.",
            f"Demandez à qui gère {domain} de publier un DMARC, « p=none » pour commencer.",
        )
    unknown = " DKIM n’est pas vérifié : [sender] dkim_selector le permet." if dkim is None else ""
    proven = ", ".join([*proofs, f"DMARC « {policy} »"])
    return ok(SENDER, f"Un destinataire peut vérifier que nos e-mails viennent de {domain} ({proven}).{unknown}")


def of_silent_dns(domain: str, reason: str) -> Finding:
    """That the DNS could not be asked, and so that nothing is known."""
    return attention(
        SENDER,
        f"Le DNS ne répond pas ({reason}) : SPF, DKIM et DMARC de {domain} ne sont pas vérifiés.",
        "Relancez d’une machine reliée à Internet ; rien d’autre n’en dépend.",
    )


def _without_proof(domain: str, policy: str) -> Finding:
    ask = f"Demandez à qui gère {domain} de publier un SPF qui nomme le serveur d’envoi, et une clé DKIM."
    if policy in ("quarantine", "reject"):
        fate = "les refusera" if policy == "reject" else "les mettra dans les courriers indésirables"
        return error(SENDER, f"{domain} demande de se méfier de ce qui n’est pas prouvé (DMARC « {policy} »), et "
                     f"ne publie pas de SPF : un destinataire {fate}, sauf s’ils sont signés (DKIM).", ask)  # fmt: skip
    return attention(
        SENDER,
        f"Rien ne prouve à un destinataire que nos e-mails viennent de {domain} (ni SPF, ni DKIM connu) : beaucoup les "
        "mettront dans les courriers indésirables.",
        ask,
    )


def _spf(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]


def _lets_everybody(record: str) -> bool:
    return not {"all", "+all"}.isdisjoint(record.lower().split())


def _dkim(texts: Sequence[str] | None) -> bool | None:
    """Whether a key is published; an empty one is revoked (RFC 6376, 3.6.1). None: not asked."""
    return None if texts is None else any(_tags(text).get("p") for text in texts)


def _policy(texts: Sequence[str]) -> str:
    """The policy of the only DMARC record (RFC 7489, 6.6.3: of several, none counts)."""
    records = [tags for text in texts if (tags := _tags(text)).get("v") == "DMARC1"]
    return records[0].get("p", "").lower() if len(records) == 1 else ""


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}
