"""The bill of materials (SBOM) of a version, in CycloneDX: each package that it needs, with its hashes of the lock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name, parse_wheel_filename

OURS = "eig-sheets"


def installed(wheels: Iterable[str]) -> dict[str, str]:
    """The version of each package, by its name, from the names of wheels; ours is left out."""
    parsed = (parse_wheel_filename(name)[:2] for name in wheels)
    return {name: str(version) for name, version in parsed if name != OURS}


def locked(lock: str) -> dict[tuple[str, str], list[str]]:
    """The SHA-256 of each archive of a lock, by name and version."""
    found: dict[tuple[str, str], list[str]] = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE):
        if named := re.match(r"([A-Za-z0-9._-]+)==([^ \\;]+)", block):
            found[canonicalize_name(named[1]), named[2]] = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
    return found


def bill_of(version: str, packages: Mapping[str, str], lock: str) -> str:
    """The SBOM, in JSON. Raises SystemExit for a package that the lock does not have."""
    hashes = locked(lock)
    if missing := [f"{name} {of}" for name, of in sorted(packages.items()) if (name, of) not in hashes]:
        raise SystemExit(f"Not in requirements.lock: {', '.join(missing)}.")
    bill = Bom(components=[_component(name, of, hashes[name, of]) for name, of in sorted(packages.items())])
    bill.metadata.component = ours = _component(OURS, version, [])
    bill.register_dependency(ours, bill.components)
    for component in bill.components:
        bill.register_dependency(component)
    return JsonV1Dot6(bill).output_as_string(indent=2) + "\n"


def _component(name: str, version: str, sums: Iterable[str]) -> Component:
    return Component(
        name=name,
        version=version,
        type=ComponentType.APPLICATION if name == OURS else ComponentType.LIBRARY,
        bom_ref=f"{name}@{version}",
        purl=PackageURL("pypi", None, name, version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in sums],
    )
