"""`countersign doctor`: look at every part of the set-up, and say what to do if it is wrong."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.commands.database import database
from bot.commands.run import NO_PLATFORM, from_env
from bot.commands.settings import Mistake, complain, or_mistake, packs_folder, settings
from bot.dispatcher import utc_now
from bot.platforms.base import Diagnosis, Platform
from policy import library
from policy.documents import DocumentError
from storage import audit, feeds, office_file, panel, people, schema
from storage.db import transaction
from storage.models import Office

FAILED = 1
SKEW = timedelta(seconds=30)

Chats = dict[str, list[str]]


def doctor() -> int:
    """Examine everything, print a line for each thing, and return 1 if something is wrong."""
    try:
        platforms = or_mistake(from_env)
        engine = database()
        found = [*examine_offices_file(), *examine_packs(), *examine_database(engine)]
    except Mistake as mistake:
        return complain(str(mistake))
    if not platforms:
        found.append(Diagnosis("chat platforms", NO_PLATFORM))
    chats = moderators(engine) if all(not each.advice for each in found) else {}
    found += asyncio.run(examine_platforms(platforms, chats))
    for each in found:
        sys.stdout.write(f"{'WRONG' if each.advice else 'ok   '} {each.what}\n")
        if each.advice:
            sys.stdout.write(f"      {each.advice}\n")
    return FAILED if any(each.advice for each in found) else 0


def examine_offices_file() -> Iterator[Diagnosis]:
    """Look whether the offices file can be read."""
    path = settings().offices()
    if path is None:
        yield Diagnosis("offices file: none is set; what was imported before is used")
        return
    try:
        or_mistake(lambda: office_file.read(path, folder=packs_folder()))
    except Mistake as mistake:
        yield Diagnosis("offices file", str(mistake))
    else:
        yield Diagnosis("offices file")


def examine_packs() -> Iterator[Diagnosis]:
    """Look whether each pack can be read and obeys its own examples."""
    folder = packs_folder()
    what = f"policy packs in {folder}"
    if folder == library.SHIPPED:
        what = "policy packs: those that ship, since no folder of your own is set"
    mistakes = []
    for name in library.available(folder):
        try:
            library.load((name,), folder)
        except DocumentError as error:
            mistakes.append(str(error))
    yield Diagnosis(what, "\n      ".join("\n".join(dict.fromkeys(mistakes)).splitlines()))


def examine_database(engine: Engine) -> Iterator[Diagnosis]:
    """Look whether the database answers, is up to date, and holds offices and a sound record."""
    try:
        with engine.connect() as connection:
            version = schema.version(connection)
            now = connection.execute(text("SELECT CURRENT_TIMESTAMP")).scalar()
    except DBAPIError as error:
        yield Diagnosis("database", f"it does not answer: {error.orig}. Look at DATABASE_URL")
        return
    if version != schema.HEAD:
        yield Diagnosis("database", "it is not up to date: run `countersign migrate`")
        return
    yield Diagnosis("database")
    yield from _examine_clock(engine, now)
    yield from _examine_contents(engine)


def _examine_clock(engine: Engine, now: object) -> Iterator[Diagnosis]:
    if engine.dialect.name == "sqlite":  # the clock of the database is our own
        return
    skew = abs(utc_now() - now)  # type: ignore[operator]
    advice = "this machine and the database disagree about the time: set both by NTP"
    yield Diagnosis("clock", advice if skew > SKEW else "")


def _examine_contents(engine: Engine) -> Iterator[Diagnosis]:
    with transaction(engine) as db:
        offices = people.offices(db)
        verdict = audit.verify(db)
        unfit = [office.name for office in offices if not _has_panel(db, office)]
        known = library.available(packs_folder())
        broken = {page.name: feed.trouble for page, feed in feeds.broken(db)}
        packs = {o.name: [p for p in o.packs if p not in known] for o in offices}
    none = "none is known: set OFFICES_FILE, or run `countersign import offices.yaml`"
    yield Diagnosis(f"offices: {len(offices)}", "" if offices else none)
    for name in unfit:
        yield Diagnosis(f"panel of {name}", "it has too few or too many moderators")
    for name, missing in packs.items():
        if missing:
            advice = f"there is no pack {', '.join(missing)}: look at PACKS_FOLDER"
            yield Diagnosis(f"policy of {name}", advice)
    for name, trouble in broken.items():
        yield Diagnosis(f"feed of {name}", f"it cannot be read: {trouble}")
    changed = f"entry {verdict.broken} was changed: find out by whom"
    yield Diagnosis("audit log", changed if verdict.broken is not None else "")


def _has_panel(db: Session, office: Office) -> bool:
    try:
        panel.quorum(db, office)
    except ValueError:
        return False
    return True


def moderators(engine: Engine) -> Chats:
    """List the moderators' chats of each platform."""
    chats: Chats = {}
    with transaction(engine) as db:
        for office in people.offices(db):
            chats.setdefault(office.platform, []).append(office.chat)
    return chats


async def examine_platforms(platforms: dict[str, Platform], chats: Chats) -> list[Diagnosis]:
    """Look at each platform's token, permissions and chats."""
    found = []
    for name, platform in platforms.items():
        found += await platform.examine(chats.pop(name, []))
    for name in chats:
        found.append(
            Diagnosis(f"moderators on {name}", f"an office meets there, but {name} is not set up")
        )
    return found
