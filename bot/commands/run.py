"""`countersign run`: the bot itself."""

import asyncio
from pathlib import Path

from bot.app import Bot, serve
from bot.commands.settings import Mistake, complain, or_mistake, settings
from bot.logs import configure
from bot.platforms import PLATFORMS
from bot.platforms.base import Platform
from bot.web import CannotListen
from policy import library
from storage import office_file

NO_PLATFORM = (
    "No chat platform is set up. Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or TELEGRAM_BOT_TOKEN "
    "(.env.example explains them); `countersign demo` needs neither."
)
NO_FILE = "OFFICES_FILE: there is no file {path}."
TAKEN = "HTTP_HOST and HTTP_PORT: cannot listen there ({error}). Choose another HTTP_PORT."


def run() -> int:
    """Run until SIGTERM or SIGINT. Returns the exit code."""
    try:
        bot = build()
    except Mistake as mistake:
        return complain(str(mistake))
    try:
        asyncio.run(serve(bot))
    except CannotListen as error:
        return complain(TAKEN.format(error=error))
    return 0


def build() -> Bot:
    """Put the bot together from the settings. Raises `Mistake`."""
    chosen = settings()
    configure(chosen.log_level, chosen.log_format)
    path = chosen.offices()
    offices = or_mistake(lambda: read_proven(path)) if path else None
    platforms = or_mistake(from_env)
    if not platforms:
        raise Mistake(NO_PLATFORM)
    return or_mistake(lambda: Bot(chosen, platforms, offices))


def read_proven(path: Path) -> office_file.OfficesFile:
    """Read the offices file, and let each office's rules prove themselves before they count."""
    if not path.is_file():
        raise Mistake(NO_FILE.format(path=path))
    offices = office_file.read(path)
    for office in offices.offices:
        library.load(tuple(office.packs))
    return offices


def from_env() -> dict[str, Platform]:
    """Build the platforms that are set up."""
    found = [platform for kind in PLATFORMS if (platform := kind.from_env()) is not None]
    return {platform.name: platform for platform in found}
