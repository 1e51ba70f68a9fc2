"""Files on Slack: to whom the bot shows its token when it fetches one."""

import pytest
from pydantic import SecretStr

from bot.platforms.slack.calls import Calls
from bot.platforms.slack.errors import Health
from bot.platforms.slack.files import is_slacks
from bot.platforms.slack.settings import Access, Pace


@pytest.mark.parametrize(
    ("url", "is_theirs"),
    [
        ("https://files.slack.com/files-pri/T-F/a.jpg", True),
        ("https://works.slack.com/a.jpg", True),
        ("https://files.slack-gov.com/a.jpg", True),
        ("http://files.slack.com/a.jpg", False),
        ("https://slack.com.evil.example/a.jpg", False),
        ("https://evilslack.com/a.jpg", False),
        ("https://files.slack.com@evil.example/a.jpg", False),
        ("https://evil.example/files.slack.com", False),
        ("http://127.0.0.1:1/files/a", False),
        ("", False),
    ],
)
async def test_the_token_is_shown_to_slack_alone(url, is_theirs):
    access = Access(SecretStr("xoxb-1"), SecretStr("xapp-1"))
    calls = Calls(access, Pace(), Health(), "xoxb-1")
    assert is_slacks(calls, url) is is_theirs
