"""Taking a conversation offline: a private message to send, in the languages of a page.

It repeats nothing that the citizen wrote, and names official contacts only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """The message in one language; the second sentence only if there is a contact to name."""

    text: str
    contact: str


WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        "Hello, this is {office}. Thank you for telling us. We would like to look into it with "
        "you, and not in public, so that your details stay private. Please answer here in a "
        "private message, and do not post personal details in public. Our reference: {number}.",
        " You can also reach us at {contact}.",
    ),
    "bn": Wording(
        "নমস্কার, আমরা {office}। বিষয়টি জানানোর জন্য ধন্যবাদ। আপনার ব্যক্তিগত তথ্য যেন গোপন থাকে, সেজন্য আমরা "
        "প্রকাশ্যে নয়, ব্যক্তিগত বার্তায় আপনার সঙ্গে কথা বলতে চাই। অনুগ্রহ করে এখানে ব্যক্তিগত বার্তায় উত্তর দিন এবং "
        "ব্যক্তিগত তথ্য প্রকাশ্যে লিখবেন না। আমাদের সূত্র নম্বর: {number}।",
        " আপনি এখানেও যোগাযোগ করতে পারেন: {contact}।",
    ),
    "fr": Wording(
        "Bonjour, ici {office}. Merci de nous en avoir informés. Nous souhaitons en parler avec "
        "vous en privé, afin que vos données restent confidentielles. Répondez-nous ici en "
        "message privé, s'il vous plaît, et ne publiez pas de données personnelles. Notre "
        "référence : {number}.",
        " Vous pouvez aussi nous joindre ici : {contact}.",
    ),
}
FALLBACK = "en"


def languages(wanted: Collection[str]) -> list[str]:
    """List the languages of a page in which there is a message; English if there is none."""
    return [each for each in wanted if each in WORDINGS] or [FALLBACK]


def private_message(language: str, *, office: str, number: int, contact: str = "") -> str:
    """Write the message in a language."""
    wording = WORDINGS[language]
    text = wording.text.format(office=office, number=number)
    return text + (wording.contact.format(contact=contact) if contact else "")
