"""Internal papers, live cases, adverts and the voice of an office: found, or let pass."""

import pytest

from tests.finding import PACKS, finds


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "An internal memorandum seen by staff says the ferry fare will rise"),
        ("common", "According to internal briefing notes, the ward will close"),
        ("common", "Draft: do not share. New fees from July"),
        ("common", "This paper has not yet been approved by Cabinet"),
        ("common", "Cabinet is yet to approve this: pensions go up in May"),
        ("common", "The minutes of our internal meeting show the road is delayed"),
        ("common", "We got hold of a leaked letter from the Treasury"),
        ("common", "The submission to Cabinet recommends a new levy"),
        ("common", "Staff-only notice: the depot closes early"),
        ("common", "অভ্যন্তরীণ নোটে বলা হয়েছে ফি বাড়বে"),
        ("common", "ফাঁস হওয়া নথি অনুযায়ী কর বাড়বে"),
        ("common", "As the Permanent Secretary's memo to staff says, posts will be cut"),
        ("common", "Restricted circulation: the restructuring plan"),
        ("common", "The confidential report on the port says it is unsafe"),
        ("common", "A note circulated only among directors says the office will move"),
        ("common", "The Ministry's internal review, not for publication, blames the contractor"),
        ("common", "Leaked: the Cabinet memo on fuel prices"),
        ("common", "This is a draft for Cabinet approval, do not share"),
        ("common", "Page 4 of the internal report says the wall is weak"),
        ("common", "INTERNAL USE ONLY Roster for March"),
        ("common", "Extract from the briefing to ministers on the ferry"),
        ("common", "The unpublished audit report names two officers"),
        ("common", "শুধু অভ্যন্তরীণ ব্যবহারের জন্য: আগামী সপ্তাহের রোস্টার"),
        ("common", "Note confidentielle : les tarifs augmentent"),
        ("common", "Dokiman entern: pri delo pou ogmante"),
        ("common", "The minute to the Permanent Secretary recommends closure"),
        ("common", "Attached is the internal email from the Director about job losses"),
        ("common", "Staff briefing, not for circulation: two clinics will shut"),
    ],
)
def test_internal_papers_are_found(pack, text):
    assert finds("internal-document", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "The memo is published on our website",
        "The draft budget is open for comment",
        "The Cabinet met on Tuesday",
        "Staff only entrance is on Mill Lane",
        "Read the briefing note on our website: it is published today",
        "Not for sale: library books",
        "The internal market of the EU",
        "Internal doors must be fire rated",
        "We do not comment on leaked documents",
        "The museum shows a leaked wartime memo",
        "Please do not share your password",
        "Our internal audit team is hiring",
        "The Cabinet paper was published on Tuesday",
        "Internal medicine clinic moves to level 2",
        "Staff only have until Friday to book leave",
        "The minutes of the council meeting are on our website",
        "Please do not share fake news",
        "The report is not yet published",
        "The internal walls of the museum are being painted",
        "A briefing for journalists is at 10am",
        "Archive: the Cabinet papers of 1990 are open to the public",
        "For internal flights call 123",
    ],
)
def test_internal_papers_are_not_published_ones(text):
    assert not any(finds("internal-document", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "This murderer should never be released, whatever the court says"),
        ("common", "The rapist's trial begins Monday"),
        ("common", "The accused deserves to rot in jail"),
        ("common", "Police charged the fraudster with 12 counts"),
        ("common", "Caught: the arsonist who burned the market. Court on Friday"),
        ("common", "He is obviously guilty. The trial starts tomorrow"),
        ("common", "The defendant should get the maximum sentence"),
        ("common", "চোর ধরা পড়েছে, আদালতে তোলা হবে"),
        ("common", "We hope the judge gives this thug twenty years"),
        ("common", "Asasen Takamaka devan lakour lendi"),
        ("common", "The killer will face court on Friday"),
        ("common", "The thief caught in Apia should be jailed for years. Court sits Monday"),
        ("common", "We all know he did it. The jury should hurry up"),
        ("common", "Two crooks were charged over the port fraud"),
        ("common", "The suspect is guilty and deserves no bail"),
        ("common", "The murderer of Ana Leota appears before the magistrate today"),
        ("common", "The paedophile on trial in Leeds must get life"),
        (
            "common",
            "Our officers arrested the drug dealer who poisoned our kids. Hearing next week",
        ),
        ("common", "ধর্ষকের বিচার শুরু, সর্বোচ্চ শাস্তি চাই"),
        ("common", "Le voleur arrêté hier doit être condamné"),
        ("common", "The accused woman is clearly lying to the court"),
    ],
)
def test_comments_on_live_cases_are_found(pack, text):
    assert finds("sub-judice", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "Police have charged a 30-year-old man with murder. The hearing is on 4 May",
        "A man was found guilty of fraud and jailed",
        "The jury found her not guilty",
        "Fraudsters may text you about a court fine",
        "Beware of thieves near the tennis court",
        "Court staff deserve our thanks",
        "Heart disease is a killer. Join our drug trial",
        "The convicted murderer lost his appeal in court",
        "The suspect remains in custody. Anyone with information should call",
        "If you are charged, you deserve a fair trial",
        "A trial date has been set",
        "Burglar alarms: get advice at the magistrates court open day",
        "The trial of a man charged with murder begins on Monday",
        "Police are looking for a suspect",
        "A court has fined a driver",
        "The thief was convicted and sentenced to a year",
        "Do you deserve a tax refund?",
        "Magistrates court is closed on Friday",
        "Two people were arrested on suspicion of fraud",
        "Protect your home from burglars",
        "The High Court hearing is on 3 March",
        "A monster truck show near the court",
    ],
)
def test_comments_on_live_cases_are_not_court_news(text):
    assert not any(finds("sub-judice", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "Shop at Tesco for the best school shoes"),
        ("common", "Use discount code SPRING10 at FashionHut"),
        ("common", "We highly recommend the new Samsung phone, get yours today"),
        ("common", "Grab the best deals at Frankie Supermarket this weekend"),
        ("common", "Buy now: https://shop.example.com/item?aff=gov12"),
        ("common", "Our team loves Costa Coffee, the best in town"),
        ("common", "Digicel has the cheapest bundles"),
        ("common", "Try the amazing Vailima lager, half price at Lucky Foods"),
        ("common", "রবির সেরা ডাটা প্যাক, এখনই কিনুন"),
        ("common", "The best pizza in Victoria is at Luigi's. Order yours now"),
        ("common", "Great offer from Vodafone: the best SIM plan for students"),
        ("common", "Nou rekomande Airtel, meyer dil dan pei"),
        ("common", "Don't miss the best deals at Lucky Foods"),
        ("common", "Nothing beats a Vailima on a hot day"),
        ("common", "Get 20% off with promo code GOV20"),
        ("common", "Order your new iPhone from Digicel, the best price on the island"),
        ("common", "KFC has an amazing offer for civil servants"),
        ("common", "Our favourite coffee is at Costa, get yours at the station"),
        ("common", "Use voucher code BUS5 with Uber"),
        ("common", "Switch to Vodafone: the best coverage in Samoa"),
        ("common", "দারাজে সেরা অফার চলছে"),
        ("common", "Shop now at www.shop.example.com/?promo=MIN"),
        ("common", "We recommend the HP printer, on sale now at Techworld"),
        ("common", "The fantastic new Toyota Hilux is in stores now"),
    ],
)
def test_adverts_are_found(pack, text):
    assert finds("commercial-endorsement", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "The best way to pay is online",
        "Compare prices before you buy",
        "Airtel customers may lose signal on Friday",
        "Digicel will repair the mast in Vaitele",
        "Samsung has recalled a phone",
        "Get your flu jab now",
        "The library has the best books",
        "Use code 4 on the form",
        "We recommend that you book early",
        "The contract was awarded to Vodafone after a tender",
        "Buy a bus ticket at the counter",
        "We love this photo of the bay",
        "Maximum price for rice is set at 20",
        "Thanks to Digicel for donating 50 tablets",
        "Offers of help: call us",
        "Our best deal yet for farmers: free seeds",
        "Support local shops this Saturday",
        "Buy local food at the market",
        "The best beaches in Victoria are clean again",
        "Airtel network maintenance on Friday",
        "Tesco has recalled its hummus",
        "Promo codes sent by text are a scam",
        "We love Holt",
        "Discounts for pensioners at the pool",
        "Phone companies must cut prices",
        "Deals signed at the trade fair",
        "Get yours checked: free car seat clinic",
        "Toyota Corolla stolen in Holt",
        "We recommend sunscreen",
        "Order your passport online",
        "Order online: free compost bins",
    ],
)
def test_adverts_are_not_notices(text):
    assert not any(finds("commercial-endorsement", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "Speaking on behalf of the Ministry of Finance, I can say the tax goes"),
        ("common", "I speak for the Government when I say this"),
        ("common", "The official position of the Government is no"),
        ("common", "On behalf of the Samoan Government we reject this"),
        ("common", "The Ministry's official position is that fees stay"),
        ("common", "মন্ত্রণালয়ের পক্ষ থেকে ঘোষণা করা হচ্ছে"),
        ("common", "The Government's view is that the levy should go"),
        ("common", "On behalf of the Prime Minister, we promise new roads"),
        ("common", "Speaking for the Ministry of Health, I can confirm the cuts"),
        ("common", "On behalf of the Government, I apologise to the village"),
        ("common", "On behalf of the Department for Transport, we say no"),
        ("common", "The official Government position is that the port stays shut"),
        ("common", "I have been authorised to say that the tax will end"),
        ("common", "We speak for the Cabinet on this"),
        ("common", "সরকারের পক্ষে আমি ঘোষণা করছি"),
        ("common", "I represent the Government of Samoa on this matter"),
        ("common", "Lo non gouvernman, nou dir non"),
    ],
)
def test_speaking_for_government_is_found(pack, text):
    assert finds("unauthorised-spokesperson", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Government's position is set out in the bill",
        "The speech was given on behalf of her family",
        "A wreath was laid on behalf of the Government",
        "The agency collects fees on behalf of the Ministry",
        "A charity speaks for patients",
        "The Department will publish its view in May",
        "Thank you on behalf of our team",
        "On behalf of everyone at the library, happy new year",
        "The Ministry said the road is open",
        "Statement by the Minister",
        "The Government has decided to cut the tax",
        "A lawyer spoke on behalf of the family",
    ],
)
def test_speaking_for_government_is_not_reporting_it(text):
    assert not any(finds("unauthorised-spokesperson", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("bd", "This government is a joke"),
        ("bd", "Our department is full of incompetent managers"),
        ("bd", "My own ministry is corrupt and lazy"),
        ("bd", "We are ashamed of our useless colleagues in Finance"),
        ("bd", "What a shambles our office is"),
        ("bd", "Our hopeless director has done it again"),
        ("bd", "Once again our incompetent colleagues forgot the forms"),
        ("bd", "আমাদের দপ্তর দুর্নীতিবাজ কর্মকর্তায় ভরা"),
        ("bd", "Our own ministry is a disgrace"),
        ("bd", "Typical of our lazy department"),
        ("bd", "We work for a corrupt government"),
        ("bd", "The useless managers in our office lost the forms"),
        ("bd", "This ministry is a laughing stock"),
        ("bd", "আমাদের ফালতু অফিস আবার বন্ধ"),
    ],
)
def test_contempt_for_ones_own_office_is_found(pack, text):
    assert finds("disparages-own-government", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "Our office is closed. We are sorry",
        "Report corrupt officials in our department to the hotline",
        "Corruption has no place in our ministry",
        "The court found two officers of this department corrupt and dismissed them",
        "Lazy Sunday? Visit our office garden",
        "Our department found errors and fixed them",
        "Stupid questions do not exist. Ask our office",
        "Our ministry has won an award",
        "We apologise for the shambles at our office",
        "Corrupt files? Our office can recover them",
        "This government office is closed",
    ],
)
def test_contempt_for_ones_own_office_is_no_apology(text):
    assert not any(finds("disparages-own-government", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("role", "account", "found"),
    [
        ("author", "official", True),
        ("clerk", "official", True),
        ("spokesperson", "official", False),
        ("senior", "official", False),
        ("lead", "official", False),
        ("spokesperson", "personal", True),
    ],
)
def test_who_may_speak_for_a_government(role, account, found):
    text = "On behalf of the Government, thank you"
    about = {"author_role": role, "account": account}
    assert finds("unauthorised-spokesperson", "common", text, **about) is found


@pytest.mark.parametrize("pack", PACKS)
def test_contempt_is_looked_for_only_where_it_is_a_rule_and_never_in_personal_posts(pack):
    text = "Our useless ministry has lost the files again"
    rule = "disparages-own-government"
    assert finds(rule, pack, text) is (pack in ("bd", "ws"))
    assert not finds(rule, pack, text, account="personal")


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://shop.example.com/a?coupon=HOLT", True),
        ("https://shop.example.com/a?id=1&aff=gov", True),
        ("https://shop.example.com/a?id=1", False),
        ("https://www.gov.uk/apply?ref=home", False),
    ],
)
def test_a_link_that_pays_for_a_visit_is_an_advert(link, found):
    assert finds("commercial-endorsement", "common", f"See {link}") is found
