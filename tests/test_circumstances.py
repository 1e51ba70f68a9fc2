"""What is known about a post beyond its text, as it comes in."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from policy.bulk import check_line
from policy.circumstances import Circumstances


def test_a_moment_without_a_time_zone_is_taken_as_utc():
    known = Circumstances.model_validate({"now": "2026-03-02T09:00:00"})
    assert known.now == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_an_unknown_time_zone_is_refused_with_one_that_exists():
    with pytest.raises(ValidationError, match="did you mean Asia/Dhaka"):
        Circumstances.model_validate({"timezone": "Asia/Dakha"})


def test_a_line_with_an_unknown_time_zone_says_so():
    line = '{"id": 1, "text": "x", "context": {"timezone": "Mars/Phobos"}}'
    assert "is not a time zone" in str(check_line(line)["error"])
