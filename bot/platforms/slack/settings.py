"""The settings of Slack, and what to do about those that are missing or mixed up."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK = "https://slack.com/api/"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

NO_BOT = (
    "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is set, but SLACK_BOT_TOKEN is not: "
    "set it to the “Bot User OAuth Token” (xoxb-...), or remove the other."
)
NO_WAY_IN = (
    "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (xapp-..., for Socket Mode) "
    "nor SLACK_SIGNING_SECRET (for HTTP) is: set one of them."
)
WRONG_BOT = "SLACK_BOT_TOKEN must be the “Bot User OAuth Token”, which starts with xoxb-."
WRONG_APP = "SLACK_APP_TOKEN must be an app-level token, which starts with xapp-."
WRONG_URL = "SLACK_API_URL must be a web address such as https://slack.com/api/."


class SlackSettings(BaseSettings):
    """`SLACK_BOT_TOKEN` with `SLACK_APP_TOKEN` or `SLACK_SIGNING_SECRET`, and `SLACK_API_URL`."""

    model_config = SettingsConfigDict(
        env_prefix="SLACK_", env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    bot_token: SecretStr | None = None
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    api_url: SecretStr = SecretStr(SLACK)


@dataclass(frozen=True)
class Access:
    """How to reach Slack: Socket Mode if there is an app token, else HTTP."""

    bot_token: SecretStr
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    api_url: str = SLACK

    @classmethod
    def from_env(cls) -> Self | None:
        """Read the settings. Raises `ValueError` that says what to set."""
        found = SlackSettings()
        if found.bot_token is None:
            if found.app_token or found.signing_secret:
                raise ValueError(NO_BOT)
            return None
        return cls(
            found.bot_token, found.app_token, found.signing_secret, found.api_url.get_secret_value()
        )

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        if not (self.app_token or self.signing_secret):
            raise ValueError(NO_WAY_IN)
        if self.bot_token.get_secret_value().startswith(("xapp-", "xoxp-")):
            raise ValueError(WRONG_BOT)
        if self.app_token and self.app_token.get_secret_value().startswith("xox"):
            raise ValueError(WRONG_APP)
        address = urlsplit(self.api_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError(WRONG_URL)
        object.__setattr__(self, "api_url", self.api_url.rstrip("/") + "/")

    @property
    def is_local(self) -> bool:
        """Whether Slack is an emulator on this machine: then no proxy stands between."""
        return urlsplit(self.api_url).hostname in LOOPBACK

    def may_follow(self, url: str) -> bool:
        """Tell whether an address that came with an event may be called."""
        address, ours = urlsplit(url), urlsplit(self.api_url)
        same_host = (address.scheme, address.netloc) == (ours.scheme, ours.netloc)
        return same_host or (address.scheme == "https" and bool(address.hostname))


@dataclass(frozen=True)
class Pace:
    """How long to wait for what, in seconds."""

    store: float = 2.5  # for an event to be stored: Slack waits three seconds for us
    call: float = 10.0  # for an answer of Slack's
    first: float = 1.0  # before the second attempt to connect
    slowest: float = 60.0  # between attempts, once many have failed
    ping: float = 5.0  # between signs of life on the socket
    look: float = 0.5  # between looks at the socket
    refused: timedelta = timedelta(seconds=30)  # before a message is tried with a refused token
