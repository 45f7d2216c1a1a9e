"""Asks the DNS for the TXT records of a sender's domain, with dnspython: email-validator has brought it already."""

from __future__ import annotations

from typing import Final

import dns.exception
import dns.resolver
from dns.resolver import Resolver

from eig_sheets.features.doctor.sender import SenderRecords

_SECONDS: Final = 3.0


class DnsError(Exception):
    """The DNS cannot be asked, or does not answer. The message is a French clause."""


def sender_records(domain: str, selector: str, resolver: Resolver | None = None) -> SenderRecords:
    """The records of a domain, in its form that travels; DMARC is also asked of the domains above. Raises DnsError."""
    try:
        asked = resolver or Resolver()
    except dns.resolver.NoResolverConfiguration:
        raise DnsError("cette machine ne sait pas à qui demander") from None
    dkim = _texts(f"{selector}._domainkey.{domain}", asked) if selector else None
    return SenderRecords(domain, _texts(domain, asked), _dmarc(domain, asked), dkim)


def _dmarc(domain: str, resolver: Resolver) -> list[str]:
    """Those of the domain, else of the nearest one above that has any: of the organisation (RFC 7489, 6.6.3)."""
    labels = domain.split(".")
    above = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((texts for one in above if (texts := _texts(f"_dmarc.{one}", resolver))), [])


def _texts(name: str, resolver: Resolver) -> list[str]:
    try:
        answer = resolver.resolve(name, "TXT", lifetime=_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.Timeout:
        raise DnsError("pas de réponse à temps") from None
    except dns.exception.DNSException:
        raise DnsError("aucun serveur ne répond à cette question") from None
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
