"""The settings, from the environment or an ``.env`` file."""

import re
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class Settings(BaseSettings):
    """Each field is a setting of the same name in capitals; ``.env.example`` explains them."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr = SecretStr("")
    database_url: str = "sqlite:///musharaka.db"
    key_file: Path = Path("musharaka.keys")
    bot_api_base: str = TELEGRAM
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(default=8080, ge=0, le=65535)
    backup_key: Path = Path("musharaka.backup-key.pub")
    backup_days: int = Field(default=0, ge=0)
    clock_offset: timedelta = timedelta(0)
    log_level: str = "INFO"

    @field_validator("bot_api_base", "webhook_url")
    @classmethod
    def _ask_for_an_address(cls, address: str | None) -> str | None:
        if address and not _is_of_a_server(address):
            raise ValueError(
                "it is not an address; write it like https://name or https://name/path"
            )
        return address

    @model_validator(mode="after")
    def _allow_moving_the_clock_on_a_simulator_only(self) -> "Settings":
        if self.clock_offset and not is_loopback(self.bot_api_base):
            raise ValueError("CLOCK_OFFSET is for the simulator: BOT_API_BASE must be loopback")
        return self

    @model_validator(mode="after")
    def _ask_for_a_secret_with_a_webhook(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_URL needs WEBHOOK_SECRET (1 to 256 of A-Z a-z 0-9 _ -)")
        return self

    @property
    def bot_id(self) -> int:
        """The number before the colon of the token; 0 where there is none."""
        token = self.bot_token.get_secret_value()
        return int(token.partition(":")[0]) if _TOKEN.fullmatch(token) else 0

    @property
    def token_lacks(self) -> str:
        """What an operator does to have a token; ``""`` where there is one."""
        if self.bot_id:
            return ""
        if not self.bot_token.get_secret_value():
            return "BOT_TOKEN is not set. BotFather on Telegram gives one; put it into .env."
        return (
            "BOT_TOKEN is not a token: that is a number, a colon, and letters. Copy the whole of "
            "it from BotFather's message into .env, and nothing else."
        )


def _is_of_a_server(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that are not closed, a port that is none
        return False


def is_loopback(address: str) -> bool:
    """Whether an address of a Bot API server is on this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
