"""What people do in the fake workspace, and the payloads with which Slack tells the bot."""

import time
from datetime import datetime
from typing import Any

from tests.fakes import slack_blocks
from tests.fakes.slack_delivery import Courier, Delivery, Sort
from tests.fakes.slack_world import APP, BOT_USER, TEAM, Json, Modal, Said, World

CHANNEL_TYPES = {"C": "channel", "D": "im", "G": "group"}  # by the first letter of the id
SUBSCRIPTIONS = {"channel": "channels", "group": "groups", "im": "im"}


def escape(text: str) -> str:
    """Write a text as Slack puts it into payloads."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class People:
    """The people of a workspace. Each act returns how the bot took it."""

    def __init__(self, world: World, courier: Courier) -> None:
        self.world, self.courier = world, courier
        self.base = ""

    async def command(self, user: str, channel: str, name: str, text: str = "") -> Delivery:
        """Type a slash command."""
        body = {
            "command": name,
            "text": escape(text),
            "user_id": user,
            "user_name": self.world.users.get(user, user),
            "channel_id": self._place(user, channel),
            "team_id": TEAM,
            "team_domain": "fake",
            "api_app_id": APP,
            "trigger_id": self.world.trigger(user),
            "response_url": self._hook(user, channel),
        }
        return await self._deliver(Sort.COMMAND, body)

    async def shortcut(self, user: str, said: Said, callback: str = "draft") -> Delivery:
        """Use the app's shortcut on a message."""
        body = self._interaction("message_action", user) | {
            "callback_id": callback,
            "action_ts": self.world.ts(),
            "message_ts": said.ts,
            "message": said.payload(),
            "channel": {"id": said.channel, "name": "channel"},
            "response_url": self._hook(user, said.channel),
        }
        return await self._deliver(Sort.INTERACTION, body)

    async def say(self, user: str, channel: str, text: str, **more: Any) -> Said:
        """Write a message; the bot hears of it where it is itself."""
        place = self._place(user, channel)
        return await self._said(Said(place, self.world.ts(), user, escape(text)), **more)

    async def comment(self, user: str, under: Said, text: str, **more: Any) -> Said:
        """Write into the thread of a message."""
        first = under.thread or under.ts
        said = Said(under.channel, self.world.ts(), user, escape(text), thread=first)
        began = self.world.channels[under.channel].messages[first].user
        return await self._said(said, **{"parent_user_id": began, **more})

    async def _said(self, said: Said, **more: Any) -> Said:
        channel = self.world.channels[said.channel]
        channel.messages[said.ts] = said
        if BOT_USER in channel.members:
            kind = CHANNEL_TYPES[said.channel[0]]
            event = {**said.payload(), "channel": said.channel, "channel_type": kind, **more}
            await self.happen(event)
        return said

    def post(self, user: str, channel: str, text: str, *files: Json) -> Said:
        """Post a message with files in a channel; the bot does not hear of it."""
        said = Said(channel, self.world.ts(), user, escape(text), files=list(files))
        self.world.channels[channel].messages[said.ts] = said
        return said

    async def write(self, user: str, text: str) -> Said:
        """Write to the bot in private."""
        return await self.say(user, user, text)

    async def react(self, user: str, said: Said, name: str) -> Delivery | None:
        """Add an emoji to a message."""
        said.reactions.setdefault(name.partition("::")[0], []).append(user)
        return await self._reaction("reaction_added", user, said, name)

    async def unreact(self, user: str, said: Said, name: str) -> Delivery | None:
        """Take an emoji away from a message."""
        said.reactions[name.partition("::")[0]].remove(user)
        return await self._reaction("reaction_removed", user, said, name)

    async def press(self, user: str, said: Said, label: str) -> Delivery:
        """Press a button, found by a part of its label."""
        assert said.only_for in ("", user), "nobody else sees that message"
        button = said.button(label)
        body = self.press_payload(user, said, button)
        return await self._deliver(Sort.INTERACTION, body)

    def press_payload(self, user: str, said: Said, button: Json) -> Json:
        """Write what Slack sends when a button is pressed."""
        hidden = {} if said.only_for else {"message": said.payload()}
        pressed = {key: button[key] for key in ("action_id", "value", "type") if key in button}
        return (
            self._interaction("block_actions", user)
            | hidden
            | {
                "container": {
                    "type": "message",
                    "message_ts": said.ts,
                    "channel_id": said.channel,
                    "is_ephemeral": bool(said.only_for),
                },
                "channel": {"id": said.channel, "name": "channel"},
                "actions": [pressed | {"action_ts": self.world.ts(), "block_id": "b"}],
                "response_url": self._hook(user, said.channel),
            }
        )

    async def submit(
        self, modal: Modal, answers: dict[str, str | datetime | list[Json]]
    ) -> Delivery:
        """Fill in a form by names or labels of fields, and send it."""
        given = {modal.block(name)["block_id"]: answer for name, answer in answers.items()}
        state = {}
        for block in modal.view["blocks"]:
            answer = given.get(block["block_id"])
            filled = slack_blocks.filled_in(block["element"], answer)
            assert block["optional"] or any(list(filled.values())[1:]), (
                f"“{block['label']['text']}” must be answered"
            )
            state[block["block_id"]] = {block["element"]["action_id"]: filled}
        view = modal.view | {
            "id": modal.id,
            "hash": modal.hash,
            "team_id": TEAM,
            "state": {"values": state},
        }
        body = self._interaction("view_submission", modal.user) | {
            "view": view,
            "response_urls": [],
        }
        delivery = await self._deliver(Sort.INTERACTION, body)
        modal.open = not (delivery.acknowledged and not delivery.answer)
        return delivery

    async def happen(self, event: Json) -> Delivery | None:
        """Let the bot hear of an event, if it asked for its kind."""
        kind = event["type"]
        if kind == "message":
            kind = f"message.{SUBSCRIPTIONS[event['channel_type']]}"
        if kind not in self.world.events:
            return None
        return await self._deliver(Sort.EVENT, self.event_payload(event))

    def event_payload(self, event: Json) -> Json:
        """Write what Slack sends about an event."""
        return {
            "type": "event_callback",
            "token": "unused",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "event_id": f"Ev{self.world.number():06}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }

    async def repeat(self, delivery: Delivery) -> Delivery:
        """Deliver the same thing again, as Slack does when an answer got lost."""
        again = Delivery(delivery.sort, delivery.body, tries=1)
        await self.courier.attempt(again)
        return again

    async def _reaction(self, kind: str, user: str, said: Said, name: str) -> Delivery | None:
        if BOT_USER not in self.world.channels[said.channel].members:
            return None
        return await self.happen(
            {
                "type": kind,
                "user": user,
                "reaction": name,
                "item": {"type": "message", "channel": said.channel, "ts": said.ts},
                "item_user": said.user,
                "event_ts": self.world.ts(),
            }
        )

    async def open_home(self, user: str) -> Delivery | None:
        """Open the Home tab of the app."""
        event = {
            "type": "app_home_opened",
            "user": user,
            "tab": "home",
            "event_ts": self.world.ts(),
        }
        return await self.happen({**event, "channel": self.world.direct(user).id})

    async def press_home(self, user: str, label: str) -> Delivery:
        """Press a button on the Home tab: it stands in no channel."""
        button = self.world.homes[user].button(label)
        pressed = {key: button[key] for key in ("action_id", "value", "type") if key in button}
        body = self._interaction("block_actions", user) | {
            "container": {"type": "view", "view_id": "VHOME"},
            "view": {"id": "VHOME", "type": "home"},
            "actions": [pressed | {"action_ts": self.world.ts(), "block_id": "b"}],
        }
        return await self._deliver(Sort.INTERACTION, body)

    def _interaction(self, kind: str, user: str) -> Json:
        return {
            "type": kind,
            "team": {"id": TEAM, "domain": "fake"},
            "user": {"id": user, "username": self.world.users.get(user, user), "team_id": TEAM},
            "api_app_id": APP,
            "token": "unused",
            "trigger_id": self.world.trigger(user),
        }

    def _place(self, user: str, channel: str) -> str:
        return self.world.direct(user).id if channel == user else channel

    def _hook(self, user: str, channel: str) -> str:
        name = f"hook-{self.world.number()}"
        self.world.hooks[name] = (user, self._place(user, channel), 5)
        return f"{self.base}response/{name}"

    async def _deliver(self, sort: Sort, body: Json) -> Delivery:
        return await self.courier.deliver(Delivery(sort, body))
