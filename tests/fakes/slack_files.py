"""The files of the fake workspace: described, handed out to who has the token, and taken in."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.slack_world import Json, World

SIGN_IN = "<html>Sign in to your workspace</html>"


@dataclass
class Stored:
    """A file as Slack keeps it."""

    id: str
    name: str
    media_type: str
    data: bytes
    alt: str = ""
    is_announced: bool = True  # whether its size is said
    status: int = 200
    link: str = ""  # an address of another's, in place of Slack's own
    is_external: bool = False

    def described(self, base: str) -> Json:
        """Write what Slack says of it."""
        url = self.link or f"{base}files/{self.id}/{self.name}"
        found: Json = {
            "id": self.id,
            "name": self.name,
            "mimetype": self.media_type,
            "mode": "external" if self.is_external else "hosted",
            "url_private": url,
            "url_private_download": url,
        }
        if self.is_announced:
            found["size"] = len(self.data)
        return found | ({"alt_txt": self.alt} if self.alt else {})


class Files:
    """Hands files out and takes them in, beside the Web API."""

    def __init__(self, world: World, bot_token: str) -> None:
        self.world, self.bot_token = world, bot_token
        self.stored: dict[str, Stored] = {}
        self.asked: list[tuple[str, str]] = []  # file, and what was shown as a token
        self.base = ""

    def add(self, name: str, media_type: str, data: bytes, **more: Any) -> Stored:
        """Keep a file."""
        file = Stored(f"F{self.world.number()}", name, media_type, data, **more)
        self.stored[file.id] = file
        return file

    async def hand_out(self, request: web.Request) -> web.StreamResponse:
        """Hand a file out; without the token or the permission, show the page for signing in."""
        file = self.stored[request.match_info["id"]]
        token = request.headers.get("Authorization", "")
        self.asked.append((file.id, token))
        if token != f"Bearer {self.bot_token}" or "files:read" not in self.world.scopes:
            return web.Response(text=SIGN_IN, content_type="text/html")
        if file.status != 200:
            return web.Response(status=file.status)
        return web.Response(body=file.data, content_type=file.media_type)

    async def take_in(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of a file that was announced."""
        file = self.stored[request.match_info["id"]]
        file.data = await request.read()
        return web.Response(text="OK")
