"""Who you are: /me says it, and links a second account to you, or takes one away again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from handlers.chat import Button, Chat, Command, Kind, Line, Message, Press, Sender, Style, line
from handlers.context import STRANGER, Context, Refusal
from handlers.reading import BROKEN
from handlers.recount import recount
from handlers.router import Router
from policy import link_codes
from storage import links, people
from storage.models import Account, LinkCode, Person

router = Router()

WHO = "You are **{name}**."
ACCOUNT = "Account: {platform} {user}"
LINKED_HERE = "Account: {platform} {user} (linked by you; /me unlink takes it away)"
HERE = "This chat: {platform} {chat}"
WORK = "{office}: {roles}"
NO_ROLE = "You have no role in any office."
KNOWN_ELSEWHERE = "If I know you on another platform already: write /me link there."

CODE = "Your code: **{code}**"
HOW = (
    "On your other platform, send me **/me link {code}** (in Slack: /countersign me link {code}). "
    "It works once, and for {minutes} minutes. Show it to nobody: it makes an account yours."
)
NO_OFFICE = "You have no role in any office, so there is nothing to link an account to."
TOO_MANY_CODES = "You have asked for {most} codes within an hour. Ask again in {minutes} minutes."
TOO_MANY_MISSES = (
    "There were {most} wrong codes from this account within an hour. Try again in {minutes} "
    "minutes."
)
NOBODY = (
    "You are an anonymous administrator here, so I cannot tell whose account this is. Write to me "
    "in private."
)
WRONG = (
    "That code is not right, or not any more: it works once, and for ten minutes. Ask for a new "
    "one with /me link on the platform where I know you."
)
SAME_PLATFORM = "That code was made on {platform}. Use it on another platform."
ALREADY = "This account is yours already."
ANOTHERS = (
    "This account belongs to {name}, who has a role in an office. I cannot give it to somebody "
    "else: your administrator has to sort that out in the offices file."
)
HAS_ONE = (
    "{name} has an account on {platform} already: {user}. Take that one away first: with /me "
    "unlink if it was linked in chat, else your administrator does it in the offices file."
)
LINKED = "This account is now linked: you are **{name}** here as well. You still have one vote."
NEWS = (
    "The account **{platform} {user}** was linked to you. If this was not you: take it away with "
    "the button or /me unlink, and tell your administrator."
)
NEWS_FOR_ADMINS = "**{name}** linked a second account: {platform} {user}."

LIST = "Accounts that you have linked:"
NOTHING = (
    "You have linked no account. What stands in the offices file, your administrator changes there."
)
FILED = "The offices file gives you {platform} {user}: your administrator takes it away there."
LAST = "{platform} {user} is your only account, so it stays."
NOT_YOURS = "{platform} {user} is not linked to you any more."
UNLINKED = "The account {platform} {user} is not yours any more. Votes that you cast stay yours."
PARTED = "This account is not linked to {name} any more."
PARTED_FOR_ADMINS = "**{name}** took away their linked account {platform} {user}."
TAKE_AWAY = "Take away {platform} {user}"
NOT_ME = "This was not me: take it away"


@router.command("me")
def show_me(command: Command, ctx: Context) -> None:
    """Show who I think you are, your accounts and your roles."""
    person, chat = ctx.someone(command.by), command.chat
    lines = list(_known(ctx, person) if person else _unknown(command.by))
    if chat.id != command.by.user:  # a group: the offices file may want its id
        lines.append(line(HERE, platform=chat.platform, chat=chat.id))
    ctx.reply(Message(tuple(lines)))


def _unknown(by: Sender) -> Iterator[Line]:
    yield line(STRANGER, platform=by.platform, user=by.user)
    yield line(KNOWN_ELSEWHERE)


def _known(ctx: Context, person: Person) -> Iterator[Line]:
    yield line(WHO, name=person.name)
    for each in people.accounts(ctx.db, person):
        yield line(ACCOUNT if each.filed else LINKED_HERE, platform=each.platform, user=each.user)
    places = people.workplaces(ctx.db, person)
    for office, roles in places:
        yield line(WORK, office=office.name, roles=", ".join(sorted(roles)))
    if not places:
        yield line(NO_ROLE)


@router.command("me link")
def link(command: Command, ctx: Context) -> None:
    """Link your account on another platform: ask here, enter the code there."""
    if command.by.kind is not Kind.PERSON:
        raise Refusal(NOBODY)
    if command.text.strip():
        enter_code(ctx, command.by, command.text)
    else:
        give_code(ctx, command.by)


def give_code(ctx: Context, by: Sender) -> None:
    """Make a code, and show it to nobody but the one who asked. Only its digest is kept."""
    person = ctx.person()
    if not people.workplaces(ctx.db, person):
        raise Refusal(NO_OFFICE)
    asked = links.asked(ctx.db, person, ctx.now)
    if len(asked) >= link_codes.MOST_CODES:
        raise Refusal(TOO_MANY_CODES, most=link_codes.MOST_CODES, minutes=_wait(ctx, asked))
    code = link_codes.new()
    links.keep(ctx.db, code, person, by, ctx.now)
    ctx.record(person, "asked for a link code", _subject(person), platform=by.platform)
    minutes = int(link_codes.LIFE.total_seconds()) // 60
    ctx.reply(
        Message((line(CODE, code=code), line(HOW, code=code, minutes=minutes))), fleeting=True
    )


def enter_code(ctx: Context, by: Sender, typed: str) -> None:
    """Link the account that enters a code to the person who asked for it."""
    missed = links.misses(ctx.db, by, ctx.now)
    if len(missed) >= link_codes.MOST_MISSES:
        raise Refusal(TOO_MANY_MISSES, most=link_codes.MOST_MISSES, minutes=_wait(ctx, missed))
    code = links.find(ctx.db, typed, ctx.now) if link_codes.is_possible(typed) else None
    person = _asker(ctx, code) if code else None
    if code is None or person is None:
        links.miss(ctx.db, by, ctx.now)  # no refusal, which would undo that
        actor = ctx.someone(by) or f"{by.platform}:{by.user}"
        ctx.record(actor, "tried a wrong link code", "/me link", platform=by.platform)
        ctx.reply(WRONG)
        return
    refuse_if_not_theirs(ctx, by, code, person)
    left = ctx.someone(by)  # whose account it was, before they left
    was = left.name if left else ""
    links.link(ctx.db, code, by, ctx.now)
    ctx.record(
        person, "account linked", _subject(person), platform=by.platform, user=by.user, was=was
    )
    tell_of_link(ctx, by, person)
    follow(ctx, person)


def _asker(ctx: Context, code: LinkCode) -> Person | None:
    """Return who asked for a code, if they still are who they were then."""
    person = people.by_account(ctx.db, code.platform, code.user)
    if person is None or person.id != code.person_id:
        return None
    return person if people.workplaces(ctx.db, person) else None


def refuse_if_not_theirs(ctx: Context, by: Sender, code: LinkCode, person: Person) -> None:
    """Refuse to link an account on the same platform, somebody else's, or a second one there."""
    if code.platform == by.platform:
        raise Refusal(SAME_PLATFORM, platform=code.platform)
    owner = ctx.someone(by)
    if owner is not None and owner.id == person.id:
        raise Refusal(ALREADY)
    if owner is not None and people.workplaces(ctx.db, owner):
        raise Refusal(ANOTHERS, name=owner.name)
    for each in people.accounts(ctx.db, person):
        if each.platform == by.platform:
            raise Refusal(HAS_ONE, name=person.name, platform=each.platform, user=each.user)


