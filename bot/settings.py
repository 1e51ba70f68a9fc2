"""Settings of the process, from the environment or `.env`. Each platform declares its own.

Every one is explained in `.env.example`.
"""

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from policy import library

DEFAULT_OFFICES = Path("offices.yaml")
DEFAULT_PACKS = Path("packs")


class LogLevel(StrEnum):
    """How much is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """For whom: people, or a log collector."""

    CONSOLE = "console"
    JSON = "json"


class Settings(BaseSettings):
    """What differs from one installation to the next."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: SecretStr = SecretStr("sqlite:///data/countersign.db")
    offices_file: Path | None = None
    data_dir: Path = Path("data")
    max_attachment_mb: int = Field(default=20, ge=1, le=1000)
    packs_folder: Path | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.CONSOLE

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        try:
            address = make_url(value.get_secret_value())
            kind, name = address.get_backend_name(), address.database or ""
        except ArgumentError:
            kind, name = "something else", ""
        forgetful = kind == "sqlite" and (not name or ":memory:" in name)
        if kind not in ("sqlite", "postgresql") or forgetful:
            raise ValueError(
                "use sqlite:///data/countersign.db or postgresql+psycopg://user:password@host/name"
            )
        return value

    def offices(self) -> Path | None:
        """Return the offices file: the one that is named, or `offices.yaml` if there is one."""
        if self.offices_file is not None:
            return self.offices_file
        return DEFAULT_OFFICES if DEFAULT_OFFICES.exists() else None

    def packs(self) -> Path:
        """Return the folder of the offices' own packs: the one that is named, or `packs` if there.

        Without one, the folder of those that ship. Raises `ValueError` if the named one is not
        there.
        """
        if self.packs_folder is None:
            return DEFAULT_PACKS.absolute() if DEFAULT_PACKS.is_dir() else library.SHIPPED
        if not self.packs_folder.is_dir():
            raise ValueError(f"PACKS_FOLDER: there is no folder {self.packs_folder}")
        return self.packs_folder.absolute()
