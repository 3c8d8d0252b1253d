"""What a page is like in forced colours and on paper."""

PALE = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const style = getComputedStyle(e);
  return own && e.checkVisibility() && style.color === style.backgroundColor;
}).map(e => e.outerHTML.slice(0, 100))"""

# what has no use on paper
ON_SCREEN = (".site-header nav", ".skip", ".query-form", ".copy")


def unreadable(page) -> list[str]:
    """Return the elements of a page whose text cannot be told from what is behind it."""
    page.emulate_media(forced_colors="active")
    found = page.evaluate(PALE)
    page.emulate_media(forced_colors="none")
    return found


def printed_needlessly(page) -> list[str]:
    """Return what would be wrong on paper: parts for the screen alone, what is cut, "nothing"."""
    page.emulate_media(media="print")
    found = [part for part in ON_SCREEN if page.locator(f"{part}:visible").count()]
    if not page.locator("h1").is_visible() or len(page.pdf()) <= 1000:
        found.append("nothing")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("what is cut")
    page.emulate_media(media="screen")
    return found
