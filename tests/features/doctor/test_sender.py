"""What a recipient will think of our mail, by what the DNS publishes; without it, nothing is claimed."""

from __future__ import annotations

import pytest

from eig_sheets.features.doctor.sender import SenderRecords, of_sender, of_silent_dns
from eig_sheets.features.doctor.services_dns import DnsError, sender_records
from tests.features.doctor.dns_server import serving

DOMAIN = "eig.numerique.example"
SPF, KEY, DMARC = "v=spf1 include:_spf.example.net -all", "v=DKIM1; k=rsa; p=" + "A" * 300, "v=DMARC1; p=reject"


@pytest.mark.parametrize(
    ("spf", "dkim", "dmarc", "status", "said"),
    [
        ([SPF, "autre=1"], [KEY], [DMARC], "ok", "Un destinataire peut vérifier que nos e-mails viennent de"),
        ([SPF], None, [DMARC], "ok", "DKIM n’est pas vérifié"),
        ([SPF], None, [], "attention", "ne publie pas de DMARC"),
        ([SPF], None, [DMARC, DMARC], "attention", "ne publie pas de DMARC"),
        ([SPF], [], [DMARC], "attention", "ne publie pas la clé DKIM"),
        ([SPF], ["v=DKIM1; p="], [DMARC], "attention", "ne publie pas la clé DKIM"),
        ([], [KEY], [DMARC], "ok", "(DKIM, DMARC « reject »)"),
        ([], None, [], "attention", "courriers indésirables"),
        ([], None, [DMARC], "erreur", "les refusera"),
        ([], [], ["v=DMARC1; p=quarantine"], "erreur", "les mettra dans les courriers indésirables"),
        ([SPF, "v=spf1 -all"], [KEY], [DMARC], "erreur", "plusieurs SPF"),
        (["v=spf1 +all"], [KEY], [DMARC], "attention", "laisse n’importe qui"),
        (["v=spf10"], None, [], "attention", "Rien ne prouve"),
    ],
)
def test_one_sentence_says_what_a_recipient_will_think(spf, dkim, dmarc, status, said):
    finding = of_sender(SenderRecords(DOMAIN, spf, dmarc, dkim))
    assert (finding.status, said in finding.message.replace("\u202f", " ")) == (status, True), finding.message
    assert bool(finding.remedy) == (status != "ok")


def test_the_dns_is_asked_for_each_record_and_for_the_policy_of_the_organisation():
    published = {
        DOMAIN: [SPF],
        f"printemps._domainkey.{DOMAIN}": [KEY],
        "_dmarc.numerique.example": [DMARC],
    }
    with serving(published) as resolver:
        assert sender_records(DOMAIN, "printemps", resolver) == SenderRecords(DOMAIN, [SPF], [DMARC], [KEY])
        assert sender_records(DOMAIN, "", resolver).dkim is None
        assert sender_records("rien.example", "x", resolver) == SenderRecords("rien.example", [], [], [])


def test_a_dns_that_fails_is_said_and_nothing_is_claimed():
    with serving({}, broken=True) as resolver, pytest.raises(DnsError) as told:
        sender_records(DOMAIN, "", resolver)
    finding = of_silent_dns(DOMAIN, str(told.value))
    assert (finding.status, "ne sont pas vérifiés" in finding.message) == ("attention", True)


def test_a_dns_that_is_away_is_said():
    with serving({}) as resolver:
        port = resolver.port
    resolver.port = port  # nobody listens there any more
    with pytest.raises(DnsError):
        sender_records(DOMAIN, "", resolver)
