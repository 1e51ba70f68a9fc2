"""A report as one page of HTML: without scripts, and without anything from elsewhere.

It reads at the width of a phone, in the dark, and on paper. Whatever people wrote is escaped.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from bot.making.paper_chart import weeks_chart
from bot.making.paper_style import STYLE
from handlers.report_view import day, gap, unit, value
from policy.measures import MEASURES, Group, Measure
from policy.reports import STANDINGS, Class, PageCount, Reason, Report, RuleLine
from storage import evaluations

DOCUMENT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
TITLE = {True: "Evaluation", False: "Report"}
HOW = "How each number is counted"
NOTHING = "Nothing of this in these days."


def make(figures: Mapping[str, Any]) -> bytes:
    """Write `reports`, one after the other, and how each number is counted once at the end."""
    reports = [evaluations.from_json(each) for each in figures["reports"]]
    first = reports[0]
    title = (
        f"{TITLE[first.is_evaluation]}: {first.subject}, {day(first.first)} to {day(first.last)}"
    )
    parts = [part for report in reports for part in _report(report)]
    body = "\n".join([*parts, *_how()])
    return DOCUMENT.format(title=escape(title), style=STYLE, body=body).encode(
        "utf-8", "xmlcharrefreplace"
    )


def _report(report: Report) -> Iterator[str]:
    kind = TITLE[report.is_evaluation]
    yield f"<article><header><p class='kind'>{kind}, {escape(report.office)}</p>"
    yield f"<h1>{escape(report.subject)}</h1>"
    made = f"Written on {day(report.made_on)}; days of {escape(report.timezone)}."
    yield f"<p>{day(report.first)} to {day(report.last)}. {made}</p>"
    yield _status(report)
    yield "</header>"
    if len(report.pages) == 1:
        yield weeks_chart(report.pages[0])
    yield _figures(report)
    yield from _pages(report)
    yield _reasons("Why drafts were rejected", report.reasons)
    yield _reasons("Why changes were asked for", report.change_reasons)
    yield _rules(report.rules)
    if report.shortlist is not None:
        yield from _shortlist(report.shortlist)
    yield "<section><h2>What these numbers do not cover</h2><ul>"
    yield from (f"<li>{escape(gap(each))}</li>" for each in report.gaps)
    yield "</ul></section></article>"


def _status(report: Report) -> str:
    if report.signature is None:
        return "<p class='status'>Draft, not signed.</p>" if report.is_evaluation else ""
    signed = report.signature
    comment = escape(signed.comment).replace("\n", "<br>")
    return (
        f"<div class='status'><p>Signed by {escape(signed.by)} on {day(signed.on)}:</p>"
        f"<blockquote>{comment}</blockquote></div>"
    )


def _table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table. Its cells are HTML already; the first of each row is its heading."""
    head = "".join(f"<th scope='col'>{escape(each)}</th>" for each in heads)
    lines = [
        f"<tr><th scope='row'>{first}</th>{''.join(f'<td>{cell}</td>' for cell in rest)}</tr>"
        for first, *rest in rows
    ]
    if not lines:
        return f"<section><h2>{escape(caption)}</h2><p>{NOTHING}</p></section>"
    return (
        f"<div class='wide'><table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _figures(report: Report) -> str:
    parts = ["<section class='figures'><h2>The figures</h2>"]
    if report.before_first and report.before_last:
        days = f"{day(report.before_first)} to {day(report.before_last)}"
        parts.append(f"<p>“Before” is {days}.</p>")
    heads = ["Figure", "These days", *(["Before"] if report.before else [])]
    for group in Group:
        measures = [each for each in MEASURES if each.group is group]
        if any(_is_there(report, each.name) for each in measures):
            parts.append(_table(group.value, heads, [_row(report, each) for each in measures]))
        else:
            parts.append(f"<p><b>{group.value}</b>: nothing of this.</p>")
    return "".join((*parts, "</section>"))


def _is_there(report: Report, name: str) -> bool:
    return bool(report.numbers[name] or (report.before or {}).get(name))


def _row(report: Report, measure: Measure) -> list[str]:
    name = measure.name
    label = measure.label
    if unit(report) != "week":
        label = label.replace("Weeks", f"{unit(report).capitalize()}s")
    row = [escape(label), value(name, report.numbers[name])]
    return [*row, value(name, report.before[name])] if report.before else row


def _pages(report: Report) -> Iterator[str]:
    for page in report.pages:
        rows = [
            [day(week.first), f"{week.updates} of {week.wanted}",
             escape(STANDINGS[week.standing])]
            for week in page.stretches
        ]  # fmt: skip
        heads = (f"{page.cadence.value.capitalize()} from", "Updates", "How it ended")
        yield _table(f"{page.name}: {_wanted(page)}", heads, rows)


def _wanted(page: PageCount) -> str:
    updates = "1 update" if page.wanted == 1 else f"{page.wanted} updates"
    return f"{updates} wanted each {page.cadence.value}"


def _reasons(caption: str, reasons: Iterable[Reason]) -> str:
    rows = [[escape(each.words), str(each.count)] for each in reasons]
    return _table(caption, ("Reason", "Drafts"), rows)


def _rules(rules: Iterable[RuleLine]) -> str:
    heads = ("Rule", "Findings", "Confirmed", "Released", "False alarms")
    rows = [
        [escape(each.rule), *map(str, (each.hits, each.confirmed, each.released, each.disputed))]
        for each in rules
    ]
    return _table("What the rules found", heads, rows)


def _shortlist(classes: Iterable[Class]) -> Iterator[str]:
    for each in classes:
        rows = [
            [escape(one.title), str(one.nominations), "<br>".join(map(escape, one.reasons)),
             escape(one.link)]
            for one in each.candidates
        ]  # fmt: skip
        yield _table(f"Best {each.kind}", ("Nominated", "By so many", "Why", "Where"), rows)
        if each.left_out:
            yield f"<p>Left out for now: {escape('; '.join(each.left_out))}</p>"


def _how() -> Iterator[str]:
    yield f"<section class='how'><h2>{HOW}</h2><dl>"
    for each in MEASURES:
        yield f"<dt>{escape(each.label)}</dt><dd>{escape(each.how.replace('`', ''))}</dd>"
    yield "</dl></section>"
