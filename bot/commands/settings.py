"""Reading the settings for a command; a mistake is said once, plainly."""

from pathlib import Path

from bot.commands.mistakes import WRONG_USAGE, Mistake, complain, or_mistake
from bot.settings import Settings

__all__ = ["WRONG_USAGE", "Mistake", "complain", "or_mistake", "packs_folder", "settings"]


def packs_folder() -> Path:
    """Return the folder of the offices' own packs, or that of those that ship."""
    return or_mistake(settings().packs)


def settings() -> Settings:
    """Read the settings of the process."""
    return or_mistake(Settings)
