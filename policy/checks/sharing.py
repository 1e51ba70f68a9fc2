"""Sharing what others posted: whose accounts an office may lend its voice to."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.findings import Post, Severity
from policy.handles import handle_of, words_of
from policy.terms import Entries
from policy.texts import Reading

ELECTION = "election"


@check_if(declared=Post.is_repost)
def partisan_share(
    reading: Reading,
    *,
    parties: Entries,
    politicians: Entries,
    partners: Entries,
    rescuers: Entries,
) -> Iterator[Passage]:
    """Object to posts of accounts that are neither in the directory nor among `partners`.

    Accounts of parties are worse. In an election period those of politicians may not be shared
    even if they are listed. The lists hold names of accounts, and words that such names hold.
    """
    account = reading.post.repost_of.strip()
    if not account:
        return
    handle = handle_of(account)
    words = set(words_of(handle))
    is_listed = f"@{handle.lower()}" in reading.directory.handles
    passage = Passage(fields={"account": account})
    if ELECTION in reading.post.periods and words & politicians:
        yield passage
    elif is_listed:
        return
    elif words & parties:
        yield Passage(fields={"account": account}, severity=Severity.BLOCK)
    elif not words & (partners | rescuers):
        yield passage
