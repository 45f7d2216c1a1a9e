"""publiccode.yml says what the standard makes mandatory, and nothing that the repository says otherwise.

The standard: « The Standard (core) », https://yml.publiccode.tools/schema.core.html.
"""

from pathlib import Path

import pytest
import yaml

from tests.test_repository import PROJECT

ROOT = Path(__file__).parents[1]
MANDATORY = {
    "publiccodeYmlVersion": str, "name": str, "url": str, "platforms": list, "categories": list,
    "developmentStatus": str, "softwareType": str, "description": dict, "legal": dict, "maintenance": dict,
    "localisation": dict,
}  # fmt: skip
OPTIONAL = {"intendedAudience"}
STATUSES = ("concept", "development", "beta", "stable", "obsolete")
TYPES = (
    "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
    "standalone/other", "addon", "library", "configurationFiles",
)  # fmt: skip
CATEGORIES = {"applicant-tracking", "grant-management", "workflow-management"}
"""Those of its vocabulary that we use."""


@pytest.fixture(scope="module")
def publiccode():
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_every_mandatory_key_is_there_with_its_type_and_no_unknown_one(publiccode):
    assert {key: type(value) for key, value in publiccode.items() if key not in OPTIONAL} == MANDATORY


def test_enumerated_values_are_those_of_the_standard(publiccode):
    assert publiccode["developmentStatus"] in STATUSES
    assert publiccode["softwareType"] in TYPES
    assert set(publiccode["categories"]) <= CATEGORIES
    assert publiccode["url"].startswith("https://")
    assert publiccode["localisation"]["localisationReady"] is False
    assert publiccode["maintenance"]["type"] in ("internal", "contract", "community", "none")
    needs_contacts = publiccode["maintenance"]["type"] in ("internal", "community")
    assert bool(publiccode["maintenance"].get("contacts")) == needs_contacts


@pytest.mark.parametrize("language", ["fr", "en"])
def test_descriptions_have_the_lengths_that_catalogues_accept(publiccode, language):
    described = publiccode["description"][language]
    assert 0 < len(described["shortDescription"]) <= 150
    assert 150 <= len(described["longDescription"]) <= 10_000
    assert all(isinstance(feature, str) and feature for feature in described["features"])


def test_it_says_what_the_package_says(publiccode):
    assert publiccode["name"] == PROJECT["name"]
    assert publiccode["legal"]["license"] == PROJECT["license"]
    assert publiccode["legal"]["mainCopyrightOwner"] == PROJECT["authors"][0]["name"]
    assert publiccode["localisation"]["availableLanguages"] == ["fr"]
