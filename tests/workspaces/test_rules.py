import pytest

from yutang.workspaces.rules import check_slug, key_hash, key_text, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My Pond", "my-pond"),
        ("阿狸的鱼塘", "pond"),
        ("阿狸 A1", "a1"),
        ("--x--", "x"),
        ("a" * 100, "a" * 60),
        ("", "pond"),
    ],
)
def test_a_slug_is_made_from_what_the_name_has_of_ascii(name, slug):
    assert slug_of(name) == slug
    assert check_slug(slug) is None


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a_b", "鱼", "a" * 61, "a\n"])
def test_what_is_no_slug_is_refused(slug):
    assert check_slug(slug) is not None


def test_a_key_says_what_it_is_and_its_hash_says_nothing():
    assert key_text("write", "abc") == "yt_write_abc"
    assert len(key_hash("yt_write_abc")) == 64
