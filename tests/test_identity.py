"""Identity, tax and health numbers."""

import pytest

from policy import library
from policy.rules import Post, review


def passages(text: str, *packs: str, **post: object) -> list[str]:
    found = review(Post(text, **post), library.load(packs))  # type: ignore[arg-type]
    return [each.found for each in found if each.kind == "national-id"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Your NHS number is 943 476 5919", "943 476 5919"),
        ("NHS no. 9434765919 is linked", "9434765919"),
        ("The patient 943 476 5919 was moved", "943 476 5919"),
        ("NI number: AB123456C", "AB123456C"),
        ("AB 12 34 56 C was on the letter", "AB 12 34 56 C"),
        ("Her National Insurance number is ZZ 457769 T", "ZZ 457769 T"),
        ("SSN 521-44-9381", "521-44-9381"),
        ("521-44-9381 is in the file", "521-44-9381"),
        ("A social security number of 521449381", "521449381"),
        ("SSN (XXX-XX-2418)", "XXX-XX-2418"),
        ("ITIN 900-70-1234", "900-70-1234"),
        ("EIN 94-2841936", "94-2841936"),
        ("The federal tax ID number is 94-2841936", "94-2841936"),
        ("TIN 10-4938121 for the shop", "10-4938121"),
        ("Aadhaar 2341 2341 2346", "2341 2341 2346"),
        ("his Aadhar number '98765400000072'", "98765400000072"),
        ("PAN: ABCPD1234F", "ABCPD1234F"),
        ("the PAN card number 'RAVMAN788KL'", "RAVMAN788KL"),
        ("passport number XG9382048", "XG9382048"),
        ("Passport LP5048338 was found", "LP5048338"),
        ("driver's license K932-778-3841", "K932-778-3841"),
        ("driver’s licence number DL:AB12-34CD-57EF", "AB12-34CD-57EF"),
        ("Voter ID ABC1234567", "ABC1234567"),
        ("NID 1987654321", "1987654321"),
        ("এনআইডি নম্বর ১৯৮৭৬৫৪৩২১০৯৮", "১৯৮৭৬৫৪৩২১০৯৮"),
        ("জাতীয় পরিচয়পত্র ১৯৮৭৬৫৪৩২১০৯৮৭৬৫৪", "১৯৮৭৬৫৪৩২১০৯৮৭৬৫৪"),
        ("১৯৮৭৬৫৪৩২১ নম্বর এনআইডি", "১৯৮৭৬৫৪৩২১"),
        ("NIN 987-1234-1-0-56", "987-1234-1-0-56"),
        ("Son numéro de sécurité sociale : 255081416802538", "255081416802538"),
        ("His identity number is A1206801234567", "A1206801234567"),
        ("DNI 12345678Z", "12345678Z"),
        ("CA DL A1234567", "A1234567"),
        ("Voter card XGH1234567", "XGH1234567"),
        ("Tax file number 123 456 782", "123 456 782"),
    ],
)
def test_a_number_of_a_person_is_found(text, number):
    assert passages(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Tender no. 2026030144 closes on 25 March",
        "ISBN 978 0 306 40615 7",
        "Call the passport office on 0300 222 0000",
        "For a Social Security number call 1-800-555-0137",
        "Call 020 7946 0018 about your National Insurance number",
        "Passport fees rise from 94500 to 120000 on 1 April 2026",
        "In 2025/26 the NHS saw 1,234,567 people and 250000 more in 2026",
        "Your tax return for 2025-2026 is due on 31-01-2027",
        "Passports: 48,000 issued in 2025, 52,000 in 2026",
        "NHS 111 and COVID-19: call before 20-03-2026",
        "Your pan is 24 cm wide. Serial 1234567890",
        "The account number 123-45-6789 is closed",
        "Case 123-45-6789 is closed",
        "জাতীয় পরিচয়পত্র সংশোধন চলবে ১ মার্চ ২০২৬ পর্যন্ত",
        "এনআইডি সেবার জন্য ০১৭১২৩৪৫৬৭৮ নম্বরে কল করুন",
        "We issued 1250000 cards in 2026",
        "https://example.gov.uk/943-476-5919",
    ],
)
def test_other_numbers_pass(text):
    assert passages(text) == []


def test_an_identity_number_is_a_block_that_a_warning_does_not_lower():
    found = review(Post("SSN 521-44-9381", purpose="warning"), library.load(()))
    assert (found[0].rule, found[0].severity) == ("national-id-number", "block")


def test_the_office_s_own_number_passes():
    assert not passages("Our tax ID is 94-2841936", directory=("94-2841936",))


@pytest.mark.parametrize(
    "text", ["NID " * 9000, "A1 " * 13000, "SSN 1-1" * 5000, "12 34 56 " * 4000]
)
def test_a_hostile_text_is_read_to_its_end(text):
    assert len(passages(text)) <= 50
