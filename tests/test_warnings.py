"""Warnings, emergency numbers and language versions: what is asked of them, and what is not."""

import pytest

from policy import library
from policy.findings import Finding, Post
from policy.languages import languages
from policy.rules import examine, review
from policy.texts import Reading


def found(rule: str, text: str, pack: str = "common", **post: object) -> list[Finding]:
    verdict = review(Post(text, **post), library.load((pack,)))  # type: ignore[arg-type]
    return [finding for finding in verdict if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Strong winds expected. Take care", "where, when and what to do"),
        ("High waves at Beau Vallon today", "what to do"),
        ("Floods from 3pm. Move to high ground", "where"),
        ("Landslide risk at Sans Souci. Avoid the road", "when"),
        ("Tsunami warning for all coasts. Leave the beach now", ""),
        ("River Main will flood by midnight. Move your cattle", ""),
        ("Thunderstorms near Kilmarra until 9pm. Stay indoors", ""),
        ("Do not swim at Lalomanu until further notice", ""),
        ("Smoke in Quay Street. Close your windows", "when"),
        ("STORM TONIGHT. STAY INSIDE", "where"),
        ("Heavy rain on Monday. Stay alert", "where and what to do"),
        ("Warning from the Met Office for March. Stay indoors", "where and when"),
        ("Storm over the hill districts for the next 6 hours. Do not cross streams", ""),
        ("Flood in Apia. Move uphill. " + "The water is high. " * 300 + "Stay for 2 hours", ""),
        ("The dam will open. We do not know when", "where, when and what to do"),
        ("ভোলায় জলোচ্ছ্বাস। আশ্রয়কেন্দ্রে যান", "when"),
        ("তিস্তার পানি বাড়ছে। সকাল ৯টার আগে নিরাপদ স্থানে যান", ""),
        ("বন্যা হতে পারে। সাবধানে থাকুন", "where, when and what to do"),
        ("Inondations à Victoria jusqu'à 18h. Évitez la ville", ""),
        ("Vents violents demain. Restez vigilants", "where and what to do"),
        ("Loumaj lo Praslin ziska 18h. Pa al dan lanmer", ""),
        ("Galulolo i Aleipata nei. Alu i luga o le mauga", ""),
        ("O le afa o le a sau taeao", "where and what to do"),
    ],
)
def test_a_warning_says_where_when_and_what_to_do(text, missing):
    says = [each.say for each in found("warning-incomplete", text, purpose="warning")]
    wanted = f"People need to know where, when and what to do. Missing: {missing}."
    assert says == ([wanted] if missing else [])
    assert not found("warning-incomplete", text, purpose="service-info")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gales tonight and tomorrow", ["tonight", "tomorrow"]),
        ("Gales tonight, 2 March", []),
        ("Gales tonight (2026-03-02)", []),
        ("Gales in the next two hours", ["in the next two hours"]),
        ("Gales until further notice", []),
        ("Gales now", []),
        ("Gales on Monday", []),
        ("আগামীকাল ঝড় হবে", ["আগামীকাল"]),
        ("৩ মার্চ আগামীকাল ঝড় হবে", []),
        ("Siklonn demen", ["demen"]),
        ("Cyclone cette nuit", ["cette nuit"]),
        ("Afa i le po nei", ["po nei"]),
    ],
)
def test_a_warning_names_the_date(text, words):
    assert [each.found for each in found("warning-relative-time", text, purpose="warning")] == words
    assert not found("warning-relative-time", text, purpose="event")


