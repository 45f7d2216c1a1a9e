"""Pictures of every e-mail of tests/emails/mail/golden/ in Chromium: wide, dark, and on a phone.

python scripts/email_pictures.py FOLDER
"""

import subprocess
import sys
import tempfile
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "tests" / "emails" / "mail" / "golden"
# Headless Chromium has no window under 500 pixels: the phone is a frame in the page.
PHONE = '<body style="margin:0"><iframe src="{}" width="375" height="1500" style="border:0"></iframe>'
DARK = "--blink-settings=preferredColorScheme=0"


def photograph(page: str, picture: Path, *options: str) -> None:
    command = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", *options, f"--screenshot={picture}", page]
    subprocess.run(command, check=True, capture_output=True)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in sorted(GOLDEN.glob("*.html")):
        photograph(page.as_uri(), folder / f"{page.stem}-wide.png", "--window-size=800,1300")
        photograph(page.as_uri(), folder / f"{page.stem}-dark.png", "--window-size=800,1300", DARK)
        with tempfile.NamedTemporaryFile("w", suffix=".html") as phone:
            phone.write(PHONE.format(page.as_uri()))
            phone.flush()
            photograph(f"file://{phone.name}", folder / f"{page.stem}-phone.png", "--window-size=500,1500")
        print(page.stem)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
