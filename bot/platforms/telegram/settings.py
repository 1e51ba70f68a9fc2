"""Telegram's settings, from the environment or `.env`."""

import ipaddress
import re
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
SCHEMES = ("http", "https")

NO_SUCH_KEY = (
    "TELEGRAM_BOT_TOKEN does not look like a token. Copy it from @BotFather: "
    "digits, a colon, then letters and digits."
)
NO_PROOF = (
    "TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET beside it: make up 1 to 256 characters "
    "of A-Z, a-z, 0-9, _ and -."
)
BAD_WEBHOOK = (
    "TELEGRAM_WEBHOOK_URL must be a full https address that ends at this bot's "
    "/telegram/webhook. Plain http is for this machine only."
)
BAD_API = "TELEGRAM_API_URL must be a full address, such as https://api.telegram.org/bot"


class TelegramSettings(BaseSettings):
    """`TELEGRAM_BOT_TOKEN`, `_WEBHOOK_URL`, `_WEBHOOK_SECRET` and `_API_URL`."""

    model_config = SettingsConfigDict(
        env_prefix="TELEGRAM_",
        env_file=".env",
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    api_url: str = "https://api.telegram.org/bot"

    def check(self) -> None:
        """Raise `ValueError`, with what to do, if something is missing or wrong."""
        if not TOKEN.fullmatch(self.token):
            raise ValueError(NO_SUCH_KEY)
        if not _is_address(self.api_url):
            raise ValueError(BAD_API)
        if self.webhook_url is None:
            return
        if not SECRET.fullmatch(self.secret):
            raise ValueError(NO_PROOF)
        is_http = urlsplit(self.webhook_url).scheme == "http"
        if not _is_address(self.webhook_url) or (is_http and not is_local(self.webhook_url)):
            raise ValueError(BAD_WEBHOOK)

    @property
    def token(self) -> str:
        """Return the token itself."""
        return self.bot_token.get_secret_value() if self.bot_token else ""

    @property
    def secret(self) -> str:
        """Return what Telegram has to say with every delivery."""
        return self.webhook_secret.get_secret_value() if self.webhook_secret else ""

    @property
    def base_url(self) -> str:
        """Return the address to which the token is appended."""
        return f"{self.api_url.rstrip('/').removesuffix('/bot')}/bot"

    @property
    def base_file_url(self) -> str:
        """Return the address of files, to which the token is appended."""
        return f"{self.base_url.removesuffix('/bot')}/file/bot"


def is_local(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
