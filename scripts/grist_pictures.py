"""Pictures of what officers and jurors see of a Grist document, where a server is found (`tests/grist_server.py`)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from palette_png import palette_png

from tests.call.report.browser import launched
from tests.end_to_end.grist.client import PHONE, Client, opened
from tests.end_to_end.grist.support import become_juror, demonstration
from tests.grist_server import JUROR, OFFICER, is_here, running

_WINDOW: Final = {"width": 1280, "height": 720}
_PIXELS: Final = """async (png) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let place = 0; place < data.length; place += 4) text += String.fromCharCode(...data.subarray(place, place + 3));
  return [image.width, image.height, btoa(text)];
}"""
"""The colours of a PNG, which a browser decodes: width, height, bytes."""


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it; `do`: what they do there first."""

    name: str
    page: str
    person: str = OFFICER
    phone: bool = False
    do: Callable[[Client], object] = lambda _: None


def _scored(client: Client) -> None:
    """A juror types their notes on a phone, one of them out of the scale."""
    client.turn_to("Vos notes")
    card = client.widget("Vos notes")
    for label, score in (("Pertinence du besoin", "3"), ("Définition", "3,5"), ("Engagement", "7")):
        client.type_in(client.field(card, label), score)


PICTURES: Final = (
    Picture("grist-accueil", "Accueil"),
    Picture("grist-candidatures", "Candidatures"),
    Picture("grist-emails", "E-mails à envoyer"),
    Picture("grist-noter", "Noter", JUROR),
    Picture("grist-telephone", "Noter", JUROR, phone=True, do=_scored),
)


def take(folder: Path, work: Path) -> bool:
    """Write them into a folder; whether there is a server for that."""
    if not is_here():
        return False
    with running() as server, launched() as browser:
        team = demonstration(server, work / "grist")
        become_juror(team, JUROR, 1)
        team.name(officers=OFFICER)
        team.run("sync", "--force")  # which takes the new juror for the one that they replace
        for picture in PICTURES:
            look = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if picture.phone else {"viewport": _WINDOW}
            with opened(browser, server, team.document, picture.person, **look) as client:
                if not picture.phone:
                    client.open(picture.page)
                picture.do(client)
                client.page.wait_for_timeout(1_000)  # for what appears by degrees
                (folder / f"{picture.name}.png").write_bytes(_small(browser, client.page.screenshot()))
    return True


def _small(browser: Any, png: bytes) -> bytes:
    page = browser.new_page()
    width, height, pixels = page.evaluate(_PIXELS, base64.b64encode(png).decode())
    page.close()
    return palette_png(b"P6\n%d %d\n255\n" % (width, height) + base64.b64decode(pixels))
