"""The scenes of the guided week."""

from bot.demo.week import Scene, Week

CARD = "Road tax can be paid at every post office. If it fails, use card 4111 1111 1111 1111."
MENDED = "Road tax can be paid at every post office. If it fails, call 333."
PHONE = "Bridge toll passes are free for ambulances. Call Rafiq on +880 1812-345678."
EARLY = "The new ring road opens on Friday. Come and see it!"
FERRY = "The ferry runs every 30 minutes during the book fair."

POSTING = "Amina posts it by hand, as her office always did, and gives the bot the link."
SENIOR = "Two of three have approved now, but no senior yet. Chen is one."
SAMOA = "Sina, in Samoa, files the very same words. There, such a number is never let through."
ASKED = "Bo rejects with an emoji, so the bot asks him for the reason in private."
ONE_REASON = "Chen may add her own reason; she closes the form."
OFFICE_HOURS = (
    "It is 14:00. Bo votes at once; Chen and Dara do not. Three hours are left until the office "
    "closes at 17:00, so four working hours are over tomorrow at 10:00."
)
VOTED = "Chen asks for the draft, and approves. With Bo that makes two."
NEWS = "The website did have news. Lee says so with the button, and it counts: one of two."
LAST_DAY = "Nothing more comes. Thursday is the last working day before the week ends."


def files(week: Week, purpose: str, text: str) -> None:
    """Let Amina file a draft with Slack's form."""
    week.do("amina: /draft")
    week.asked("amina", "New draft")
    week.do(f"amina: answer page=Works on Facebook purpose={purpose} text={text}")


def card_number(week: Week) -> None:
    """A card number is stopped before anybody else sees it, and mended."""
    files(week, "service-info", CARD)
    week.heard("amina", "Draft 1 cannot go to the moderators yet", on="slack")
    week.heard("amina", "must be changed", on="slack")
    week.spared("bo", "Draft 1")
    blocked = week.newest("amina", "Draft 1 cannot go", button="Change the text")
    week.do(f"amina: press {blocked} Change the text")
    week.do(f"amina: answer {MENDED}")
    week.heard("amina", "Draft 1 for Works on Facebook is with the moderators", on="slack")
    week.heard("bo", "Draft 1 for Works on Facebook", on="slack")
    week.heard("dara", "Draft 1 for Works on Facebook", on="telegram")


def approval(week: Week) -> None:
    """Two of three approve, one on each platform; the author hears on both."""
    week.do("wait 30m")
    week.do(f"bo: 👍 {week.card(1, reader='bo')}")
    week.heard("bo", "1 of 2 approvals", on="slack")
    week.heard("dara", "1 of 2 approvals", on="telegram")
    week.do(f"dara: approve {week.card(1, reader='dara')}")
    week.heard("amina", "is approved by Bo and Dara", on="slack")
    week.heard("amina", "is approved by Bo and Dara", on="telegram")
    week.heard("bo", "is approved by Bo and Dara", on="slack")
    week.tells(POSTING)
    approved = week.newest("amina", "Draft 1 for", button="Mark as posted", on="slack")
    week.do(f"amina: press {approved} Mark as posted")
    week.asked("amina", "posted")
    week.do("amina: answer https://facebook.example/works/posts/1")
    week.heard("amina", "Draft 1 counts as an update of Works on Facebook", on="slack")
    week.heard("bo", "Draft 1 was posted by Amina", on="slack")


def private_phone(week: Week) -> None:
    """A private phone number needs a senior in one office, and is refused in the other."""
    week.do("wait until mon 09:00")
    week.do("amina@telegram: /draft")
    for choice in ("Works on Facebook", "Service information"):
        question = week.newest("amina", "?", button=choice, on="telegram")
        week.do(f"amina: press {question} {choice}")
    week.do(f"amina@telegram: {PHONE}")
    question = week.newest("amina", "When is it wanted?", button="Skip", on="telegram")
    week.do(f"amina: press {question} Skip")
    question = week.newest("amina", "Pictures", button="Go on", on="telegram")
    week.do(f"amina: press {question} Go on")
    week.heard("amina", "needs a senior's approval", on="telegram")
    week.heard("bo", "One approval must come from a senior", on="slack")
    week.do(f"bo: approve {week.card(2, reader='bo')}")
    week.do(f"dara: 👍 {week.card(2, reader='dara')}")
    week.heard("dara", "2 of 2 approvals", on="telegram")
    week.spared("amina", "is approved")
    week.tells(SENIOR)
    week.do(f"chen: ✅ {week.card(2, reader='chen')}")
    week.heard("amina", "is approved by Bo, Chen and Dara", on="telegram")
    week.tells(SAMOA)
    week.do(f"sina: /draft {PHONE}")
    week.heard("sina", "Draft 3 cannot go to the moderators yet", on="telegram")
    week.spared("tavita", "Draft 3")


