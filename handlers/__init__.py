"""What the bot does: one module per feature.

`ROUTERS` is the table of contents. To add a feature, write a module and add a line.
"""

from handlers import (
    absence,
    accounts,
    administration,
    afterwards,
    appeal_chasing,
    appeals,
    attachments,
    changes,
    claiming,
    closing,
    comparing,
    complaint_chasing,
    complaint_steps,
    complaints,
    discussing,
    drafts,
    emergencies,
    escalations,
    evaluations,
    explaining,
    feeds,
    file_changes,
    forms,
    freshness,
    guide,
    handover,
    hearing,
    home,
    lockdown,
    moves,
    nominating,
    office_days,
    office_stats,
    offices,
    onboarding,
    ownerless,
    page_changing,
    page_register,
    pages,
    pausing,
    periods,
    praising,
    publishing,
    queue,
    reasons,
    releasing,
    reloading,
    report,
    rescheduling,
    reviews,
    revisions,
    rule_stats,
    rules,
    signing,
    tidying,
    training,
    trying,
    urgency,
    versions,
    weekly,
)

ROUTERS = (
    drafts.router,  # write, check, submit
    revisions.router,  # confirm, change, withdraw, send again
    attachments.router,  # pictures, clips and documents: shown, described, cleaned
    file_changes.router,  # files added to a draft, and taken out
    versions.router,  # one post in several languages
    reviews.router,  # vote, decide
    claiming.router,  # who looks at a draft
    reasons.router,  # why a draft was rejected
    changes.router,  # a moderator asks for changes
    appeals.router,  # objecting to a rejection
    hearing.router,  # deciding an appeal
    appeal_chasing.router,  # an appeal that waits too long
    explaining.router,  # why a rule spoke, and that it should not have
    releasing.router,  # a senior lets through what a rule forbids
    urgency.router,  # what cannot wait
    emergencies.router,  # a senior releases an urgent draft alone
    afterwards.router,  # and somebody else reviews that
    publishing.router,  # mark as posted
    rescheduling.router,  # the moment it is wanted at
    queue.router,  # what waits
    discussing.router,  # what is said below a card
    escalations.router,  # what is late
    absence.router,  # who is away, and who stands in
    pages.router,  # the pages and their updates
    page_register.router,  # a new page
    page_changing.router,  # what is known of a page
    pausing.router,  # nothing is expected of a page for a while
    handover.router,  # a page gets another owner
    closing.router,  # a page is not needed any more
    onboarding.router,  # the owner vouches for a page
    ownerless.router,  # a page without anybody who looks after it
    freshness.router,  # nudges about quiet pages
    feeds.router,  # what is new, read where the pages publish
    weekly.router,  # the weekly message of each office
    evaluations.router,  # every three months of a page, from the record
    signing.router,  # the lead signs it
    report.router,  # the figures of any days
    training.router,  # who was trained in what
    praising.router,  # a citizen's thanks, passed on
    complaints.router,  # a citizen's complaint, and the open ones
    complaint_steps.router,  # what is done about it
    complaint_chasing.router,  # one that waits too long
    nominating.router,  # what deserves a prize
    offices.router,  # how all offices stand
    rules.router,  # the policy, explained
    trying.router,  # a text checked in private
    comparing.router,  # how two packs differ
    rule_stats.router,  # what becomes of the findings
    reloading.router,  # the packs read again
    periods.router,  # election, mourning, crisis
    administration.router,  # the office and its record
    office_days.router,  # days off, working days, part days
    office_stats.router,  # how an office decides, in figures
    lockdown.router,  # stop, and go on
    home.router,  # all of mine on one page
    guide.router,  # help
    accounts.router,  # who you are, and your second account
    forms.router,  # forms as conversations
    moves.router,  # chats that get a new id
    tidying.router,  # what is over is forgotten
)
