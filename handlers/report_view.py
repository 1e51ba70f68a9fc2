"""How a report reads in a chat: short enough for a phone; the files say the rest."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from unicodedata import category

from handlers.chat import Line, Made, line
from policy.durations import spoken
from policy.measures import GAPS, MEASURES, Unit
from policy.reports import (
    STANDINGS,
    Class,
    NotCovered,
    PageCount,
    Report,
    Standing,
    StretchCount,
)
from storage import evaluations

HEADING = "**{title}: {subject}**, {first} to {last}"
EVALUATION, REPORT = "Evaluation", "Report"
UPDATES = "Updates: {updates}. {weeks} with enough: {met} of {stretches}{before}"
NO_WEEKS = "Updates: {updates}. No {weeks} of these days counts{before}"
BEFORE = "; the time before: {met} of {stretches}"
EXCUSED = ", {excused} excused"
DRAFTS = "Drafts: {filed} filed, {parts}"
NO_DRAFTS = "Drafts: none was filed or decided"
TIMES = "Decisions: half within {median}, nine of ten within {ninetieth} (working time); {late}"
LATE, NONE_LATE = "{late} late", "none late"
RULES = "Rules: {parts}"
MOST_OFTEN = "most often {rule} ({hits})"
EMERGENCIES = "Emergency releases: {count}, {unreviewed} not reviewed"
APPEALS = "Appeals: {parts}"
PUBLIC = "The public: {parts}"
FIRST_REPLY = "half of the first replies within {time}"
PEOPLE = "Trainings: {trainings}. Nominations: {nominations}"
NOT_COVERED = "Not covered: {what}"
MORE = "Not covered, too: {count} more, named in the file"
SHORTLIST = "**Best {kind}**: {names}"
NOBODY = "nothing was nominated"
LEFT_OUT = "Left out for now: {names}"
ALT_PAGE = "Updates of {page} for each {unit} that ended in these days, against a floor of {wanted}"
ALT_PAGES = "For each page, how many of its weeks had enough updates"
PARTS = {
    "approved": "approved",
    "rejected": "rejected",
    "sent_back": "sent back for changes",
    "expired": "expired",
    "withdrawn": "withdrawn",
}
RULE_PARTS = {
    "findings": "findings",
    "confirmed": "confirmed by the author",
    "released": "released by a senior",
    "disputed": "called a false alarm",
}
APPEAL_PARTS = {
    "appeals": "made",
    "granted": "granted",
    "refused": "refused",
    "unheard": "unheard",
    "dropped": "dropped",
    "open": "open",
}
PUBLIC_PARTS = {
    "praise": "thanks",
    "complaints": "complaints",
    "late_replies": "answered late",
    "unanswered": "not answered",
}
ALT_DRAFTS = ("filed", "approved", "rejected", "sent_back", "expired", "late")
MOST_GAPS = 2  # in the chat
MOST_NAMES = 3  # of a shortlist, in the chat
DEFAULT_UNIT = "week"


def day(when: date) -> str:
    """Write a date as people do."""
    return f"{when.day} {when:%B %Y}"


def value(name: str, number: float | None) -> str:
    """Write a number for people: a length of time, or a count."""
    if number is None:
        return "–"
    unit = next(each.unit for each in MEASURES if each.name == name)
    return spoken(timedelta(seconds=number)) if unit is Unit.TIME else f"{number:.0f}"


def gap(found: NotCovered) -> str:
    """Say what the numbers do not cover."""
    return GAPS[found.gap].format(**found.fields)


def unit(report: Report) -> str:
    """Name the stretch in which updates are counted, if all pages have the same."""
    units = {each.cadence.value for each in report.pages}
    return units.pop() if len(units) == 1 else DEFAULT_UNIT


def lines(report: Report, most_gaps: int = MOST_GAPS) -> Iterator[Line]:
    """Say the most important of a report."""
    numbers = report.numbers
    title = EVALUATION if report.is_evaluation else REPORT
    days = {"first": day(report.first), "last": day(report.last)}
    yield line(HEADING, title=title, subject=report.subject, **days)
    yield _updates(report)
    parts = _parts(numbers, PARTS)
    yield (
        line(DRAFTS, filed=value("filed", numbers["filed"]), parts=parts)
        if (parts or numbers["filed"])
        else line(NO_DRAFTS)
    )
    if numbers["median"] is not None:
        times = {name: value(name, numbers[name]) for name in ("median", "ninetieth", "late")}
        yield line(
            TIMES, **{**times, "late": LATE.format(**times) if numbers["late"] else NONE_LATE}
        )
    yield from _rules(report)
    if parts := _parts(numbers, APPEAL_PARTS):
        yield line(APPEALS, parts=parts)
    public = (f"{what} {numbers[name]:.0f}" for name, what in PUBLIC_PARTS.items() if numbers[name])
    if parts := ", ".join(public):
        replied = numbers["first_reply"]
        reply = FIRST_REPLY.format(time=value("first_reply", replied)) if replied else ""
        yield line(PUBLIC, parts=", ".join(filter(None, (parts, reply))))
    if numbers["trainings"] or numbers["nominations"]:
        names = ("trainings", "nominations")
        yield line(PEOPLE, **{name: value(name, numbers[name]) for name in names})
    yield from _shortlist(report.shortlist or ())
    yield from (line(NOT_COVERED, what=gap(each)) for each in report.gaps[:most_gaps])
    if len(report.gaps) > most_gaps:
        yield line(MORE, count=len(report.gaps) - most_gaps)


def _updates(report: Report) -> Line:
    numbers, earlier = report.numbers, report.before
    fields = {
        name: value(name, numbers[name]) for name in ("updates", "met", "stretches", "excused")
    }
    excused = EXCUSED.format(**fields) if numbers["excused"] else ""
    if not numbers["stretches"]:
        return line(NO_WEEKS, weeks=unit(report), before=excused, **fields)
    before: dict[str, str] = {}
    if earlier and earlier["stretches"]:
        before = {name: value(name, earlier[name]) for name in ("met", "stretches")}
    rest = excused + (BEFORE.format(**before) if before else "")
    return line(UPDATES, weeks=f"{unit(report).capitalize()}s", before=rest, **fields)


def _rules(report: Report) -> Iterator[Line]:
    if parts := _parts(report.numbers, RULE_PARTS):
        first = report.rules[0] if report.rules else None
        most = MOST_OFTEN.format(rule=first.rule, hits=first.hits) if first and first.hits else ""
        yield line(RULES, parts="; ".join(filter(None, (parts, most))))
    if report.numbers["emergencies"]:
        count, unreviewed = (
            value(name, report.numbers[name]) for name in ("emergencies", "unreviewed")
        )
        yield line(EMERGENCIES, count=count, unreviewed=unreviewed)


def _parts(numbers: Mapping[str, float | None], words: Mapping[str, str]) -> str:
    said = [f"{value(name, numbers[name])} {what}" for name, what in words.items() if numbers[name]]
    return ", ".join(said)


def _shortlist(classes: tuple[Class, ...]) -> Iterator[Line]:
    for each in classes:
        names = [f"{one.title} ({one.nominations})" for one in each.candidates[:MOST_NAMES]]
        yield line(SHORTLIST, kind=each.kind, names=", ".join(names) or NOBODY)
        if each.left_out:
            yield line(LEFT_OUT, names="; ".join(each.left_out[:MOST_NAMES]))


def picture(report: Report) -> Made:
    """Name the picture of a report, with what it shows in words."""
    return Made("chart", f"{file_name(report)}.png", evaluations.to_json(report), alt=alt(report))


def alt(report: Report) -> str:
    """Say in words what the picture of a report shows."""
    numbers = report.numbers
    drafts = ", ".join(f"{_label(name)} {value(name, numbers[name])}" for name in ALT_DRAFTS)
    if len(report.pages) == 1:
        return f"{weeks_in_words(report.pages[0])}. Drafts: {drafts}."
    weeks = ", ".join(map(_page, report.pages)) or "none"
    return f"{ALT_PAGES}: {weeks}. Drafts: {drafts}."


def weeks_in_words(page: PageCount) -> str:
    """Say in words how many updates a page had in each of its weeks."""
    shown = ALT_PAGE.format(page=page.name, unit=page.cadence.value, wanted=page.wanted)
    return f"{shown}: {', '.join(map(_week, page.stretches)) or 'none'}"


def _label(name: str) -> str:
    return next(each.label for each in MEASURES if each.name == name).lower()


def _week(week: StretchCount) -> str:
    said = f"{week.first.day} {week.first:%b} {week.updates}"
    return said if week.standing is Standing.MET else f"{said} ({STANDINGS[week.standing]})"


def _page(page: PageCount) -> str:
    met = page.count(Standing.MET)
    return f"{page.name} {met} of {met + page.count(Standing.SHORT)}"


def file_name(report: Report) -> str:
    """Name the file of a report, without anything that a file system objects to."""
    kept = (each if category(each)[0] in "LMN" else "-" for each in report.subject.lower())
    letters = "".join(kept)
    subject = "-".join(filter(None, letters.split("-")))[:60] or "report"
    return f"{subject}-{report.first}-{report.last}"
