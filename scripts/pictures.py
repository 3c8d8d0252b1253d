"""Make the pictures of the README and docs from the running server: `make pictures`.

`python scripts/pictures.py NAME…` makes those alone.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, executable
from tests.conftest import REPO, serving

PICTURES = {
    "overview": ("/", 1280, 860),
    "claim": ("/doc/claim/c-0045.html", 1280, 1000),
    "claims": ("/claims", 1280, 900),
    "claim-narrow": ("/doc/claim/c-0045.html", 390, 844),
    "overview-arabic": ("/?lang=ar", 1280, 900),
    "query": ("/sparql?name=deaths-attributed-to-russia", 1280, 800),
    "search": ("/search?q=Rakka", 1280, 620),
    "question": ("/queries/deaths-attributed-to-russia", 1280, 800),
}


def main() -> None:
    """Write one PNG a picture into docs/pictures."""
    folder = Path(REPO / "docs" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with serving(str(REPO)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        for name in sys.argv[1:] or PICTURES:
            path, width, height = PICTURES[name]
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(server.url + path)
            if page.locator("[data-editor]").count():
                # the editor waits for a person
                page.mouse.move(1, 1)
                page.locator(".editor").wait_for()
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
