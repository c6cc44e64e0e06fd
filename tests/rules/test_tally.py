from __future__ import annotations

from desk.rules.tally import Count, Tally


def test_a_sweep_goes_on_while_a_batch_did_anything() -> None:
    assert Tally({Count.SEALED: 1})
    assert not Tally({Count.SEALED: 0})
    assert not Tally()


def test_batches_add_up_by_what_they_did() -> None:
    first = Tally({Count.SEALED: 3, Count.ACKNOWLEDGED: 2})
    second = Tally({Count.SEALED: 4, Count.SET_ASIDE: 1})

    assert first + second == Tally({Count.SEALED: 7, Count.ACKNOWLEDGED: 2, Count.SET_ASIDE: 1})
    assert first[Count.SEALED] == 3
    assert first[Count.SET_ASIDE] == 0


def test_tallies_are_alike_whatever_the_order_of_their_counts() -> None:
    one = Tally({Count.LETTERS: 2, Count.UNSURE: 1})
    other = Tally({Count.UNSURE: 1, Count.LETTERS: 2, Count.REFUSED: 0})

    assert one == other
    assert hash(one) == hash(other)
    assert one != Tally({Count.LETTERS: 2})
    assert one != 2


def test_ops_read_a_tally_in_words_with_thousands_as_vietnamese_writes_them() -> None:
    assert str(Tally({Count.SEALED: 12_500, Count.SET_ASIDE: 1})) == "12.500 câu hỏi mới, 1 để riêng vì lỗi"
    assert not str(Tally())


def test_no_two_counts_read_alike() -> None:
    assert len({count.value for count in Count}) == len(Count)
