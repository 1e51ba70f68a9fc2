"""The words of a post where dates are looked for: what is near what, and the weekdays."""

import re

from policy.daynames import WEEKDAYS
from policy.days import Weekday
from policy.texts import Reading, Span

DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|e|eme|ème|লা|রা|ঠা|ই|শে)?")
_NEAR = re.compile(r"[ \t\u00a0]*[,.(:/–—-]?[ \t\u00a0(]*")
LISTED = re.compile(r"[ \t\u00a0]*[,&/–—-][ \t\u00a0]*")
JOINING = frozenset(  # between two days or two weekdays
    {"to", "and", "or", "until", "till", "through", "au", "et", "ou", "ek", "ziska", "ma", "e"}
    | {"থেকে", "হতে", "ও", "এবং"}
)
_FOLLOWED = re.compile(r"[ \t\u00a0]*(?:$|[.,;:!?)\n\r–—-]|(?:at|from|à|de|i le)\b)")
_BEFORE_DAY = frozenset({"the", "le", "aso", "o", "dated", "আগামী", "গত", "রোজ"})
_BEFORE_WEEKDAY = frozenset(
    {"রোজ", "তারিখ", "তারিখে", "খ্রি", "খ্রিঃ", "খ্রিস্টাব্দ", "সাল", "সালের", "aso", "le"}
)
#: Short names that are other words too: `The Sun, 4 March`.
_SHORT = 5


class DateWords:
    """The words of a post, counted from 0, and what stands between them."""

    def __init__(self, reading: Reading) -> None:
        self.text, self.words = reading.text, reading.words

    def is_day(self, at: int) -> bool:
        """Tell whether a word is a day of the month, such as `4th`."""
        return 0 <= at < len(self.words) and DAY.fullmatch(self.words[at].text) is not None

    def is_near(self, at: int) -> bool:
        """Tell whether next to nothing stands between a word and the next one."""
        gap = self.gap(at)
        return len(gap) <= 4 and _NEAR.fullmatch(gap) is not None

    def gap(self, at: int) -> str:
        """Return what stands between a word and the next one: its beginning."""
        if not 0 <= at < len(self.words) - 1:
            return "\n"
        return self.text[self.words[at].end : self.words[at + 1].start][:9]

    def weekdays_before(self, at: int) -> list[tuple[int, Weekday]]:
        """Return the weekdays before a word, each with the place of its first word."""
        before = at - 1
        if before >= 0 and self.words[before].text in _BEFORE_DAY and self.is_near(before):
            before -= 1
        last = self._weekday(before)
        if last is None or not self.is_near(before) or self._ends_sentence(before):
            return []
        joined = last[0] - 1
        if joined >= 0 and self.words[joined].text in JOINING:
            other = self._weekday(joined - 1)
        else:
            other = self._weekday(joined) if LISTED.fullmatch(self.gap(joined)) else None
        return [other, last] if other else [last]

    def weekday_after(self, last: int) -> tuple[tuple[Weekday, ...], int]:
        """Return the weekday after a date, if it belongs to it, and where the date then ends."""
        at, near = last + 1, self.is_near(last)
        while near and at - last <= 3 and at < len(self.words):
            if self.words[at].text not in _BEFORE_WEEKDAY:
                break
            near, at = self.is_near(at), at + 1
        found = self._weekday(at) if near else None
        if found is None or not self._belongs(at, found[1]):
            return (), self.words[last].end
        return (found[1],), found[1].span.end

    def _weekday(self, at: int) -> tuple[int, Weekday] | None:
        """Return the weekday that ends at a word, and where it begins."""
        if not 0 <= at < len(self.words):
            return None
        word, name = self.words[at], WEEKDAYS.get(self.words[at].text)
        before = self.words[at - 1].text if at else ""
        if name is None or (name.lang == "sm" and before != "aso"):
            return None
        if len(word.text) < _SHORT and name.lang == "en" and before in ("the", "daily"):
            return None
        return at - (name.lang == "sm"), Weekday(Span(word.start, word.end), name)

    def _belongs(self, at: int, weekday: Weekday) -> bool:
        """Tell whether a weekday after a date is part of it, and does not begin the next words."""
        if "(" in self.gap(at - 1):
            return True
        joined = at + 1 < len(self.words) and self.words[at + 1].text in JOINING
        if (joined and self._weekday(at + 2)) or self.is_day(at + 1):
            return False
        follows = bool(_FOLLOWED.match(self.text[weekday.span.end : weekday.span.end + 8]))
        return weekday.name.lang == "bn" or (follows and not joined)

    def _ends_sentence(self, at: int) -> bool:
        """Tell whether a full stop after a word ends a sentence, and does not shorten the word."""
        return "." in self.gap(at) and len(self.words[at].text) > _SHORT