@pytest.mark.parametrize(
    ("pack", "text", "numbers"),
    [
        ("uk", "Call 911 if you see smoke", ["911"]),
        ("uk", "Dial the police on 110.", ["110"]),
        ("ni", "Ring 000 or 911", ["000", "911"]),
        ("ni", "Dial 999, 112 or 911", ["911"]),
        ("uk", "In an emergency text 999, for advice call 111", []),
        ("uk", "We called 911 homes", []),
        ("uk", "Call 100 volunteers", []),
        ("uk", "Call 2 510 911 today", []),
        ("uk", "Call +911", []),
        ("uk", "Call 911 22 33", []),
        ("bd", "কল করুন ৯১১ ২২", []),
        ("uk", "On 9 March 911 calls were made", []),
        ("uk", "Never call 911 from a British phone", []),
        ("uk", "Don't wait, call 911", ["911"]),
        ("uk", "Dial 999 and not 911", []),
        ("uk", "Films say call 911. In fact dial 999", []),
        ("uk", "On holiday in Canada? Abroad you may have to call 911", []),
        ("bd", "আগুন দেখলে ৯১১-এ ফোন করুন", ["৯১১"]),
        ("bd", "৯৯৯ নম্বরে কল করুন", []),
        ("bd", "In an emergency call 112", ["112"]),
        ("bd", "Dial 333 for help", []),
        ("ws", "Vili le 119 pe a iai se afi", ["119"]),
        ("ws", "Call 995 for the ambulance", []),
        ("ws", "Call 999", ["999"]),
        ("sc", "Sonn 911 deswit", ["911"]),
        ("sc", "Appelez le 112", []),
        ("sc", "Composez le 118 en cas d'incendie", ["118"]),
        ("common", "Call 911", []),
    ],
)
def test_a_number_that_nobody_answers_here(pack, text, numbers):
    assert [each.found for each in found("wrong-emergency-number", text, pack)] == numbers


def test_the_right_numbers_are_named():
    [finding] = found("wrong-emergency-number", "Call 999", "ws", purpose="warning")
    assert finding.say == ("999 is not an emergency number here. Use 911, 994, 995 or 996.")
    assert finding.severity == "block"


def test_the_directory_adds_to_the_numbers():
    assert not found("wrong-emergency-number", "Call 911", "uk", directory=("911",))
    [finding] = found("wrong-emergency-number", "Call 911", directory=("997", "+685 24671"))
    assert finding.say == "911 is not an emergency number here. Use 997."


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("Do not call 911", "negation: “not”"),
        ("It is a myth that you can dial 911", "said beside it: “myth”"),
    ],
)
def test_what_excuses_a_number_is_shown(text, guard):
    [excused] = examine(Post(text), library.load(("uk",))).excused
    assert excused.guard == guard


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Stay in the house until the storm is over", {"en"}),
        ("Restez chez vous jusqu'à la fin de la tempête", {"fr"}),
        ("Reste dan lakour ziska letan i byen", {"crs"}),
        ("Nofo i totonu o le fale", {"sm"}),
        ("ঘরে থাকুন", {"bn"}),
        ("ঘরে থাকুন। Stay in the house and wait", {"bn", "en"}),
        ("Apia", set()),
    ],
)
def test_the_languages_of_a_text(text, spoken):
    assert languages(Reading(Post(text))) == spoken


@pytest.mark.parametrize(
    ("text", "post", "missing"),
    [
        ("Stay in the house", {}, ""),
        ("Stay in the house", {"languages_required": ("sm", "en")}, "Samoan"),
        ("Stay in the house", {"languages_required": ("sm", "en"), "versions": ("sm",)}, ""),
        ("Stay in the house", {"languages_required": ("bn", "sm")}, "Bangla and Samoan"),
        ("ঘরে থাকুন", {"languages_required": ("bn",)}, ""),
        ("Apia", {"languages_required": ("en",), "lang": "en"}, ""),
    ],
)
def test_a_warning_appears_in_every_required_language(text, post, missing):
    says = [each.say for each in found("missing-language-version", text, purpose="warning", **post)]
    assert says == ([f"Add the {missing} version, or link to it."] if missing else [])
    assert not found("missing-language-version", text, purpose="event", **post)


def test_an_office_requires_languages_of_all_its_pages(tmp_path):
    (tmp_path / "own.yaml").write_text(
        'pack: own\nversion: "2026-11-21"\ntitle: Own\nextends: ws\noverrides:\n'
        "  - {rule: missing-language-version, because: both are official,"
        " with: {required: [sm, en]},"
        " good: [{text: Stay in the house, purpose: event}]}\n",
        "utf-8",
    )
    rules = library.load(("own",), tmp_path)
    says = [each.say for each in review(Post("Stay in the house", purpose="service-info"), rules)]
    assert "Add the Samoan version, or link to it." in says
