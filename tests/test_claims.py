"""Rumours, promises, bare figures, medical advice: what is found, and what passes."""

import pytest

from policy import library
from policy.entries import Example
from policy.rules import examine
from tests.finding import PACKS, finds


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "We're hearing reports of an explosion at the port"),
        ("common", "Rumours of a fuel shortage are spreading"),
        ("common", "There are rumours that the minister has resigned"),
        ("common", "Reports, not yet verified, say the bridge fell"),
        ("common", "Someone told us the water is poisoned, share widely"),
        ("common", "It seems a boat sank, we don't know if it's true"),
        ("common", "Unconfirmed: three people missing off Praslin"),
        ("common", "Heard on WhatsApp that the dam broke"),
        ("common", "শুনলাম আগামীকাল স্কুল বন্ধ, সত্যি কি না জানি না"),
        ("common", "অসমর্থিত সূত্রে জানা গেছে, সেতু ভেঙে গেছে"),
        ("common", "Dimoun pe dir ki bato in koule"),
        ("common", "La rumeur court que l'école ferme"),
        ("common", "Hearing unconfirmed reports of shots at the market"),
        ("common", "Rumour: the bank will close tomorrow"),
        ("common", "Apparently the minister is resigning"),
        ("common", "Unverified video shows the bridge falling"),
        ("common", "They say a cyclone is coming, not sure if it is true"),
        ("common", "Word is that petrol will run out by Friday"),
        ("common", "We cannot confirm this but a plane may have crashed"),
        ("common", "শোনা গেছে পানিতে বিষ মেশানো হয়েছে"),
        ("common", "I ganny dir lapolis pou fer grev"),
        ("common", "On dit que le barrage a cédé"),
        ("common", "Forwarded message: aliens at the port, might be true"),
        ("common", "A friend of a friend saw a crocodile at Beau Vallon"),
    ],
)
def test_rumours_are_found(pack, text):
    assert finds("unverified-claim", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "We have no confirmed cases",
        "Results will be confirmed at 4pm",
        "Rumours about closures are untrue",
        "Stop rumours: check our website before you share",
        "The story that the bridge fell is fake",
        "Free hearing tests for children on Friday",
        "Police have not confirmed the number of injured",
        "Heard a rumour? Check with us first",
        "গুজব ছড়াবেন না, যাচাই করুন",
        "Confirmed: the school is closed",
        "The Minister confirmed the figures",
        "If you hear a rumour, check our page",
        "This video is fake",
        "No confirmed cases",
        "The claim is false",
        "Hearing loss: get a test",
        "Our hearing centre is open",
    ],
)
def test_rumours_put_right_pass(text):
    assert not any(finds("unverified-claim", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "This vaccine has no risk at all"),
        ("common", "Your data is 100% secure with us"),
        ("common", "Our new trams will never break down"),
        ("common", "We guarantee you will get an answer in a day"),
        ("common", "The water is absolutely safe"),
        ("common", "Polio has been completely eradicated"),
        ("common", "Power cuts will never happen again"),
        ("common", "The treatment is 100 per cent effective"),
        ("common", "The new dam is completely safe"),
        ("common", "টিকার কোনো পার্শ্বপ্রতিক্রিয়া নেই"),
        ("common", "নতুন সেতু শতভাগ নিরাপদ"),
        ("common", "Aucun risque pour les enfants"),
        ("common", "Zero risk of flooding from now on"),
        ("common", "There is absolutely no danger to anyone"),
        ("common", "The bridge is totally safe"),
        ("common", "This medicine is completely harmless"),
        ("common", "There is zero risk of infection"),
        ("common", "Every child is guaranteed to pass"),
        ("common", "Your money is 100% guaranteed with us"),
        ("common", "We can guarantee no more power cuts"),
        ("common", "The virus has been eradicated for good"),
        ("common", "The sea wall will never fail"),
        ("common", "Our app is 100% secure and reliable"),
        ("common", "It is perfectly safe to swim"),
        ("common", "100% effective against dengue"),
        ("common", "ভ্যাকসিনটি সম্পূর্ণ নিরাপদ"),
        ("common", "This system is foolproof"),
    ],
)
def test_promises_are_found(pack, text):
    assert finds("absolute-promise", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "We cannot promise 100% safety",
        "100% of schools have water",
        "No activity is completely free of risk",
        "Drivers must make sure the load is completely secure",
        "The Constitution guarantees the right to vote",
        "Is the vaccine 100% safe? No vaccine is",
        "Nothing is completely safe",
        "Loan guarantees for farmers open on Monday",
        "A 100% cotton uniform",
        "Take no risks near the river",
        "100% safe storage is not possible",
        "We aim to answer in a day",
        "The vaccine is safe",
        "No risk assessment form? Download one",
        "The risk is low",
        "Warranty and guarantee: know your rights",
        "Guaranteed minimum wage rises",
        "Safe routes to school",
        "How safe is the bridge? Completely safe bridges do not exist",
    ],
)
def test_promises_with_care_pass(text):
    assert not any(finds("absolute-promise", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "Crime fell by 12% last year"),
        ("common", "Road deaths are up 30 percent"),
        ("common", "Tourist arrivals increased 25% compared to 2024"),
        ("common", "Recycling has doubled since 2023"),
        ("common", "Applications tripled this year"),
        ("common", "62% fewer people smoke now"),
        ("common", "Complaints have been cut by half"),
        ("common", "We answered 40% more calls than last year"),
        ("common", "Unemployment down to 4.1%"),
        ("common", "এ বছর পর্যটক ৩০ শতাংশ বেড়েছে"),
        ("common", "In krim in desann 20%"),
        ("common", "Dengue cases are 45 per cent lower than in May"),
        ("common", "Waiting lists were reduced by a third"),
        ("common", "Visitor numbers rose from 100 to 150, a rise of 50%"),
        ("common", "Literacy has jumped 15 points to 92%"),
        ("common", "Traffic accidents have fallen by 18% this year"),
        ("common", "Exports have increased by 7.5 per cent since January"),
        ("common", "Malaria cases halved in two years"),
        ("common", "Passenger numbers were 12% higher than in March"),
        ("common", "Our response time improved by 35%"),
        ("common", "Dengue is down 50% on last year"),
        ("common", "Sales of plastic bags have dropped 90%"),
        ("common", "Fires doubled in the dry season"),
        ("common", "Tourism grew 9% in 2025"),
        ("common", "There was a 22% drop in burglaries"),
        ("common", "Vaccination coverage rose from 60% to 85%"),
        ("common", "গত বছরের তুলনায় দুর্ঘটনা ২৫ শতাংশ কমেছে"),
    ],
)
def test_bare_figures_are_found(pack, text):
    assert finds("stat-no-source", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "20% of seats are for women",
        "Get 10% off your bus pass",
        "Rates go up by 4% in April if the council agrees",
        "Humidity will rise to 90%",
        "Statistics show crime fell 3% in 2025",
        "Hand washing can cut infections by 40%",
        "The Census says the population grew 5%",
        "VAT is down to 12%",
        "The survey found that 60% of you want more buses, up from 40%",
        "Turn the heat down by 1 degree",
        "Turnout was 62%",
        "Half price swimming",
        "1 in 5 people",
        "90% of homes have water",
        "A 5% fee applies",
        "Up to 30% off",
        "The tank is 80% full",
        "Winds up to 90 km/h",
        "Temperatures drop to 5 degrees",
        "Class sizes: 25 pupils, down from 30",
        "Chance of rain rises to 80%",
    ],
)
def test_bare_figures_with_a_source_pass(text):
    assert not any(finds("stat-no-source", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text", "about"),
    [
        ("common", "Hi Tom, it sounds like you have an ear infection, take ibuprofen", {}),
        ("common", "Dear Mrs Lal, you should stop taking your insulin", {}),
        ("common", "Take two paracetamol and go to bed, Sina", {}),
        ("common", "You have typhoid. Start antibiotics today", {"reply": True}),
        ("common", "Just take 500mg twice a day", {"reply": True}),
        ("common", "Your rash is probably measles", {"reply": True}),
        ("common", "Sorry to hear that, Joe. Your symptoms suggest flu. Rest and take aspirin", {}),
        ("common", "আপা, আপনার ডেঙ্গু হয়েছে মনে হচ্ছে, নাপা খান", {}),
        ("common", "Bonzour Marie, aret pran ou konprime", {}),
        ("common", "@jon_t that sounds like malaria, take your tablets twice a day", {}),
        ("common", "Ana, you can double your dose tonight", {}),
        ("common", "Hello Mr Payet, halve your dose and call us tomorrow", {}),
        ("common", "Hi Mele, those spots look like measles to me, keep taking the antibiotics", {}),
        ("common", "Dear John, you can stop your insulin for a day", {}),
        ("common", "It sounds like a stroke, take an aspirin", {"reply": True}),
        ("common", "You must have dengue, drink water and take panadol", {"reply": True}),
        ("common", "@rina Double the dose until it hurts less", {}),
        ("common", "Hello Pierre, prenez deux comprimés ce soir", {}),
        ("common", "Take three tablets tonight, Maria", {}),
        ("common", "Skip your morning pill and see", {"reply": True}),
        ("common", "আপনি নাপা খান, ঠিক হয়ে যাবে", {"reply": True}),
        ("common", "Thanks Leo. Your blood test means you have diabetes", {}),
        ("common", "No need to see a doctor, just take ibuprofen", {"reply": True}),
    ],
)
def test_medical_advice_to_one_person_is_found(pack, text, about):
    assert finds("individual-medical-advice", pack, text, **about)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Hi all, take paracetamol for mild fever and rest", {}),
        ("Never double your dose", {}),
        ("Hi Ana, please call your clinic about your tablets", {"reply": True}),
        ("If you feel unwell, stop taking the tablets and call us", {}),
        ("Sorry Jon, we cannot give medical advice here. Please call 111", {"reply": True}),
        ("Take two forms of ID to the counter, Jon", {}),
        ("Stop taking photos near the runway", {}),
        ("Dengue sounds like flu at first. See a clinic", {}),
        ("You can take a number at the desk", {"reply": True}),
        ("It sounds like you have waited too long. We are sorry", {"reply": True}),
        ("You probably have the old form. Here is the new one", {"reply": True}),
        ("Wear sunscreen, Ana", {}),
        ("Please see a doctor", {"reply": True}),
        ("We can't say over social media. Please call 111", {"reply": True}),
        ("Dengue: signs of illness and what to do", {}),
        ("Take your tablets as your doctor told you", {}),
        ("Hi Sam, you have an appointment on Monday", {}),
        ("You have the flu clinic on Mill Lane", {"reply": True}),
    ],
)
def test_medical_advice_to_everybody_passes(text, about):
    assert not any(finds("individual-medical-advice", pack, text, **about) for pack in PACKS)


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("A rumour says the bridge is closed. This is not true", "said beside it: “not true”"),
        ("Do not share unconfirmed reports", "negation: “not”"),
        ("Heard an unconfirmed report?", "a question"),
    ],
)
def test_moderators_see_why_a_rumour_was_let_pass(text, guard):
    verdict = examine(Example(text=text).post(), library.load())
    assert [each.rule for each in verdict.findings] == []
    assert guard in [each.guard for each in verdict.excused]


def test_an_excuse_that_is_denied_excuses_nothing():
    assert finds("internal-document", "common", "The internal memo, not yet published, says no")
    assert not finds("internal-document", "common", "The internal memo, now published, says no")
