"""How long a text is, as each platform counts it."""

import re
from collections.abc import Callable, Mapping

from policy.links import find_links
from policy.patterns import unicode_pattern
from policy.platforms import Count
from policy.shadows import normalised

LINK_LENGTH = 23

#: What X counts as two; everything below counts as one, and every emoji as two.
_HEAVY = re.compile(r"[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
EMOJI = unicode_pattern(
    r"(?=\p{Emoji})(?![0-9#*][\x00-\x7f])(?:"  # most digits are none: the engine skips them so
    r"\p{RI}{2}"
    r"|[0-9#*]\ufe0f?\u20e3"
    r"|(?:\p{Emoji_Presentation}\ufe0f?|\p{Emoji}\ufe0f|\p{Emoji}(?=\p{EMod}))\p{EMod}?"
    r"(?:[\U000e0020-\U000e007e]+\U000e007f)?"
    r"(?:\u200d\p{Emoji}\ufe0f?\p{EMod}?)*)"
)
#: Each emoji has at least one of these: most texts have none, which is quicker to find out.
_MAY_HAVE_EMOJI = re.compile("[\u00a9\u00ae\u203c-\U0010ffff]")
_GRAPHEME = unicode_pattern(r"\X")


def characters(text: str) -> int:
    """Count code points."""
    return len(text)


def graphemes(text: str) -> int:
    """Count what a reader sees as one character, as Bluesky does."""
    return len(text) if text.isascii() else sum(1 for _ in _GRAPHEME.finditer(text))


def x(text: str) -> int:
    """Count as X does: a link is 23, an emoji 2, and so is a letter of some scripts."""
    text = normalised(text)
    done, beside = 0, []
    for start, end in find_links(text):
        beside.append(text[done:start])
        done = end
    return _weight("\n".join((*beside, text[done:]))) + (LINK_LENGTH - 1) * len(beside)


def mastodon(text: str) -> int:
    """Count characters, but every link as 23."""
    links = [(a, b) for a, b in find_links(text) if text[a : a + 4].lower() == "http"]
    return graphemes(text) - sum(b - a - LINK_LENGTH for a, b in links)


def _weight(text: str) -> int:
    if text.isascii():
        return len(text)
    plain, emoji = EMOJI.subn("", text) if _MAY_HAVE_EMOJI.search(text) else (text, 0)
    return len(plain) + len(_HEAVY.findall(plain)) + 2 * emoji


COUNTS: Mapping[Count, Callable[[str], int]] = {
    Count.CHARACTERS: characters,
    Count.GRAPHEMES: graphemes,
    Count.X: x,
    Count.MASTODON: mastodon,
}
