"""likeness: what is compared, and that nothing alike is passed over."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.grading.likeness import LIKE, Features, likeness, nearest

FEATURES = st.builds(
    Features,
    kind=st.sampled_from(["single", "text"]),
    whole=st.sampled_from(["", "x", "y"]),
    title=st.sampled_from(["", "Mail", "MAIL", "DNS"]),
    words=st.frozensets(st.sampled_from("abcdefghij"), max_size=8),
)


def words(text: str, kind: str = "single") -> Features:
    return Features(kind, "", "", frozenset(text.split()))


@given(FEATURES, st.lists(FEATURES, max_size=8))
def test_the_one_that_is_found_is_most_like_of_all(old: Features, fresh: list[Features]) -> None:
    found = nearest({"old": old}, {str(place): one for place, one in enumerate(fresh)})
    best = max((likeness(old, one) for one in fresh), default=0.0)
    assert ("old" in found) == (best >= LIKE)
    if found:
        name, share = found["old"]
        assert share == best == likeness(old, fresh[int(name)])


def test_each_is_taken_once_and_the_surest_pair_first() -> None:
    gone = {"near": words("a b c"), "same": words("a b c d")}
    fresh = {"one": words("a b c d"), "other": words("b c x")}
    assert nearest(gone, fresh) == {"same": ("one", 1.0), "near": ("other", 0.5)}


def test_another_kind_is_never_like_it() -> None:
    assert nearest({"a": words("a b")}, {"b": words("a b", "text")}) == {}


def test_what_holds_no_word_is_like_nothing() -> None:
    assert nearest({"a": words("")}, {"b": words("")}) == {}
