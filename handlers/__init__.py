"""What the bot does: one module per feature.

`ROUTERS` is the table of contents. To add a feature, write a module and add a line.
"""

from handlers import (
    administration,
    drafts,
    escalations,
    forms,
    freshness,
    guide,
    moves,
    pages,
    publishing,
    queue,
    reasons,
    reviews,
    revisions,
    rules,
    tidying,
    weekly,
)

ROUTERS = (
    drafts.router,  # write, check, submit
    revisions.router,  # confirm, change, withdraw, send again
    reviews.router,  # vote, decide
    reasons.router,  # why a draft was rejected
    publishing.router,  # mark as posted
    queue.router,  # what waits
    escalations.router,  # what is late
    pages.router,  # the pages and their updates
    freshness.router,  # nudges about quiet pages
    weekly.router,  # the weekly message of each office
    rules.router,  # the policy, explained
    administration.router,  # the office and its record
    guide.router,  # help
    forms.router,  # forms as conversations
    moves.router,  # chats that get a new id
    tidying.router,  # what is over is forgotten
)
