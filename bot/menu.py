"""Which commands a platform offers where, if it shows a menu of them."""

from collections.abc import Mapping

from handlers.guide import HIDDEN
from handlers.router import Entry

PRIVATE, GROUPS, DEFAULT = "private", "groups", "default"
IN_GROUPS = ("queue", "pages", "help")  # what a moderators' chat is for

Menu = Mapping[str, list[tuple[str, str]]]


def menu(commands: Mapping[str, Entry]) -> Menu:
    """List the commands of each kind of chat, with what they do."""
    offered = {
        name: entry for name, entry in commands.items() if name not in HIDDEN and " " not in name
    }
    everyone = [(name, entry.help) for name, entry in offered.items() if not entry.roles]
    return {
        PRIVATE: [(name, entry.help) for name, entry in offered.items()],
        GROUPS: [(name, offered[name].help) for name in IN_GROUPS],
        DEFAULT: everyone,
    }
