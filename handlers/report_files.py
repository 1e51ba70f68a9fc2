"""The files of a report: one to read and to print, one for a spreadsheet."""

from dataclasses import replace

from handlers.chat import Chat, Made, Message, line, message
from handlers.context import Context
from handlers.report_tables import rows
from handlers.report_view import file_name, picture
from policy.reports import Report
from storage import evaluations

PICTURE = "{subject} in a picture"
REPORT, FILE = "The report", "{what}, {use}"
USES = {"paper": "to read in a browser or to print", "table": "for a spreadsheet"}
PAPER, TABLE = "A page to read, in the browser or printed", "The same numbers for a spreadsheet"


def files(*reports: Report) -> tuple[Made, Made]:
    """Name the files of some reports: they are made when they are delivered."""
    first = reports[0]
    name = file_name(first if len(reports) == 1 else first.of_office())
    figures = {"reports": [evaluations.to_json(each) for each in reports]}
    table = {"rows": [list(row) for row in rows(*reports)]}
    return (
        Made("paper", f"{name}.html", figures, alt=PAPER),
        Made("table", f"{name}.csv", table, alt=TABLE),
    )


def captioned(what: str, file: Made) -> Message:
    """Say what a file is, and for which use."""
    return Message((line(FILE, what=what, use=USES[file.maker]),), made=file)


def send_files(ctx: Context, report: Report) -> None:
    """Send the picture and the files of a report in private to whoever asked for it."""
    assert ctx.event is not None
    chat = Chat(ctx.event.by.platform, ctx.event.by.user)
    ctx.say(chat, replace(message(PICTURE, subject=report.subject), made=picture(report)))
    for file in files(report):
        ctx.say(chat, captioned(REPORT, file))
