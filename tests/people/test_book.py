"""What facts with several names say about who is who."""

from yutang.people.rules import Book, Names, Said, erased, say

U1, U2 = ("user_id", "u1"), ("user_id", "u2")
A1, A2 = ("anonymous_id", "a1"), ("anonymous_id", "a2")


def heard(book: Book, *names: tuple[str, str], at: int = 10, id: str = "f") -> int:
    number = book.place(names)
    book.learn(number, names[1:], fact_id=id, at=at)
    return number


def merges(book: Book) -> list[tuple[int, int, bool, int]]:
    return [(each.one, each.other, each.joins, each.at) for each in book.new_said]


def test_a_new_device_beside_a_user_becomes_the_users() -> None:
    book = Book(next_number=1)
    assert heard(book, U1, A1) == 1
    assert heard(book, A1) == 1
    assert merges(book) == []


def test_a_device_that_was_there_alone_is_connected_from_the_facts_time_on() -> None:
    book = Book(next_number=1)
    assert heard(book, A1, at=5) == 1
    assert heard(book, U1, A1, at=10) == 2
    assert merges(book) == [(1, 2, True, 10)]
    assert book.person(1, at=9) == {1}
    assert book.person(1, at=10) == {1, 2}


def test_a_device_stays_with_its_first_user() -> None:
    book = Book(next_number=1)
    heard(book, U1, A1)
    assert heard(book, U2, A1) == 2
    assert heard(book, A1) == 1
    assert merges(book) == []


def test_a_device_that_was_connected_with_a_user_stays_there_too() -> None:
    book = Book(next_number=1)
    heard(book, A1)
    heard(book, U1, A1, at=10)
    heard(book, U2, A1, at=20)
    assert merges(book) == [(1, 2, True, 10)]


def test_the_connection_is_said_once_and_moves_back_for_an_earlier_fact() -> None:
    book = Book(next_number=1)
    heard(book, A1)
    for at in (10, 20, 7, 8):
        heard(book, U1, A1, at=at, id=f"f{at}")
    assert merges(book) == [(1, 2, True, 10), (1, 2, True, 7)]


def test_one_user_has_many_devices() -> None:
    book = Book(next_number=1)
    heard(book, A1)
    heard(book, A2)
    heard(book, U1, A1)
    heard(book, U1, A2)
    assert book.person(3) == {1, 2, 3}


def test_an_unmerge_of_the_pair_is_the_last_word() -> None:
    book = Book(next_number=1)
    heard(book, A1)
    heard(book, U1, A1, at=10)
    book.enter(say(fact_id="un", pair=(2, 1), joins=False, at=15))
    heard(book, U1, A1, at=20)
    assert book.person(1, at=14) == {1, 2}
    assert book.person(1, at=30) == {1}


def test_an_unmerge_takes_back_only_what_was_said_before_it() -> None:
    book = Book(next_number=3)
    for id, joins, at in (("m", True, 10), ("un", False, 20), ("m2", True, 30)):
        book.enter(say(fact_id=id, pair=(1, 2), joins=joins, at=at))
    assert [book.person(1, at) for at in (9, 10, 19, 20, 29, 30)] == [{1}, {1, 2}, {1, 2}, {1}, {1}, {1, 2}]


def test_at_one_instant_the_longer_id_then_the_later_id_wins() -> None:
    book = Book(next_number=3)
    book.enter(say(fact_id="b", pair=(1, 2), joins=True, at=10))
    book.enter(say(fact_id="aa", pair=(1, 2), joins=False, at=10))
    assert book.person(1) == {1}


def alias(book: Book, user: tuple[str, str], previous: str) -> int:
    names: Names = (("user_id", previous), ("anonymous_id", previous))
    return book.alias(book.place((user,)), names, fact_id="x", at=10)


def test_an_alias_joins_a_known_device_a_known_user_or_somebody_yet_to_come() -> None:
    device, user, nobody = Book(next_number=1), Book(next_number=1), Book(next_number=1)
    heard(device, A1)
    assert alias(device, U1, "a1") == 1
    heard(user, U2)
    assert alias(user, U1, "u2") == 1
    assert alias(nobody, U1, "later") == 2
    assert heard(nobody, ("user_id", "later")) == heard(nobody, ("anonymous_id", "later")) == 2
    assert all(merges(book) == [(1, 2, True, 10)] for book in (device, user, nobody))


def test_an_alias_does_not_take_another_users_device() -> None:
    book = Book(next_number=1)
    heard(book, U2, A1)
    alias(book, U1, "a1")
    assert merges(book) == []


def test_an_alias_of_the_users_own_device_says_nothing_new() -> None:
    book = Book(next_number=1)
    heard(book, U1, A1)
    assert alias(book, U1, "a1") == 1
    assert merges(book) == []


def test_nothing_can_be_said_of_an_origin_and_itself() -> None:
    book = Book(next_number=2)
    book.enter(say(fact_id="m", pair=(1, 1), joins=True, at=1))
    assert merges(book) == []


def test_an_erasure_takes_everybody_connected_at_its_time() -> None:
    book = Book(next_number=5)
    said = [
        Said("m12", 1, 2, True, 10),
        Said("u12", 1, 2, False, 20),
        Said("m13", 1, 3, True, 30),
    ]
    for each in said:
        book.enter(each, known=True)
    assert erased(book, [(1, 15)]) == {1, 2}
    assert erased(book, [(1, 25)]) == {1}
    assert erased(book, [(3, 30), (4, 1)]) == {1, 3, 4}
