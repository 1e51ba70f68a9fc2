"""A rule in one line, wherever rules are listed."""

from handlers.chat import Line, line
from handlers.finding_view import MARKS, SEVERITIES
from policy.rules import Rule

RULE = "{mark} **{id}** ({severity}): {title}"


def brief(rule: Rule) -> Line:
    """Name a rule, how bad it is, and what it is about."""
    return line(
        RULE,
        mark=MARKS[rule.severity],
        id=rule.id,
        severity=SEVERITIES[rule.severity],
        title=rule.title,
    )
