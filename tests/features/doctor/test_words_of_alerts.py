"""What is said of alerts: who would be told, which nights failed, what the monitoring service took."""

from datetime import date

import pytest

from eig_sheets.features.doctor.surroundings import of_alerts, of_health_report, of_nights
from eig_sheets.text.french import typographic

pytestmark = pytest.mark.newest


@pytest.mark.parametrize(
    ("operator", "health_url", "smtp", "status", "said"),
    [
        (False, False, True, "ok", "Aucune n’est réglée"),
        (True, False, True, "ok", "un e-mail après deux nuits qui échouent."),
        (False, True, False, "ok", "un appel de « doctor --canary » à la surveillance."),
        (True, True, True, "ok", "qui échouent et un appel"),
        (True, True, False, "attention", "ne peut pas être prévenue"),
    ],
)
def test_who_would_learn_of_trouble(operator, health_url, smtp, status, said):
    finding = of_alerts(operator=operator, health_url=health_url, smtp=smtp)
    assert (finding.status, typographic(said) in finding.message) == (status, True)


def test_nights_that_failed_are_counted_from_the_first():
    finding = of_nights([date(2021, 4, 28), date(2021, 4, 30)])
    assert finding.message.startswith("2 nuits sans synchronisation réussie")
    assert finding.message.endswith("celle du mercredi 28 avril 2021.")


@pytest.mark.parametrize(
    ("failed", "problem", "message"),
    [
        (False, "", "La réussite est signalée au service de surveillance."),
        (True, "", "L’échec est signalé au service de surveillance."),
        (False, "est injoignable", "Le service de surveillance est injoignable : la réussite ne lui est pas signalée."),
        (True, "est injoignable", "Le service de surveillance est injoignable : l’échec ne lui est pas signalé."),
    ],
)
def test_what_the_monitoring_service_took(failed, problem, message):
    finding = of_health_report(failed=failed, problem=problem)
    assert finding.message == typographic(message)
    assert (finding.status, bool(finding.remedy)) == (("attention", True) if problem else ("ok", False))
