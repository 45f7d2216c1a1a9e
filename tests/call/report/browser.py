"""Chromium, the system's own, without a window."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INSTALL = "Chromium is missing: run tests/install_chromium.sh (it installs chromium and poppler-utils)."
_HANGING = 600_000
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def program() -> str | None:
    """Where Chromium is."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator:
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # The sandbox needs rights that containers lack; the pages are ours.
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"], timeout=_HANGING)
        yield browser
        browser.close()


class Opened:
    """A page of ours in a browser: what the browser said of it, and what it asked of others."""

    def __init__(self, browser, path: Path, **look) -> None:
        self.console: list[str] = []
        self.asked: list[str] = []
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR", "reduced_motion": "reduce", **look}
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(_HANGING)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_load_state("networkidle")

    def printed(self, pdf: Path) -> list[str]:
        """The texts of the pages that it prints, with plain spaces."""
        self.page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        return [page.replace("\u202f", " ") for page in text.split("\f")[:-1]]

    def labels(self, plot: str) -> list[str]:
        """The names on the left of a plot, from top to bottom."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self.page.evaluate(
            "(plot) => [...document.querySelectorAll(`#g-${plot} .role-axis-label text`)]"
            ".map((one) => [one.getBoundingClientRect().top, one.textContent])"
            ".filter(([, text]) => /^\\d+\\. /.test(text)).sort(([a], [b]) => a - b).map(([, text]) => text)",
            plot,
        )

    def numbers(self, selector: str) -> list[str]:
        """The dossiers that a list shows, in its order."""
        return self.page.evaluate(
            "(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())"
            ".map((one) => one.dataset.n)",
            selector,
        )

    def style(self, selector: str, name: str) -> str:
        """A computed style."""
        return self.page.evaluate(
            "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]", [selector, name]
        )