def tell_of_link(ctx: Context, by: Sender, person: Person) -> None:
    """Tell both accounts, and those who look after the person's offices."""
    ctx.reply(LINKED, name=person.name)
    said = Message(
        (line(NEWS, platform=by.platform, user=by.user),),
        (Button(NOT_ME, "unlink", _value(by.platform, by.user), Style.DANGER),),
    )
    for each in people.accounts(ctx.db, person):
        if (each.platform, each.user) != (by.platform, by.user):
            ctx.say(Chat(each.platform, each.user), said)
    news = line(NEWS_FOR_ADMINS, name=person.name, platform=by.platform, user=by.user)
    tell_admins(ctx, person, Message((news,)))


@router.command("me unlink")
def list_linked(command: Command, ctx: Context) -> None:
    """List the accounts that you have linked, each with a button that takes it away."""
    linked = [each for each in people.accounts(ctx.db, ctx.person()) if not each.filed]
    if not linked:
        raise Refusal(NOTHING)
    buttons = [
        Button(
            TAKE_AWAY.format(platform=each.platform, user=each.user),
            "unlink",
            _value(each.platform, each.user),
        )
        for each in linked
    ]
    lines = [line(ACCOUNT, platform=each.platform, user=each.user) for each in linked]
    ctx.reply(Message((line(LIST), *lines), tuple(buttons)))


@router.press("unlink")
def unlink(press: Press, ctx: Context) -> None:
    """Take a linked account away. Whoever pressed a button twice hears that it is done."""
    person = ctx.person()
    platform, _, user = press.value.partition(".")
    if not platform or not user:
        raise Refusal(BROKEN)
    account = links.account(ctx.db, platform, user)
    if account is None or account.person_id != person.id:
        raise Refusal(NOT_YOURS, platform=platform, user=user)
    if account.filed:
        raise Refusal(FILED, platform=platform, user=user)
    if links.count(ctx.db, person) < 2:
        raise Refusal(LAST, platform=platform, user=user)
    take_away(ctx, person, account)


def take_away(ctx: Context, person: Person, account: Account) -> None:
    """Take an account away, tell everybody concerned, and let cards and forms follow."""
    platform, user = account.platform, account.user
    links.unlink(ctx.db, account)
    ctx.record(person, "account unlinked", _subject(person), platform=platform, user=user)
    ctx.reply(UNLINKED, platform=platform, user=user)
    ctx.say(Chat(platform, user), Message((line(PARTED, name=person.name),)))
    news = line(PARTED_FOR_ADMINS, name=person.name, platform=platform, user=user)
    tell_admins(ctx, person, Message((news,)))
    follow(ctx, person)


def tell_admins(ctx: Context, person: Person, said: Message) -> None:
    """Tell those who look after the offices of somebody, each once, and not the one concerned."""
    offices = [office for office, _ in people.workplaces(ctx.db, person)]
    admins = {admin.id: admin for office in offices for admin in people.admins(ctx.db, office)}
    for admin in admins.values():
        if admin.id != person.id:
            ctx.tell(admin, said)


def follow(ctx: Context, person: Person) -> None:
    """Let the open cards of somebody's offices follow: who needs a private copy has changed."""
    ctx.db.flush()
    recount(ctx, [office for office, _ in people.workplaces(ctx.db, person)])


def _wait(ctx: Context, moments: list[datetime]) -> int:
    """Count the minutes until the oldest of too many acts is no longer counted."""
    return ceil((moments[0] + link_codes.PERIOD - ctx.now) / timedelta(minutes=1))


def _subject(person: Person) -> str:
    return f"person:{person.id}"


def _value(platform: str, user: str) -> str:
    return f"{platform}.{user}"
