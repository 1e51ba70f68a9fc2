"""What the bot does: one module per feature.

`ROUTERS` is the table of contents. To add a feature, write a module and add a line.
"""

from handlers import (
    administration,
    attachments,
    changes,
    comparing,
    drafts,
    escalations,
    explaining,
    forms,
    freshness,
    guide,
    moves,
    pages,
    periods,
    publishing,
    queue,
    reasons,
    releasing,
    reloading,
    reviews,
    revisions,
    rule_stats,
    rules,
    tidying,
    trying,
    weekly,
)

ROUTERS = (
    drafts.router,  # write, check, submit
    revisions.router,  # confirm, change, withdraw, send again
    attachments.router,  # pictures, clips and documents: shown, described, cleaned
    reviews.router,  # vote, decide
    reasons.router,  # why a draft was rejected
    changes.router,  # a moderator asks for changes
    explaining.router,  # why a rule spoke, and that it should not have
    releasing.router,  # a senior lets through what a rule forbids
    publishing.router,  # mark as posted
    queue.router,  # what waits
    escalations.router,  # what is late
    pages.router,  # the pages and their updates
    freshness.router,  # nudges about quiet pages
    weekly.router,  # the weekly message of each office
    rules.router,  # the policy, explained
    trying.router,  # a text checked in private
    comparing.router,  # how two packs differ
    rule_stats.router,  # what becomes of the findings
    reloading.router,  # the packs read again
    periods.router,  # election, mourning, crisis
    administration.router,  # the office and its record
    guide.router,  # help
    forms.router,  # forms as conversations
    moves.router,  # chats that get a new id
    tidying.router,  # what is over is forgotten
)
