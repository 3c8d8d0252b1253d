"""What axe-core finds on a page."""

from functools import cache

from tests.conftest import REPO

AXE = REPO / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def faults(page) -> list[str]:
    """Each violation on a page as one line: the rule, and the elements.

    The script comes by the browser's own channel: the page's policy lets no other one in.
    """
    page.evaluate(_axe())
    found = page.evaluate(
        """tags => axe.run(document, {
          runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
        })""",
        RULES,
    )
    return [
        f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'][:3])}"
        for one in found["violations"]
    ]
