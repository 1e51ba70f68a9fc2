"""Addresses of pages: which are taken, and when two of them are the same page."""

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from policy import platforms

WHOLE = "write the whole address, such as https://facebook.example/works"
NO_USER = "an address with a name or a password before its host is not public; leave that out"
NOT_PUBLIC = "“{host}” is not on the public Internet; write the address that citizens use"

LONGEST = 2000
#: Names that are given only inside an organisation or a machine (RFC 6761, 6762, 8375).
_INSIDE = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|corp|home|private|home\.arpa)$"
)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_HOST = re.compile(r"[^\s/\\?#@:\[\]<>\"'{}|^`%]+")

#: Names of one service.
_SAME = {
    "fb.com": "facebook.com",
    "twitter.com": "x.com",
    "telegram.me": "t.me",
    "instagr.am": "instagram.com",
}
_MOBILE = ("www.", "m.", "mobile.", "mbasic.", "touch.")
_REGION = re.compile(r"[a-z]{2}-[a-z]{2}\.(?=facebook\.com$)|[a-z]{2}\.(?=linkedin\.com$)")
#: Hosts where capitals in a name mean nothing.
_NAMES = frozenset({"facebook.com", "x.com", "instagram.com", "linkedin.com", "t.me", "tiktok.com"})
#: What is added to a link to follow who clicks it.
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|igsh|mibextid|mc_[ce]id|_ga|_gl|"
    r"ref|ref_src|ref_url|_rdr|_rdc|paipv|eav|__tn__|__cft__.*|rdid|share_url|si|feature"
)
_FOR_ONE = frozenset({"s", "t", "lang", "hl", "locale", "sk", "view_public_for"})

#: The kind of page that stands behind a host.
_KINDS = {
    "facebook.com": "facebook",
    "x.com": "x",
    "instagram.com": "instagram",
    "youtube.com": "youtube",
    "tiktok.com": "tiktok",
    "linkedin.com": "linkedin",
    "threads.net": "threads",
    "threads.com": "threads",
    "bsky.app": "bluesky",
    "t.me": "telegram",
    "whatsapp.com": "whatsapp",
}
_PROFILES = re.compile(
    r"facebook\.com/(?:profile\.php|people/.+)|linkedin\.com/(?:in|pub)/.+", re.IGNORECASE
)


def read(given: str) -> str:
    """Return a public address as it was given. Raises `ValueError` with what is wrong with it."""
    address = given.strip()
    if not re.fullmatch(r"(?i)https?://[^\s/\\]\S*", address) or len(address) > LONGEST:
        raise ValueError(WHOLE)
    try:
        parts = urlsplit(address)
        host, _ = _host(parts), parts.port
    except ValueError:
        raise ValueError(WHOLE) from None
    if "@" in parts.netloc:
        raise ValueError(NO_USER)
    if not host or not (":" in host or _HOST.fullmatch(host)):
        raise ValueError(WHOLE)
    if not _is_public(host):
        raise ValueError(NOT_PUBLIC.format(host=host))
    return address


def _host(parts: SplitResult) -> str:
    """Return the host as a browser reads it: wide letters and capitals mean the plain ones."""
    return unicodedata.normalize("NFKC", parts.hostname or "").lower().rstrip(".")


def _is_public(host: str) -> bool:
    """Tell whether a host can be reached by everybody. A number in any dress is an address."""
    if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            number = ipaddress.ip_address(host)
        except ValueError:
            return False
        if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped:
            number = number.ipv4_mapped
        return number.is_global and not number.is_multicast
    labels = host.split(".")
    return len(labels) > 1 and all(labels) and not _INSIDE.search(host)


def normal(address: str) -> str:
    """Return the form that all spellings of a page's address have in common.

    The protocol, `www.` and `m.`, capitals of the host, a slash at the end, the place within the
    page and what only follows readers make no other page.
    """
    parts = urlsplit(address.strip())
    host = host_of(address)
    path = re.sub(r"/{2,}", "/", unquote(parts.path)).rstrip("/")
    if host in _NAMES:
        path = path.lower()
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name) and not (host in _KINDS and name in _FOR_ONE)
    ]
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return f"{host}{port}{path}" + (f"?{urlencode(sorted(query))}" if query else "")


def host_of(address: str) -> str:
    """Return the host of an address without `www.` or `m.`, by the name its service goes by."""
    host = _host(urlsplit(address.strip()))
    for start in _MOBILE:
        if host.startswith(start) and host.count(".") > 1:
            host = host.removeprefix(start)
            break
    host = _REGION.sub("", host)
    return _SAME.get(host, host)


def hosts_like(address: str) -> list[str]:
    """List the words one of which stands in every spelling of an address: its host's names."""
    host = host_of(address)
    return [host, *(other for other, one in _SAME.items() if one == host)]


def kind_of(address: str) -> str:
    """Return the kind of page that an address leads to, if its host tells."""
    found = _KINDS.get(host_of(address), "")
    return found if found in platforms.KINDS else ""


def is_profile(address: str) -> bool:
    """Tell whether an address is that of a person's own profile, and not of a page."""
    return bool(_PROFILES.match(normal(address)))
