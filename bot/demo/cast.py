"""Who is in the demo: the people of its offices, and one stranger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.platforms.sandbox import Shown
from storage import office_file
from storage.models import Role

OFFICES = Path(__file__).with_name("offices.yaml")
CHANNELS = {"slack": "the moderators' channel of {office}", "telegram": "the group of {office}"}
TITLES = {"slack": "Slack", "telegram": "Telegram"}


@dataclass(frozen=True)
class Player:
    """Somebody in the demo."""

    name: str
    accounts: dict[str, str] = field(hash=False)  # user by platform
    office: str = ""
    roles: tuple[Role, ...] = ()

    @property
    def handle(self) -> str:
        """The name to type at the prompt."""
        return self.name.casefold()

    @property
    def home(self) -> str:
        """The platform they use unless another is named."""
        return next(iter(self.accounts))


class Cast:
    """Finds people by name, and tells who reads what."""

    def __init__(self, file: office_file.OfficesFile) -> None:
        self.chats: dict[tuple[str, str], str] = {
            (entry.moderators.platform, entry.moderators.chat): entry.name for entry in file.offices
        }
        self.players = (*_players(file), Player("Stranger", {"slack": "U0GUEST", "telegram": "9"}))

    def find(self, name: str) -> Player | None:
        """Find somebody by the name typed at the prompt."""
        wanted = name.strip().casefold()
        return next((player for player in self.players if player.handle == wanted), None)

    def only_reader(self, platform: str, shown: Shown) -> Player | None:
        """Tell who alone sees a message, if it is private."""
        user = shown.to or shown.chat
        return next((p for p in self.players if p.accounts.get(platform) == user), None)

    def reads(self, player: Player, platform: str, shown: Shown) -> bool:
        """Tell whether somebody sees a message. The stranger is a guest in every channel."""
        if (only := self.only_reader(platform, shown)) is not None:
            return only is player
        office = self.chats.get((platform, shown.chat))
        return platform in player.accounts and (player.office in (office, ""))

    def place(self, platform: str, shown: Shown) -> str:
        """Say where a message stands, and who reads it."""
        if (only := self.only_reader(platform, shown)) is not None:
            return f"{TITLES[platform]}, only {only.name} sees this"
        office = self.chats.get((platform, shown.chat), shown.chat)
        return f"{TITLES[platform]}, {CHANNELS[platform].format(office=office)}"


def _players(file: office_file.OfficesFile) -> Iterator[Player]:
    for entry in file.offices:
        for person in entry.people:
            yield Player(person.name, dict(person.accounts()), entry.name, tuple(person.roles))
