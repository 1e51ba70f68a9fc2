"""Emoji and hashtags, counted."""

import re
from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.lengths import EMOJI
from policy.patterns import unicode_pattern
from policy.texts import Reading

#: Also signs that most screens show as emoji though no picture was asked for, such as ✔ and ☎.
_EMOJI = unicode_pattern(rf"{EMOJI.pattern}|(?=\p{{Emoji}})[\u2600-\u27bf\u2b05-\u2b55]")
#: Without one of these there is no emoji.
_SIGNS = "[\u203c-\u3299\U0001f000-\U0001faff]"

#: Skin tones, and the choice between picture and sign, make no other emoji.
_VARIANTS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")

#: So many lines that begin with an emoji are a list with emoji for bullets.
_BULLETS = 2

#: So many blanks before an emoji leave it a bullet.
_INDENT = 10


@check_if(where=_SIGNS)
def many_emoji(reading: Reading, *, most: int) -> Iterator[Passage]:
    """Object to more emoji than `most`, to one used twice, and to emoji as bullets."""
    text = reading.text
    seen: set[str] = set()
    bullets = 0
    for count, match in enumerate(_EMOJI.finditer(text), start=1):
        emoji = _VARIANTS.sub("", match[0])
        bullets += _begins_a_line(text, match.start())
        if count > most or emoji in seen or bullets >= _BULLETS:
            yield Passage(*match.span(), fields={"limit": str(most)})
            return
        seen.add(emoji)


@check_if(where="[#＃]")
def many_hashtags(reading: Reading, *, most: int) -> Iterator[Passage]:
    """Object to more hashtags than `most`."""
    tags = reading.hashtags
    if len(tags) > most:
        fields = {"n": str(len(tags)), "limit": str(most)}
        yield Passage(tags[most].start, tags[-1].end, fields=fields)


def _begins_a_line(text: str, at: int) -> bool:
    before = text[:at] if at <= _INDENT else text[at - _INDENT : at]
    line = before.rpartition("\n")
    return not line[2].strip() and (bool(line[1]) or at <= _INDENT)
