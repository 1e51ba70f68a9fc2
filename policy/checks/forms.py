"""Forms that ask for personal details without saying why."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check
from policy.hosts import domains
from policy.terms import Cues, Entries, Phrases
from policy.texts import Reading
from policy.wording import NEGATED, Wording

#: So many requests, and so many details, are looked at.
MOST = 50


@check
def details_without_notice(
    reading: Reading,
    *,
    details: Cues,
    signing: Phrases,
    handing: Phrases,
    forms: Entries,
    purposes: tuple[str, ...],
    privacy: Phrases,
    negations: Phrases,
    negated_within: int = 4,
) -> Iterator[Passage]:
    """Object to asking for personal details, in the sentence that asks people to do something.

    In a post that links to a form this is signing up (`signing`) or handing over (`handing`); in
    one of the purposes, signing up alone. Where words, or a link, on `privacy` say what happens
    to the details, it passes.
    """
    if _links_to_a_form(reading, forms):
        asked = (*signing.of(reading), *handing.of(reading))
    elif reading.post.purpose in purposes:
        asked = signing.of(reading)
    else:
        return
    if privacy.of(reading) or any("privacy" in each.rest.lower() for each in reading.addresses):
        return
    scene = Wording(reading)
    for detail in details.of(reading)[:MOST]:
        action = next((each for each in asked[:MOST] if scene.together(each, detail, None)), None)
        if action is None:
            continue
        denied = scene.before(action, negations.of(reading), negated_within)
        start, end = reading.words[detail.first].start, reading.words[detail.last].end
        yield Passage(start, end, guard=NEGATED.format(words=scene.text(denied)) if denied else "")
        return


def _links_to_a_form(reading: Reading, forms: Entries) -> bool:
    """Tell whether a post links to a form: the host of a service, or with the path it has there."""
    for each in reading.addresses:
        path = each.rest.strip("/").partition("/")[0]
        known = domains(each.host)
        if not forms.isdisjoint(known | {f"{each.host}/{path}"}):
            return True
    return False
