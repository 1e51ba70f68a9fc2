"""The process that takes feeds apart: it has no secrets, no network to speak of, and may be ended.

It reads a line that says what comes, then that many bytes, and writes a line of what it found.
"""

import contextlib
import json
import resource
import sys

from policy.feed_entries import entries
from policy.feed_pages import telegram_posts, youtube_feed
from policy.feeds import Format

MEMORY = 512 * 1024 * 1024  # bytes

Found = dict[str, object]


def parse(body: bytes, format: str, url: str, media_type: str) -> Found:
    """Find what stands in a document, or say why there is nothing to find."""
    try:
        match Format(format):
            case Format.YOUTUBE:
                return {"feed": youtube_feed(body, media_type)}
            case Format.TELEGRAM:
                found = telegram_posts(body, media_type)
            case Format.FEED:
                found = entries(body, url, media_type)
    except ValueError as error:
        return {"refused": str(error)}
    at = [each.at.isoformat() if each.at else None for each in found]
    return {
        "entries": [
            [each.key, each.link, moment, each.repost]
            for each, moment in zip(found, at, strict=True)
        ]
    }


def main() -> None:
    """Take apart one document after another, until there are no more."""
    with contextlib.suppress(ValueError):  # where the system knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        body = sys.stdin.buffer.read(asked.pop("length"))
        answer = json.dumps(parse(body, **asked))  # ASCII: one line, whatever is in it
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
