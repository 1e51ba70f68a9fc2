"""Slack's own way of writing text: three escaped characters, and mentions in angle brackets."""

import re

TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def escape(text: str) -> str:
    """Take the meaning from the three characters that have one for Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str) -> str:
    """Turn the text of a message into what its author typed."""
    return unescape(TOKEN.sub(_token, text))


def unescape(text: str) -> str:
    """Undo Slack's escapes, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _token(found: re.Match[str]) -> str:
    """Write a mention, a channel or a link as people see it."""
    kind, target, label = found.groups()
    match kind:
        case "@":
            return f"@{label or target}"
        case "#":
            return f"#{label or target}"
        case "!":
            return label or f"@{target.partition('^')[0]}"
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    if not label:
        return bare
    seen = label.rstrip("/")
    if seen in (bare, target) or bare.rstrip("/").endswith(f"//{seen}") or target != bare:
        return label
    return f"{label} ({target})"
