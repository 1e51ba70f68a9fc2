"""A report as tables: what its CSV file has in it, row by row."""

from collections.abc import Iterator

from handlers.report_view import gap
from policy.measures import MEASURES, Unit
from policy.reports import STANDINGS, Report

HEADING = ("about", "section", "what", "detail", "value", "value before", "unit")
NUMBERS, WEEKS, REASONS, CHANGES, RULES, SHORTLIST, GAPS = (
    "figures",
    "weeks",
    "reasons of rejections",
    "reasons of requests for changes",
    "rules",
    "shortlist",
    "not covered",
)
LEFT_OUT = "left out for now"

Cell = str | float | None
Row = tuple[Cell, ...]


def rows(*reports: Report) -> list[Row]:
    """Write reports as one table, each number in a row of its own."""
    return [HEADING, *(row for report in reports for row in _report(report))]


def _report(report: Report) -> Iterator[Row]:
    about = report.subject
    days = f"{report.first} to {report.last}"
    before = f"{report.before_first} to {report.before_last}" if report.before else ""
    yield about, "days", report.timezone, "", days, before, ""
    if report.signature:
        signed = report.signature
        yield about, "signed", signed.by, signed.comment, signed.on.isoformat(), "", ""
    for each in MEASURES:
        unit = "seconds" if each.unit is Unit.TIME else ""
        earlier = report.before[each.name] if report.before else None
        yield about, NUMBERS, each.label, each.name, report.numbers[each.name], earlier, unit
    for page in report.pages:
        for week in page.stretches:
            standing = f"{week.key}: {STANDINGS[week.standing]}"
            yield about, WEEKS, page.name, standing, week.updates, None, f"of {week.wanted}"
    for section, reasons in ((REASONS, report.reasons), (CHANGES, report.change_reasons)):
        for reason in reasons:
            yield about, section, reason.words, "", reason.count, None, "drafts"
    for rule in report.rules:
        for name in ("hits", "confirmed", "released", "disputed"):
            yield about, RULES, rule.rule, name, getattr(rule, name), None, ""
    for group in report.shortlist or ():
        for one in group.candidates:
            yield about, SHORTLIST, group.kind, one.title, one.nominations, None, one.link
        for name in group.left_out:
            yield about, SHORTLIST, group.kind, name, LEFT_OUT, None, ""
    for found in report.gaps:
        yield about, GAPS, gap(found), "", None, None, ""