def rejection(week: Week) -> None:
    """Two moderators reject; each is asked why, and the author is told."""
    week.do("wait until tue 11:00")
    files(week, "event", EARLY)
    week.heard("bo", "Draft 4 for Works on Facebook", on="slack")
    week.tells(ASKED)
    week.do(f"bo: 👎 {week.card(4, reader='bo')}")
    invited = week.newest("bo", "Draft 4: why?", button="Answer")
    week.do(f"bo: press {invited} Answer")
    week.asked("bo", "Draft 4: why?")
    week.do("bo: answer reason=facts words=The opening has moved to Sunday.")
    week.do(f"chen: reject {week.card(4, reader='chen')}")
    for platform in ("slack", "telegram"):
        week.heard("amina", "is rejected by Bo and Chen", on=platform)
        week.heard("amina", "The opening has moved to Sunday.", on=platform)
    week.asked("chen", "Draft 4: why?")
    week.tells(ONE_REASON)


def late_review(week: Week) -> None:
    """After four working hours, those who have not voted are reminded, and nobody else."""
    week.do("wait until tue 14:00")
    files(week, "service-info", FERRY)
    week.tells(OFFICE_HOURS)
    week.do(f"bo: 👍 {week.card(5, reader='bo')}")
    week.do("wait until wed 09:45")
    week.spared("chen", "Your vote is missing")
    week.do("wait 15m")
    week.heard("chen", "Your vote is missing", on="slack")
    week.heard("dara", "Your vote is missing", on="telegram")
    week.spared("bo", "Your vote is missing")
    week.tells(VOTED)
    reminder = week.newest("chen", "Your vote is missing", button="Show me the draft")
    week.do(f"chen: press {reminder} Show me the draft")
    week.do(f"chen: approve {week.card(5, reader='chen')}")
    week.heard("amina", "is approved by Bo and Chen", on="slack")


def quiet_page(week: Week) -> None:
    """The owner of a page without news gets a hint, then a warning."""
    week.do("amina@telegram: /page updated https://facebook.example/works/posts/2")
    week.heard("amina", "2 of 2 this week", on="telegram")
    week.do("wait until wed 12:00")
    week.heard("lee", "Half the week is over", on="slack")
    week.spared("amina", "Half the week is over")
    week.tells(NEWS)
    hint = week.newest("lee", "Half the week is over", button="Updated: Works website")
    week.do(f"lee: press {hint} Updated")
    week.heard("lee", "1 of 2 this week", on="slack")
    week.tells(LAST_DAY)
    week.do("wait until thu 09:00")
    week.heard("lee", "The week is nearly over", on="slack")
    week.spared("amina", "The week is nearly over")


def weekly_message(week: Week) -> None:
    """The office's week begins: its moderators read how its pages did."""
    week.do("wait until sun 09:00")
    week.heard("bo", "Ministry of Works: your pages", on="slack")
    week.heard("bo", "Works on Facebook (Facebook): 2 of 2 updates last week", on="slack")
    week.heard("bo", "Works website (Website): 1 of 2 updates last week", on="slack")


SCENES = (
    Scene(
        "Sunday: a card number",
        "Amina writes a post in Slack. Its card number is stopped before anybody else sees it; "
        "she mends the text, and the moderators get it: Bo and Chen in their Slack channel, "
        "Dara, who only uses Telegram, in private.",
        card_number,
    ),
    Scene(
        "Sunday: two of three approve, on two platforms",
        "Bo approves with an emoji on Slack, Dara with a button on Telegram. Amina has an "
        "account on both, and hears on both.",
        approval,
    ),
    Scene(
        "Monday: a private phone number, in two offices",
        "A second office, in Samoa, shares this installation; its week begins while Dhaka sleeps. "
        "In the morning Amina writes from Telegram, which asks question by question. Her post "
        "gives a private number: in her office, only a senior may let that pass.",
        private_phone,
    ),
    Scene(
        "Tuesday: a rejection, with its reason",
        "Amina announces something too early. Two of three reject it, so it can no longer be "
        "approved. A rejection always comes with a reason.",
        rejection,
    ),
    Scene(
        "Tuesday and Wednesday: nobody reviews",
        "A draft waits. After four hours of the office's working time the bot reminds those who "
        "have not voted, in private, and nobody else. (Next would be the seniors, then the lead.)",
        late_review,
    ),
    Scene(
        "Wednesday and Thursday: a page goes quiet",
        "Each page is to have two updates a week. Amina reports a second one for Facebook; the "
        "website has none. When half the week is over, its owner, Lee, gets a hint.",
        quiet_page,
    ),
    Scene(
        "Sunday: the weekly message",
        "Friday and Saturday are the weekend in Bangladesh: nobody is told anything. When the "
        "next week begins, the moderators' channel reads how its pages did.",
        weekly_message,
    ),
)
