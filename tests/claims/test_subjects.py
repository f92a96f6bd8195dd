from app.claims.subjects import Named, named_in


def named(text: str, *people: str) -> Named:
    return named_in(text, 0, len(text), sorted((text.index(p.split()[-1]), p) for p in people))


def test_the_subject_stands_before_the_verb() -> None:
    assert named("Mara Lind met Tomas Brill on Sunday.", "Mara Lind", "Tomas Brill").subject == "Mara Lind"
    assert named("After the dam broke, Lind went home.", "Mara Lind").subject == "Mara Lind"


def test_who_comes_after_the_verb_or_owns_something_might_be_meant_but_is_not_the_subject() -> None:
    assert named("It is a sign of trouble that Lind sailed.", "Mara Lind") == Named(None, frozenset({"Mara Lind"}))
    assert named("Lind's appeal faded.", "Mara Lind") == Named(None, frozenset({"Mara Lind"}))


def test_who_follows_a_preposition_is_left_out() -> None:
    assert named("The bill backed by Lind fell.", "Mara Lind") == Named(None, frozenset())
