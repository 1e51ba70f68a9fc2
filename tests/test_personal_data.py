"""Telephone numbers, e-mail addresses and accounts where only the directory counts."""

import time

import pytest

from policy import library
from policy.rules import Finding, Post, review

#: Seconds that no linear search needs for 40,000 characters, on the slowest of machines.
SLOWEST = 2.0


def found(text: str, *packs: str, **post: object) -> list[Finding]:
    return list(review(Post(text, **post), library.load(packs)))  # type: ignore[arg-type]


def kinds(text: str, *packs: str, **post: object) -> list[tuple[str, str]]:
    return [(each.kind, each.found) for each in found(text, *packs, **post)]


@pytest.mark.parametrize(
    "number",
    [
        "+44 20 7946 0018",
        "+44(0)161 496 0137",
        "0044 161 496 0137",
        "(0161) 496 0137",
        "0161-496-0137",
        "01632 960 137",
        "+1 212 555 0137",
        "(212) 555-0137",
        "212-555-0137",
        "212.555.0137",
        "1-800-555-0137",
        "001-212-555-0137x4821",
        "212-555-0137 ext. 12",
        "+1-212-555-0137x48215",
        "01 99 00 12 37",
        "01.99.00.12.37",
        "+33 (0)1 99 00 12 37",
        "+49 (0) 30 23125137",
        "030 23125137",
        "(030) 23125137",
        "+34 612 34 51 37",
        "+91 98765 01237",
        "098765 01237",
        "+880 1712-000137",
        "০১৭১২-০০০১৩৭",
        "+৮৮০ ১৭১২ ০০০১৩৭",
        "(02) 5550 0137",
        "0491 570 137",
        "+61 491 570 137",
        "021 555 0137",
        "+64 21 555 0137",
        "+685 72 12345",
        "+248 2 510 137",
    ],
)
def test_a_number_of_any_country_is_found_by_its_shape(number):
    text = f"For the north of the island: {number}, every day"
    assert kinds(text, "directory-only") == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "Call me at {}",
        "Please call or text us before Friday: {}",
        "Phone: {}",
        "Phone:\n{}",
        "Tel. {}",
        "Mobile no: {}",
        "WhatsApp {} for help",
        "Our fax is {}",
        "You can ring {} from eight",
        "{} fax",
        "{}-Office\\, second floor",
        "যোগাযোগের জন্য ফোন {}",
        "Appelez le {} dès lundi",
        "Telefonn lo {} pour en randevou",
        "My number is {}",
        "Contact: {}",
    ],
)
@pytest.mark.parametrize("number", ["2125550137", "0212555137", "212 555 0137", "5550137"])
def test_a_word_beside_a_number_says_that_it_is_a_telephone(text, number):
    assert kinds(text.format(number), "directory-only") == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "Call 333, 999 or 16263",
        "Call 111 from 1 March 2026 to 31 March 2026",
        "Call for tenders 2026030144",
        "Call before 31.03.2026 or 2026-03-31",
        "Ring the desk 2024-2025",
        "Open 09.00-17.30 and 0900-1730",
        "Tender 2026 0301 4411 0098",
        "Order 4500123456 and invoice 0012345678",
        "Case CR-2034119 and file 12/345678",
        "ISBN 978 0 306 40615 7, ISBN 0-306-40615-2",
        "ISSN 2049-3630",
        "The call raised 1 250 000 rupees and 1,250,000 taka",
        "Phone users rose from 1250000 people to 1900000 people",
        "We are at -13.8333, -171.7667",
        "Version 10.15.7.1234 and 2.0.1.55",
        "Flights FJ 253 and 100200300",
        "Use #Covid2019202020 today",
        "Bus 12, 14, 22, 103, 104, 105",
        "2019: 120 345, 2020: 130 456, 2021: 140 567",
        "Rs 12345678 was paid to 123456 homes",
        "The code of practice 2026/27",
        "The office registered 1234567 voters",
        "Contact points rose to 1234567 in 2026",
        "Write to @works and mina@works",
        "Vote between 07:00 and 20:00 on 04/05/2026",
        "https://example.gov.ws/2125550137",
    ],
)
def test_other_numbers_pass(text):
    assert [each for each in kinds(text, "directory-only") if each[0] in ("phone", "email")] == []


def test_the_directory_lets_a_number_pass_in_any_way_of_writing():
    directory = ("(0161) 496-0137", "+44 20 7946 0018")
    text = "Call 0161 496 0137 or +442079460018"
    assert kinds(text, "directory-only", directory=directory) == []


@pytest.mark.parametrize(
    ("text", "kind", "passage"),
    [
        ("My card 3530111333300000 is lost", "card", "3530111333300000"),
        ("Diners 30569309025904 works too", "card", "30569309025904"),
        ("Bill the cc 676770000013 now", "card", "676770000013"),
        ("The credit card 4111 1111 1111 1112 was used", "card", "4111 1111 1111 1112"),
        ("Send it to DE89 3704 0044 0532 0130 00", "iban", "DE89 3704 0044 0532 0130 00"),
        ("The IBAN is GB82WEST1234569876543", "iban", "GB82WEST1234569876543"),
        ("A money transfer from BD21ABCD123456789 came", "iban", "BD21ABCD123456789"),
        ("Bank account number SBIN01234567890", "account", "SBIN01234567890"),
        ("Account no. 12345678, sort code 20-00-00", "account", "12345678, sort code 20-00-00"),
    ],
)
def test_a_finding_says_what_kind_of_account_it_is(text, kind, passage):
    assert kinds(text) == [(kind, passage)]


@pytest.mark.parametrize(
    "text",
    [
        "Card 2026 0301 4411 0099 is the tender",
        "Serial 4111 1111 1111 1112",
        "The account of 2025 shows 12 345 678 rupees",
        "Form GB82WEST12 is new",
        "Transfer AB12 of 2026",
    ],
)
def test_what_only_resembles_an_account_passes(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "address", ["info@works.gov.ws", "Jane_Hollis@post.example", "mina.pay@oksbi"]
)
def test_every_address_has_to_be_in_the_directory(address):
    assert kinds(f"Write to {address}.", "directory-only") == [("email", address)]
    assert not kinds(f"Write to {address}.", "directory-only", directory=(address,))


@pytest.mark.parametrize(
    "part",
    [
        "1 ",
        "1-",
        "1.",
        "(1",
        "+1",
        "1:",
        "123 ",
        "1.2.3.4 ",
        "::1 ",
        "call 12345678 ",
        "GB82WEST1234 ",
        "4111 ",
        "a@b.co ",
        "a@oksbi ",
        "1 Mill Road ",
        "Weg-",
        "Mill ",
        "বাসা ৫, ",
        "Hi Mark your appeal CR-1 ",
        "comment your NID ",
        "password is ",
    ],
)
def test_a_hostile_text_takes_no_longer_than_it_is_long(part):
    started = time.process_time()
    found(part * (40_000 // len(part)), "directory-only", region="GB", reply=True)
    assert time.process_time() - started < SLOWEST
