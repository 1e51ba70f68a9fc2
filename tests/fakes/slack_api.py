"""The Web API of the fake: strict about arguments, scopes and blocks."""

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from tests.fakes import slack_blocks
from tests.fakes.slack_files import Files
from tests.fakes.slack_world import (
    BOT,
    BOT_USER,
    SPECS,
    TEAM,
    Called,
    Channel,
    Fault,
    Json,
    Modal,
    Said,
    World,
)

HOOK_ARGUMENTS = {"text", "blocks", "response_type", "replace_original", "delete_original"}
PINGING = {"link_names", "parse", "mrkdwn", "as_user", "username"}


class Refusal(Exception):
    """An answer of the kind `{"ok": false, "error": ...}`."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.answer = {"ok": False, "error": code, **more}


class WebApi:
    """Answers `/api/METHOD` and the addresses for responses."""

    def __init__(self, world: World, bot_token: str, app_token: str) -> None:
        self.world, self.bot_token, self.app_token = world, bot_token, app_token
        self.base = ""
        self.files = Files(world, bot_token)
        self.happened: list[Json] = []  # events that a call caused
        self.tickets: set[str] = set()
        self.methods = {
            "auth.test": self.auth_test,
            "apps.connections.open": self.connections_open,
            "chat.postMessage": self.post_message,
            "chat.postEphemeral": self.post_ephemeral,
            "chat.update": self.update,
            "conversations.open": self.conversations_open,
            "conversations.history": self.history,
            "conversations.replies": self.history,
            "reactions.add": self.reactions_add,
            "reactions.get": self.reactions_get,
            "views.open": self.views_open,
            "views.publish": self.views_publish,
            "files.info": self.files_info,
            "files.getUploadURLExternal": self.upload_url,
            "files.completeUploadExternal": self.complete_upload,
        }

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        method = request.match_info["method"]
        args = await self._arguments(request, method)
        self.world.calls.append(Called(method, args, time.monotonic()))
        fault = self.world.fault(method)
        if answer := self._fail(request, fault, "before"):
            return answer
        try:
            self._check(request, method, args)
            result = {"ok": True} | self.methods[method](args)
        except Refusal as refusal:
            result = refusal.answer
        await asyncio.sleep(fault.delay)
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.world.scopes))}
        return self._fail(request, fault, "after") or web.json_response(result, headers=headers)

    def _fail(self, request: web.Request, fault: Fault, moment: str) -> web.Response | None:
        if fault.drop == moment:
            assert request.transport
            request.transport.abort()
            return web.Response()
        if moment == "after" or fault == Fault(delay=fault.delay) or fault.drop:
            return None
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.error:
            answer = {"ok": False, "error": fault.error}
            return web.json_response(answer, status=fault.status, headers=headers)
        return web.Response(status=fault.status, text="upstream failed", headers=headers)

    async def _arguments(self, request: web.Request, method: str) -> Json:
        if request.content_type == "application/json":
            if not SPECS["methods"].get(method, {}).get("json"):
                self.world.problems.append(f"{method} takes no JSON")
            found: Json = await request.json()
            return found
        return {**request.query, **await request.post()}

    def _check(self, request: web.Request, method: str, args: Json) -> None:
        spec = SPECS["methods"].get(method)
        if spec is None:
            self.world.problems.append(f"the method {method} is not known here")
            raise Refusal("unknown_method")
        is_app = method == "apps.connections.open"
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if revoked := (self.world.app_revoked if is_app else self.world.revoked):
            raise Refusal(revoked)
        if token != (self.app_token if is_app else self.bot_token):
            raise Refusal("invalid_auth" if token else "not_authed")
        if spec["bot_scopes"] and not self.world.scopes & set(spec["bot_scopes"]):
            raise Refusal("missing_scope", needed=",".join(spec["bot_scopes"]))
        for name in args.keys() - set(spec["args"]):
            self.world.problems.append(f"{method}: the argument {name!r} is not documented")
        for name in args.keys() & PINGING:
            self.world.problems.append(f"{method}: {name!r} lets a text ping or pose")
        if missing := [name for name in spec["required"] if not args.get(name)]:
            raise Refusal("invalid_arguments", missing=missing)

    def auth_test(self, args: Json) -> Json:
        return {"user_id": BOT_USER, "bot_id": BOT, "team_id": TEAM, "user": "countersign"}

    def connections_open(self, args: Json) -> Json:
        ticket = f"ticket-{self.world.number()}"
        self.tickets.add(ticket)
        return {"url": f"{self.base.replace('http', 'ws', 1)}link/?ticket={ticket}"}

    def _channel(self, name: str) -> Channel:
        if name in self.world.users and name != BOT_USER:
            return self.world.direct(name)
        channel = self.world.channels.get(name)
        if channel is None:
            raise Refusal("channel_not_found")
        if BOT_USER not in channel.members:
            raise Refusal("channel_not_found" if name.startswith("D") else "not_in_channel")
        if channel.archived:
            raise Refusal("is_archived")
        return channel

    def _message(self, args: Json, ts: str) -> Said:
        message = self._channel(args["channel"]).messages.get(ts)
        if message is None:
            raise Refusal("message_not_found")
        return message

    def _words(self, args: Json) -> Json:
        blocks = args.get("blocks") or []
        if found := list(slack_blocks.faults(blocks)):
            self.world.problems += found
            raise Refusal("invalid_blocks", errors=found)
        if not (args.get("text") or blocks):
            raise Refusal("no_text")
        if len(args.get("text", "")) > 4000:
            raise Refusal("msg_too_long")
        return {"text": args.get("text", ""), "blocks": blocks}

    def post_message(self, args: Json) -> Json:
        channel = self._channel(args["channel"])
        metadata = args.get("metadata")
        if metadata is not None and set(metadata) != {"event_type", "event_payload"}:
            raise Refusal("invalid_metadata_format")
        thread = args.get("thread_ts", "")
        said = Said(channel.id, self.world.ts(), BOT_USER, metadata=metadata, thread=thread)
        said.__dict__.update(self._words(args))
        channel.messages[said.ts] = said
        if channel.id.startswith("D"):
            event = {**said.payload(), "channel": channel.id, "channel_type": "im"}
            self.happened.append(event)
        return {"channel": channel.id, "ts": said.ts, "message": said.payload()}

    def post_ephemeral(self, args: Json) -> Json:
        channel = self._channel(args["channel"])
        if args["user"] not in channel.members:
            raise Refusal("user_not_in_channel")
        ts = self.world.ts()
        words = self._words(args)
        self.world.whispers.append(Said(channel.id, ts, BOT_USER, only_for=args["user"], **words))
        return {"message_ts": ts}

    def update(self, args: Json) -> Json:
        said = self._message(args, args["ts"])
        if said.user != BOT_USER:
            raise Refusal("cant_update_message")
        said.__dict__.update(self._words(args))
        said.edits += 1
        return {"channel": said.channel, "ts": said.ts, "text": said.text}

    def conversations_open(self, args: Json) -> Json:
        if args.get("users") not in self.world.users:
            raise Refusal("user_not_found")
        return {"channel": {"id": self.world.direct(args["users"]).id}}

    def history(self, args: Json) -> Json:
        channel = self._channel(args["channel"])
        oldest = float(args.get("oldest") or 0)
        thread = args.get("ts", "")
        found = [
            said
            for said in channel.messages.values()
            if float(said.ts) > oldest and thread in ("", said.thread, said.ts)
        ]
        if not thread:
            found = [said for said in reversed(found) if not said.thread]
        start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
        page = found[start : start + limit]
        more = start + limit < len(found)
        with_metadata = str(args.get("include_all_metadata", "")).lower() in ("1", "true")
        return {
            "messages": [
                said.payload(full=False)
                | ({"metadata": said.metadata} if with_metadata and said.metadata else {})
                for said in page
            ],
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + limit) if more else ""},
        }

    def reactions_add(self, args: Json) -> Json:
        said = self._message(args, args["timestamp"])
        if not args["name"].isascii() or ":" in args["name"]:
            raise Refusal("invalid_name")
        users = said.reactions.setdefault(args["name"], [])
        if BOT_USER in users:
            raise Refusal("already_reacted")
        users.append(BOT_USER)
        self.happened.append(
            {
                "type": "reaction_added",
                "user": BOT_USER,
                "reaction": args["name"],
                "item": {"type": "message", "channel": said.channel, "ts": said.ts},
                "item_user": BOT_USER,
                "event_ts": self.world.ts(),
            }
        )
        return {}

    def reactions_get(self, args: Json) -> Json:
        if not (args.get("channel") and args.get("timestamp")):
            raise Refusal("no_item_specified")
        said = self._message(args, args["timestamp"])
        full = str(args.get("full", "")).lower() in ("1", "true")
        return {"type": "message", "channel": said.channel, "message": said.payload(full=full)}

    def views_open(self, args: Json) -> Json:
        trigger = self.world.triggers.get(args.get("trigger_id", ""))
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if time.monotonic() - trigger.at > self.world.trigger_life:
            raise Refusal("expired_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if found := list(slack_blocks.view_faults(args["view"])):
            self.world.problems += found
            raise Refusal("invalid_arguments", errors=found)
        trigger.used = True
        number = self.world.number()
        modal = Modal(f"V{number}", f"{number}.hash", trigger.user, args["view"])
        self.world.modals.append(modal)
        return {"view": args["view"] | {"id": modal.id, "hash": modal.hash}}

    def views_publish(self, args: Json) -> Json:
        if args["user_id"] not in self.world.users:
            raise Refusal("user_not_found")
        view = args["view"]
        found = [*slack_blocks.faults(view.get("blocks", []))]
        if view.get("type") != "home" or view.keys() - {"type", "blocks"}:
            found.append("not a home view")
        if found:
            self.world.problems += found
            raise Refusal("invalid_arguments", errors=found)
        self.world.homes[args["user_id"]] = Said("", "", BOT_USER, blocks=view["blocks"])
        return {"view": view}

    def files_info(self, args: Json) -> Json:
        file = self.files.stored.get(args["file"])
        if file is None:
            raise Refusal("file_not_found")
        return {"file": file.described(self.base)}

    def upload_url(self, args: Json) -> Json:
        file = self.files.add(args["filename"], "", b"", alt=args.get("alt_txt", ""))
        return {"upload_url": f"{self.base}upload/{file.id}", "file_id": file.id}

    def complete_upload(self, args: Json) -> Json:
        channel = self._channel(args["channel_id"])
        known = [self.files.stored.get(each["id"]) for each in args["files"]]
        files = [each.described(self.base) for each in known if each is not None]
        if len(files) != len(known):
            raise Refusal("file_not_found")
        thread = args.get("thread_ts", "")
        text = args.get("initial_comment", "")
        said = Said(channel.id, self.world.ts(), BOT_USER, text, thread=thread, files=files)
        channel.messages[said.ts] = said
        return {"files": [{"id": each["id"], "title": each["name"]} for each in files]}

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Take a response at the address that came with an event."""
        body = json.loads(await request.text())
        self.world.calls.append(Called("response_url", body, time.monotonic()))
        fault = self.world.fault("response_url")
        if answer := self._fail(request, fault, "before"):
            return answer
        user, channel, left = self.world.hooks.get(request.match_info["hook"], ("", "", 0))
        if not left:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        for name in body.keys() - HOOK_ARGUMENTS:
            self.world.problems.append(f"response_url: {name!r} is not documented")
        try:
            said = Said(channel, self.world.ts(), BOT_USER, **self._words(body))
        except Refusal as refusal:
            return web.json_response(refusal.answer, status=400)
        self.world.hooks[request.match_info["hook"]] = (user, channel, left - 1)
        self._keep(said, user, is_public=body.get("response_type") == "in_channel")
        await asyncio.sleep(fault.delay)
        return self._fail(request, fault, "after") or web.Response(text="ok")

    def _keep(self, said: Said, user: str, *, is_public: bool) -> None:
        if is_public:
            self.world.channels[said.channel].messages[said.ts] = said
            return
        said.only_for = user
        self.world.whispers.append(said)
