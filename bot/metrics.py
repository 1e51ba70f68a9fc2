"""What `/metrics` shows: how much waits, from the database, so that every replica says the same."""

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from storage.standing import Standing

EVENTS = "Events that are stored and not handled yet"
MESSAGES = "Messages that are not delivered yet"
UNDELIVERED = "Messages that were given up, or may not have arrived"
DRAFTS = "Drafts that wait for a decision"
FEEDS = "Feeds of pages that cannot be read"
OLDEST = "Seconds for which the oldest of these drafts has waited"


def exposition(now: datetime, found: Standing, platforms: Iterable[str]) -> bytes:
    """Write the numbers in the format of Prometheus."""
    registry = CollectorRegistry()

    def gauge(name: str, help_text: str, *labels: str) -> Gauge:
        return Gauge(f"countersign_{name}", help_text, labels, registry=registry)

    gauge("waiting_events", EVENTS).set(found.events)
    gauge("waiting_drafts", DRAFTS).set(found.drafts)
    gauge("broken_feeds", FEEDS).set(found.broken_feeds)
    waited = (now - found.oldest_draft).total_seconds() if found.oldest_draft else 0.0
    gauge("oldest_draft_seconds", OLDEST).set(waited)
    waiting = gauge("waiting_messages", MESSAGES, "platform")
    undelivered = gauge("undelivered_messages", UNDELIVERED, "platform")
    for name in platforms:
        waiting.labels(name).set(found.messages.get(name, 0))
        undelivered.labels(name).set(found.undelivered.get(name, 0))
    return generate_latest(registry)
