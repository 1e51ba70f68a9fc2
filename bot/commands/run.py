"""`countersign run`: the bot itself."""

import asyncio
from pathlib import Path

from bot.app import Bot, serve
from bot.commands.offices import read_proven
from bot.commands.settings import Mistake, complain, or_mistake, settings
from bot.logs import configure
from bot.platforms import PLATFORMS
from bot.platforms.base import Platform
from bot.web import CannotListen
from policy.documents import DocumentError
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
    except DocumentError as error:
        return complain(str(error))
    return 0


def build() -> Bot:
    """Put the bot together from the settings. Raises `Mistake`."""
    chosen = settings()
    configure(chosen.log_level, chosen.log_format)
    path = chosen.offices()
    offices = or_mistake(lambda: proven(path, chosen.packs())) if path else None
    platforms = or_mistake(from_env)
    if not platforms:
        raise Mistake(NO_PLATFORM)
    return or_mistake(lambda: Bot(chosen, platforms, offices))


def proven(path: Path, packs: Path) -> office_file.OfficesFile:
    """Read the offices file of the settings, and prove the rules. Raises `Mistake`."""
    if not path.is_file():
        raise Mistake(NO_FILE.format(path=path))
    return read_proven(path, packs)


def from_env() -> dict[str, Platform]:
    """Build the platforms that are set up."""
    found = [platform for kind in PLATFORMS if (platform := kind.from_env()) is not None]
    return {platform.name: platform for platform in found}
