"""The command line: what can be typed after `countersign`, or after `python -m bot`.

Exit codes: 0 fine, 1 a finding or a failed check, 2 wrong usage or a mistake in a setting or file.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="countersign",
    help="Draft, check, review and keep official pages alive, from Slack and Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
audit = typer.Typer(help="Verify or export the audit log.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    from bot.commands.run import run

    raise typer.Exit(run())


@app.command()
def demo() -> None:
    """Play a guided week in this terminal, with no tokens; then act as anyone."""
    from bot.commands.demo import demo

    raise typer.Exit(demo())


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from bot.commands.database import migrate

    raise typer.Exit(migrate())


@app.command("import")
def import_offices(
    file: Annotated[Path, typer.Argument(help="The offices file, such as offices.yaml")],
) -> None:
    """Import offices, people and pages. Importing twice changes nothing."""
    from bot.commands.database import import_offices

    raise typer.Exit(import_offices(file))


@app.command()
def check(
    texts: Annotated[list[str] | None, typer.Argument(help="Texts; or standard input")] = None,
    packs: Annotated[str, typer.Option(help="Policy packs, by comma")] = "common",
    packs_folder: Annotated[
        Path | None, typer.Option(help="A folder with packs of your own", file_okay=False)
    ] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines in, JSON Lines out")] = False,
    jobs: Annotated[
        int, typer.Option(help="Processes for a long file of JSON Lines; 0: all cores", min=0)
    ] = 0,
    platform: Annotated[str, typer.Option(help="Where it is to appear, such as x")] = "",
    purpose: Annotated[str, typer.Option(help="What it is for, such as event")] = "",
    region: Annotated[str, typer.Option(help="Country of phone numbers, such as BD")] = "",
    lang: Annotated[str, typer.Option(help="Its language, such as bn")] = "",
    period: Annotated[
        list[str] | None, typer.Option(help="A period in force, such as election; repeatable")
    ] = None,
    now: Annotated[str | None, typer.Option(help="The moment of the check, in ISO 8601")] = None,
) -> None:
    """Check texts against the policy. Exit code 1 if something must not be posted as it is."""
    names = [name.strip() for name in packs.split(",") if name.strip()]
    if jsonl:
        from bot.commands.bulk import check_lines

        raise typer.Exit(check_lines(names, jobs, packs_folder))
    from bot.commands.check import check_texts

    known = {
        "platform": platform,
        "purpose": purpose,
        "region": region,
        "lang": lang,
        "periods": tuple(period or ()),
        "now": now,
    }
    raise typer.Exit(check_texts(texts or [sys.stdin.read()], names, known, packs_folder))


@app.command()
def report(
    office: Annotated[str, typer.Option(help="One office by its name; else all of them")] = "",
    page: Annotated[str, typer.Option(help="One page by its name; else the whole office")] = "",
    period: Annotated[
        str, typer.Option(help="Such as last quarter, 2026-Q2, or 2026-04-01 2026-06-30")
    ] = "",
    form: Annotated[str, typer.Option("--format", help="text, html, csv or json")] = "text",
    out: Annotated[
        Path | None, typer.Option(help="A folder for the files; else standard output")
    ] = None,
) -> None:
    """Write what the record says of offices and pages. Exit code 1 if there is nothing to say."""
    from bot.commands.report import report

    raise typer.Exit(report(office, page, period, form, out))


@app.command()
def doctor() -> None:
    """Look whether everything is set up, and say what to do if not."""
    from bot.commands.doctor import doctor

    raise typer.Exit(doctor())


@audit.command()
def verify() -> None:
    """Check that nobody has changed, removed or inserted an entry."""
    from bot.commands.database import verify

    raise typer.Exit(verify())


@audit.command()
def export() -> None:
    """Write the audit log to standard output, one JSON object per line."""
    from bot.commands.database import export

    raise typer.Exit(export())
