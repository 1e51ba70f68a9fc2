"""Hatred in French is found, with its word order, its elisions and its negations."""

import pytest

from policy import library
from policy.rules import Post, examine, ids


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("Les migrants sont des parasites", None),
        ("Ces migrants sont répugnants", None),
        ("Ces migrants repugnants", None),
        ("Ordures de migrants", None),
        ("Je ne supporte pas les étrangers", None),
        ("Les étrangers me dégoûtent", None),
        ("Les migrantes devraient toutes être expulsées", None),
        ("On devrait expulser tous les migrants", None),
        ("Il faut les tuer, ces migrants", None),
        ("Exterminons ces migrants", None),
        ("L'immigré n'est rien d'autre qu'un parasite", None),
        ("Les migrants n'ont aucun droit de vivre ici", None),
        ("Les rats valent mieux que ces migrants", None),
        ("Tuer un migrant devrait être légal", None),
        ("Voici les migrants. Ils sont tous des voleurs", None),
        ("Les m1grants sont de la v3rmine", None),
        ("Les migrants sont de la v e r m i n e", None),
        ("Les migrants sont de la vermien", None),
        ("Lesmigrants sont de lavermine", None),
        ("N'est-il pas évident que les migrants sont des parasites ?", None),
        ("Les migrants ne sont pas des parasites", "negation: “pas”"),
        ("Aucun migrant ne mérite d'être expulsé", "negation: “ne”"),
        ("Il a écrit « les migrants sont des parasites » sur le mur", "quoted"),
        ("Dire que les migrants sont des parasites est inacceptable", "counter-speech: “dire que”"),
        ("Les migrants peuvent s'inscrire au guichet", ""),
        ("Les femmes devraient consulter avant 50 ans", ""),
        ("Une femme a été tuée hier", ""),
        ("Tuer une femme est un crime", ""),
        ("Le cancer touche une femme sur huit", ""),
        ("La vermine dans les logements des migrants doit être traitée", ""),
        ("L'exposition montre comment les Juifs ont été exterminés", ""),
        ("Les banquiers sont des parasites", ""),
        ("Les réfugiés sont à la plage", ""),
        ("LES DEPUTES ONT VOTE POUR LES FEMMES", ""),
    ],
)
def test_hatred_in_french_is_told_from_speaking_about_it(text, guard):
    verdict = examine(Post(text), library.load())
    assert ("hate-incitement" in ids(verdict.findings)) is (guard is None)
    if guard:
        assert guard in {each.guard for each in verdict.excused}
