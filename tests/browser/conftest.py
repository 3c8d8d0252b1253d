"""The pages in a real browser: one for the session, and a function that opens pages."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# the browser must not call home, and as root it has no sandbox of its own
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


def executable() -> str:
    """The path of the browser."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "scripts/browser.sh installs a browser or says how"
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser that the machine has, without a window.

    It ends with this package: while it runs, so does a loop, and no other test could start its own.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, server):
    """A function that opens a path at a width and returns the page and what it complained of.

    `options` are those of a context of Playwright's; without `scripts` no script runs.
    """
    contexts = []

    def open_(
        path: str, width: int, scheme: str = "light", *, scripts: bool = True, **options
    ) -> tuple[Page, list[str]]:
        size = {"width": width, "height": 900}
        context = browser.new_context(
            viewport=size, color_scheme=scheme, java_script_enabled=scripts, **options
        )
        contexts.append(context)
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: complaints.append(r.url) if server.url not in r.url else None)
        page.goto(server.url + path)
        if scripts and page.locator("[data-editor]").count():
            # the editor waits for a person
            page.mouse.move(1, 1)
            page.locator(".editor").wait_for()
        return page, complaints

    yield open_
    for context in contexts:
        context.close()
