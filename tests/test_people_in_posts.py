"""Patients and children who can be recognised, and posts in which nobody can."""

import pytest

from policy import library
from policy.entries import Example
from policy.rules import examine
from tests.finding import PACKS, finds


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "The 42-year-old bus driver from Vaitele who died on Sunday had leptospirosis"),
        ("common", "Our new clerk at the Anse Royale office is HIV positive"),
        ("common", "A pupil at Ballycastle Primary has meningitis"),
        ("common", "Mr Hoareau, the postman in Takamaka, tested positive for Covid"),
        ("common", "A fisherman, 56, from Praslin was diagnosed with cholera"),
        ("common", "The daughter of our councillor in Holt has measles"),
        ("common", "A mother of two from Salelologa is in hospital with dengue fever"),
        ("common", "The headteacher of Kilmarra School is off work with depression"),
        ("common", "রামপুর গ্রামের এক শিক্ষিকা ডেঙ্গুতে আক্রান্ত হয়েছেন"),
        ("common", "৪৫ বছর বয়সী এক রিকশাচালক নিপাহ ভাইরাসে মারা গেছেন, বাড়ি নাটোর গ্রামে"),
        ("common", "A nurse, 29, at Motootua caught measles"),
        ("common", "A 7-year-old boy from Satupaitea died of measles yesterday"),
        ("common", "Typhoid has been confirmed in a 34-year-old teacher from Lotofaga"),
        ("common", "Tavita, 52, the security guard at our Apia office, died of Covid"),
        ("common", "The only midwife in Falelatai has tuberculosis"),
        (
            "common",
            "A 19-year-old waitress at the Beau Vallon hotel tested positive for hepatitis A",
        ),
        ("common", "Pastor Sione's wife was admitted with typhoid"),
        ("common", "One of our receptionists at the Holt library has mumps"),
        ("common", "A market vendor from Fugalei, aged 44, is infected with measles"),
        ("common", "The councillor's son in Kilmarra is being treated for leukaemia"),
        ("common", "কাপাসিয়া গ্রামের ১২ বছরের এক ছাত্রী হামে আক্রান্ত"),
        ("common", "An 81-year-old grandmother from Anse Boileau passed away from Covid-19"),
        ("common", "Mrs Chetty from the post office has breast cancer"),
        ("common", "A taxi driver from Victoria, 38, is HIV positive"),
        ("common", "The Year 4 teacher at Hillside Primary is off sick with scabies"),
    ],
)
def test_a_patient_is_recognised(pack, text):
    assert finds("identifiable-health-case", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Minister visited the dengue ward in Apia",
        "Dr Naseri said three patients in Apia have typhoid",
        "A clinic for diabetes opens in Holt on Monday",
        "Anyone aged 40 to 74 in Leeds can have a free check for stroke risk",
        "Two new cases of measles in Greater Manchester",
        "Professor Ann Lee, who leads cancer research in Leeds, retires",
        "Teacher Ana Leota, 34, won a prize in Lotofaga",
        "If your child has measles, keep them at home",
        "A man from Holt, 34, has been charged with theft",
        "Our driver Tom will bring flu jabs to Praslin",
        "Savai'i has dengue. Clean your yard",
        "Cases of dengue in Sylhet rose to 340",
        "A woman has been arrested in Leeds",
        "Join teacher Ana at the Holt diabetes walk",
        "People with asthma in Leeds should stay in",
        "The Health Minister has cancer plans for Wales",
        "Mary Seacole, a nurse from Jamaica, treated cholera patients",
        "Covid has changed how our office in Holt works",
        "Dr Payet from Victoria hospital explains what diabetes is",
        "A free flu jab: ask your nurse in Holt",
        "World AIDS Day: the Mayor of Leeds lights a candle",
    ],
)
def test_a_patient_is_not_recognised(text):
    assert not any(finds("identifiable-health-case", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "Well done Ella Marsh (10) of Year 5 at Hillside Primary School"),
        ("common", "Ella, 10, from Hillside Primary, rang the bell"),
        ("common", "Ten-year-old Ella Marsh of Hillside Primary won"),
        ("common", "Schoolgirl Ella Marsh of Mill Road was rescued"),
        ("common", "Year 3 pupil Aisha Khan drew this poster at Park Lane Academy"),
        ("common", "Jack is 6 and goes to St Anne's School"),
        ("common", "Sefo Tuala, 11, plays for Apia Rovers"),
        ("common", "Congratulations to Grade 4 student Nadia Rahman of Gazipur Girls School"),
        ("common", "Little Noah Brown, aged 4, attends Sunshine Nursery"),
        ("common", "Marie Payet, 12 ans, élève à l'école de Beau Vallon"),
        ("common", "আমাদের চ্যাম্পিয়ন শিশু সাদিয়া (৮), শাপলা বিদ্যালয়"),
        ("common", "Meet Lucy Grant, who is 9 and walks to Oakfield School every day"),
        ("common", "Our young reporter Omar Said, 13, from Castle Academy"),
        ("common", "Poster winner: Mia Wong (Year 2, Hill Top Infants)"),
        ("common", "Leilani Afoa, age 10, Vaivase Primary School"),
        ("common", "Pupil Jake Moss of Station Road found the cat"),
        ("common", "8-year-old Tia helps her gran on Mill Lane"),
        ("common", "Toddler Max Green was found on Church Street"),
        ("common", "Grade 3 student Farhan Ahmed of Uttara Model School won the quiz"),
        ("common", "Kevin Hoarau, 14, striker for Praslin Rangers"),
        ("common", "Ava, a Year 1 pupil at St John's Primary School, loves our bus"),
    ],
)
def test_a_child_is_recognised(pack, text):
    assert finds("child-identified", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "St Mary's Primary School is 50 years old",
        "Children aged 9 can join at Holt Library",
        "Grade 5 exams start at Victoria School on 9 March",
        "Tom Boyd, 41, coaches Kilmarra Rovers",
        "Year 6 pupils of Holt Primary planted trees",
        "Room 7, Holt Primary School, 9am",
        "Route 9, Quay Road, is closed",
        "Congratulations to Holt Primary, 8, and Cromer Primary, 6, for the prizes",
        "The children's ward is on level 5, Mill Road",
        "Ages 5, 6 and 7: join the Holt Swimming Club",
        "Storm Ruby, 9 March: High Street is closed",
        "Conor, 8, drew our poster",
        "Polls close at Mill Lane School, 10pm",
        "Mill Lane Primary School: Year 4 trip on Friday",
        "Sarah Jones, head of Oakfield School, has served 9 years",
        "Minister Lee, 9 March, Castle Academy",
        "Free meals for children aged 5 at Holt Primary School",
        "Lot 5, Station Road is for sale",
        "Under 11s: Holt Rovers 3, Cromer United 2",
        "Queen Elizabeth School is 12 today",
        "Bus 4 stops at School Road",
        "Three lifeboats left Quay Road, 9 crew on board",
        "Pupils of Year 5 at Castle Academy sang",
        "Ruby, 7, likes our new slide",
        "Windows 11, School of Computing: free course",
    ],
)
def test_a_child_is_not_recognised(text):
    assert not any(finds("child-identified", pack, text) for pack in PACKS)


NAMED = "Ruby Collins, 9, of St Mary's Primary, won"


@pytest.mark.parametrize(
    ("consent", "severities"),
    [
        ("", ["block"]),
        ("verbal", ["block"]),
        ("form 2026-014", ["info"]),
    ],
)
def test_written_consent_makes_a_childs_name_a_tip(consent, severities):
    picture = {"type": "image", "alt": "A girl with a cup", "consent": consent}
    post = Example.model_validate({"text": NAMED, "attachments": [picture]}).post()
    found = examine(post, library.load()).findings
    assert [str(each.severity) for each in found if each.rule == "child-identified"] == severities


def test_a_child_named_only_in_an_alt_text_is_found():
    about = {"attachments": [{"type": "image", "alt": NAMED}]}
    assert finds("child-identified", "common", "Our winner", **about)


def test_a_warning_does_not_carry_a_childs_name():
    post = Example.model_validate({"text": NAMED, "purpose": "warning"}).post()
    found = examine(post, library.load()).findings
    assert [str(each.severity) for each in found if each.rule == "child-identified"] == ["block"]
