"""What of a complaint is shown where several people read it: personal data is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.checking import directory
from handlers.context import Context
from handlers.fitting import excerpt
from handlers.words import listed
from policy.complaints import HIDDEN, contacts, hidden, masked
from policy.rules import Post, objections
from storage import pages
from storage.models import Complaint, Office

LONGEST = 1200  # characters on the card; the rest is shown in private


@dataclass(frozen=True)
class Shown:
    """A citizen's words with what is personal hidden, and what that was."""

    text: str
    hidden: Sequence[str]  # “a phone number”
    is_cut: bool

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.hidden and not self.is_cut

    @property
    def what(self) -> str:
        """Say what is hidden."""
        return listed(self.hidden)


def of(ctx: Context, complaint: Complaint, office: Office) -> tuple[Shown, str]:
    """Return a citizen's words, and the link, which may hide something, too."""
    words = shown(ctx, complaint, office, complaint.text)
    if not complaint.link:
        return words, ""
    link = shown(ctx, complaint, office, complaint.link)
    kinds = list(dict.fromkeys((*words.hidden, *link.hidden)))
    return replace(words, hidden=kinds), link.text


def shown(ctx: Context, complaint: Complaint, office: Office, text: str) -> Shown:
    """Apply the office's own checks of personal data to some words, and hide what they find."""
    page = pages.get(ctx.db, complaint.page_id) if complaint.page_id is not None else None
    ours = (*directory(ctx, office), *(page.directory if page else ()))
    post = Post(
        text=text,
        platform=page.kind if page else "",
        now=complaint.made_at,
        timezone=office.timezone,
        directory=ours,
        region=office.country,
    )
    found = [*hidden(objections(post, ctx.rules(office))), *contacts(text, ours)]
    kinds = list(dict.fromkeys(HIDDEN[each.kind] for each in found))
    whole = masked(text, found)
    part = excerpt(whole, LONGEST)
    return Shown(part, kinds, is_cut=part != whole)
