"""When two links lead to the same post: case of the host, a last slash and a fragment aside.

Nor does it matter what only follows who clicks.
"""

from urllib.parse import urlsplit

from policy.updates import TRACKING


def canonical(link: str) -> str:
    """Write a link so that it can be compared. What is no address stays as it is."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return link.strip()
    host = parts.netloc.lower().removeprefix("www.").removeprefix("m.")
    given = (each for each in parts.query.split("&") if each)
    kept = "&".join(each for each in given if not TRACKING.fullmatch(each.partition("=")[0]))
    query = f"?{kept}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if host else link.strip()


def stem(link: str) -> str:
    """Return what every spelling of a link contains, so that a database can look for it."""
    return canonical(link).partition("?")[0].partition("#")[0]


def leads_into(link: str, page: str) -> bool:
    """Tell whether a link is that of a page, or of something on it."""
    inner, outer = canonical(link), canonical(page)
    return bool(outer) and (inner == outer or inner.startswith((f"{outer}/", f"{outer}?")))


def first_link(text: str) -> str:
    """Return the first address that stands in a text, without what punctuation follows it."""
    for word in text.split():
        if word.startswith(("https://", "http://")):
            return word.rstrip(".,;:!?)»”")
    return ""
