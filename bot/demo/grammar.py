"""What can be typed at the demo's prompt, read into values. Nothing here acts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches

from handlers.chat import Field, FieldKind, Form

HINT = "I do not understand “{line}”. `help` shows what can be typed."
MEANT = "I do not understand “{line}”. Did you mean `{meant}`? `help` shows what can be typed."
NOBODY = "Who does that? Write a name first, such as `amina: {line}`."
EMPTY = "{who} does nothing. Write what, such as `{who}: /help`."
NO_NUMBER = "{verb} which message? Every message has a number, as in `{who}: {verb} 12`."
NO_TIME = "Write `wait 4h`, `wait 2d`, `wait 30m` or `wait until thu 09:00`."
TOO_LONG = "That is too long for a demo: at most two weeks at a time."
LONGEST = timedelta(days=14)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
VERBS = ("approve", "reject", "press", "answer", "take")
WORDS = ("who", "inbox", "card", "show", "week", "audit", "wait", "help", "quit")
SYNONYMS = {"exit": "quit", "q": "quit", "bye": "quit", "?": "help", "messages": "inbox"}


class Hint(Exception):
    """What was typed cannot be done. The text says what can."""


@dataclass(frozen=True)
class Says:
    """Somebody writes to the bot: a command or plain text."""

    who: str
    text: str
    on: str = ""


@dataclass(frozen=True)
class Reacts:
    """Somebody puts an emoji on a message, or takes it away."""

    who: str
    emoji: str
    number: str
    added: bool = True


@dataclass(frozen=True)
class Presses:
    """Somebody presses a button, named by a part of its label."""

    who: str
    number: str
    label: str = ""


@dataclass(frozen=True)
class Answers:
    """Somebody fills in the form that is open before them."""

    who: str
    text: str = ""
    on: str = ""


@dataclass(frozen=True)
class Waits:
    """Time passes."""

    duration: timedelta


@dataclass(frozen=True)
class WaitsUntil:
    """Time passes until a day and time of the week."""

    day: int  # 0 is Monday
    hour: int
    minute: int


@dataclass(frozen=True)
class Looks:
    """The person at the prompt wants to see something."""

    at: str
    what: str = ""


Typed = Says | Reacts | Presses | Answers | Waits | WaitsUntil | Looks


def read(line: str) -> Typed:
    """Read one line. Raises `Hint` if it makes no sense."""
    line = line.strip()
    if named := re.match(r"(\w[\w.-]*)(?:@(\w+))?\s*:\s*(.*)", line, re.DOTALL):
        who, on, deed = named.groups()
        return _deed(who, (on or "").lower(), deed)
    word, _, rest = line.partition(" ")
    word, rest = word.casefold(), rest.strip()
    word = SYNONYMS.get(word, word)
    if word == "wait":
        return _wait(rest)
    if word in WORDS:
        return Looks(word, rest)
    if line.startswith("/") or word in VERBS:
        raise Hint(NOBODY.format(line=line))
    raise Hint(_hint(line, word))


def _hint(line: str, word: str) -> str:
    close = get_close_matches(word, WORDS, n=1, cutoff=0.6)
    return MEANT.format(line=line, meant=close[0]) if close else HINT.format(line=line)


def _deed(who: str, on: str, deed: str) -> Typed:
    if not deed:
        raise Hint(EMPTY.format(who=who))
    verb, _, rest = deed.partition(" ")
    verb, rest = verb.casefold(), rest.strip()
    number, _, more = rest.partition(" ")
    number = number.lstrip("#")
    if verb == "answer":
        return Answers(who, rest, on)
    if verb in ("approve", "reject", "press") and (number.isdecimal() or not rest):
        _need(number, who, verb)
        return Presses(who, number, more.strip() if verb == "press" else verb)
    if verb == "take" and (taken := _reaction(who, rest, added=False)):
        return taken
    return _reaction(who, deed, added=True) or Says(who, deed, on)


def _need(number: str, who: str, verb: str) -> None:
    if not number:
        raise Hint(NO_NUMBER.format(who=who, verb=verb))


def _reaction(who: str, text: str, *, added: bool) -> Reacts | None:
    """Read `👍 12`: anything short that is no word, then a number."""
    found = re.fullmatch(r"([^\w\s/][^\w\s]{0,7})\s*#?(\d+)", text)
    return Reacts(who, found[1].replace("\ufe0f", ""), found[2], added) if found else None


def _wait(text: str) -> Typed:
    text = text.casefold()
    if until := re.fullmatch(r"until\s+([a-z]{3})[a-z]*(?:\s+(\d\d?)(?::?(\d\d))?)?", text):
        day, hour, minute = until[1], int(until[2] or 9), int(until[3] or 0)
        if day in DAYS and hour < 24 and minute < 60:
            return WaitsUntil(DAYS.index(day), hour, minute)
    parts = re.findall(r"(\d{1,6})\s*([mhdw])[a-z]*", text)
    if not parts or re.sub(r"(\d{1,6})\s*([mhdw])[a-z]*[\s,]*(and\s*)?", "", text):
        raise Hint(NO_TIME)
    duration = sum((timedelta(**{UNITS[unit]: int(n)}) for n, unit in parts), timedelta())
    if not timedelta() < duration <= LONGEST:
        raise Hint(TOO_LONG if duration else NO_TIME)
    return Waits(duration)


MISSING = "“{label}” needs an answer: {example}"
WHICH = "Name the fields, as in: answer {example}"
NO_OPTION = "“{given}” is none of the answers to “{label}”. There are: {options}"


def fill(form: Form, text: str) -> dict[str, str]:
    """Read answers to a form: `field=value` for each, or just the value of the only one."""
    names = "|".join(re.escape(field.name) for field in form.fields)
    marks = list(re.finditer(rf"(?:^|(?<=\s))({names})=", text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    given = {
        mark[1]: text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=False)
    }
    if not marks and text:
        given = {_only(form).name: text}
    return {field.name: value(field, given.get(field.name, field.initial)) for field in form.fields}


def _only(form: Form) -> Field:
    needed = [field for field in form.fields if field.required]
    if len(needed) > 1:
        raise Hint(WHICH.format(example=example(needed)))
    return (needed or form.fields)[0]


def value(field: Field, given: str) -> str:
    """Check one answer. A choice is named by its value, its label, or the start of either."""
    if field.kind is FieldKind.FILES:
        return ""  # nobody has files in a demo
    if not given:
        if field.required:
            raise Hint(MISSING.format(label=field.label, example=example([field])))
        return ""
    if field.kind is not FieldKind.CHOICE:
        return given
    wanted = given.casefold()
    names = [(option.value.casefold(), option.label.casefold()) for option in field.options]
    exact = [n for n, pair in enumerate(names) if wanted in pair]
    found = exact or [n for n, pair in enumerate(names) if any(x.startswith(wanted) for x in pair)]
    if len(found) != 1:
        options = " · ".join(option.label for option in field.options)
        raise Hint(NO_OPTION.format(given=given, label=field.label, options=options))
    return field.options[found[0]].value


def example(fields: Sequence[Field]) -> str:
    """Show how fields are filled in."""
    return " ".join(f"{f.name}={f.options[0].value if f.options else '…'}" for f in fields)
