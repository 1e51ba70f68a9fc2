"""Acronyms that nobody spells out."""

import re
from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.terms import Entries
from policy.texts import Reading, Span

_TOKEN = re.compile(r"[A-Z](?<![\w&'’./+-].)[A-Z]{2,5}(?=s?(?![\w&'’/+-]|\.\w)|['’]s\b)")
#: What it begins with, for google-re2. An accent may follow, and become one with the third.
_CAPITALS = r"[A-Z]{2}[A-Z\x{80}-\x{10FFFF}]"
_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SIGNS = ":;,.!?–—-()[]“”\"'"

#: So many are looked at.
MOST = 20

#: A longer word in capitals is no acronym.
_LONGEST = 6

#: So far before and after a token is looked for what it stands for.
_REACH = 100


@check_if(where=_CAPITALS)
def unexplained_acronym(
    reading: Reading, *, known: Entries, words: Entries, little: Entries
) -> Iterator[Passage]:
    """Object to three to six capitals that are not known, listed or spelled out in the post.

    `words` are words of the language: in capitals they are emphasis; `little` ones give no letter
    to an acronym. The directory is also the glossary of the office.
    """
    strange: dict[str, Span] = {}
    for match in _TOKEN.finditer(reading.text):
        token = match[0]
        if token in strange or token in known or token.lower() in words or _ROMAN.fullmatch(token):
            continue
        if not (reading.is_protected(*match.span()) or _is_shouted(reading.text, match, words)):
            strange[token] = Span(*match.span())
            if len(strange) == MOST:
                break
    if not strange:
        return
    spelled = _initials(reading, little)
    for token, span in strange.items():
        if token in reading.directory.others or any(token.lower() in each for each in spelled):
            continue
        if not _is_in_brackets(reading.text, token):
            yield Passage.at(span, fields={"token": token})


def _is_shouted(text: str, match: re.Match[str], words: Entries) -> bool:
    """Tell whether a token stands in a heading: beside a word in capitals."""
    before = text[max(match.start() - _REACH, 0) : match.start()].split()[-1:]
    after = text[match.end() : match.end() + _REACH].split()[:1]
    beside = (word.strip(_SIGNS) for word in (*before, *after))
    return any(
        word.isupper() and (len(word) > _LONGEST or word.lower() in words)
        for word in beside
        if len(word) > 1
    )


def _initials(reading: Reading, little: Entries) -> tuple[str, str]:
    """Return how the words of a post begin: all of them, and all but the little ones."""
    words = [word.text for word in reading.words]
    return (
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word not in little),
    )


def _is_in_brackets(text: str, token: str) -> bool:
    """Tell whether the post says `Full Name (ABC)` or `ABC (Full Name)`."""
    if any(text.find(form) > 0 for form in (f"({token})", f"({token}s)")):
        return True
    _, _, after = text.partition(f"{token} (")
    return " " in after[:_REACH].partition(")")[0].strip()
