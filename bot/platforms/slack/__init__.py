"""Slack: a translation between Slack's payloads and our own words, and nothing else."""

from bot.platforms.slack.platform import Slack

__all__ = ["Slack"]
