"""Articles against the simulator, its faults on."""

from __future__ import annotations

import pytest

from desk.gateways.failures import GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure
from desk.gateways.zalo.articles import HIDDEN, SHOWN, SLICE
from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.content.articles import Article, ImageBlock, TextBlock, differs, mark_in, zalo_form
from sandbox.zalo import FaultKind, Simulator
from tests.simulated_zalo import BROKEN, TokensOf, articles_of, fault

CODE = "ND-2026-0012"
ARTICLE = Article(
    title="Hướng dẫn gia hạn thẻ bảo hiểm y tế",
    author="BHXH Việt Nam",
    description="Thủ tục và thời hạn",
    cover_url="https://desk.example.vn/bia.jpg",
    # the letters of the first paragraph come apart, as some keyboards write them
    blocks=(TextBlock("Ngươ\u0300i lao động nộp hồ sơ."), ImageBlock("https://desk.example.vn/1.jpg", "Mẫu tờ khai")),
)
FORM = zalo_form(ARTICLE, code=CODE, version=3, show=False)


def test_an_article_is_made_hidden_then_shown_and_bears_its_mark_to_the_end(zalo: Simulator) -> None:
    client = articles_of(zalo)
    article_id = client.verify(client.create(FORM))

    hidden = client.detail(article_id)
    assert client.verify(client.update(article_id, {**FORM, "status": SHOWN})) == article_id

    shown = client.detail(article_id)
    assert hidden is not None
    assert shown is not None
    assert (hidden["status"], shown["status"]) == (HIDDEN, SHOWN)
    assert mark_in(shown) == (CODE, 3)
    assert differs(ARTICLE, shown, code=CODE, version=3) == []
    (listed,) = client.recent(0)
    assert (listed.id, listed.title, listed.status) == (article_id, ARTICLE.title, SHOWN)
    assert listed.link.startswith("https://")


def test_the_list_comes_newest_first_in_pages(zalo: Simulator) -> None:
    client = articles_of(zalo)
    for number in range(SLICE + 1):
        client.create({**FORM, "title": f"Bài {number}"})

    first, second, beyond = (client.recent(offset) for offset in (0, SLICE, 2 * SLICE))

    assert [article.title for article in [*first, *second]] == [f"Bài {number}" for number in range(SLICE, -1, -1)]
    assert beyond == []
    assert first[0].created_at >= second[0].created_at


def test_an_article_that_is_removed_is_gone_and_removing_it_again_does_no_harm(zalo: Simulator) -> None:
    client = articles_of(zalo)
    article_id = client.verify(client.create(FORM))

    client.remove(article_id)
    client.remove(article_id)

    assert client.detail(article_id) is None
    assert client.recent(0) == []


def test_an_article_in_the_making_is_asked_for_again_later(zalo: Simulator) -> None:
    client = articles_of(zalo)
    token = client.create(FORM)
    fault(zalo, FaultKind.ARTICLE_PENDING, count=1)

    with pytest.raises(TemporaryFailure) as waits:
        client.verify(token)

    assert not isinstance(waits.value, GatewayDown)
    assert client.verify(token)


def test_a_token_that_zalo_has_forgotten_is_no_use_any_more(zalo: Simulator) -> None:
    with pytest.raises(PermanentFailure):
        articles_of(zalo).verify("cũ")


@pytest.mark.parametrize("code", [-223, -224])
def test_no_more_articles_stop_this_one_and_no_messages(zalo: Simulator, code: int) -> None:
    fault(zalo, FaultKind.REFUSED, code=code, path="/article/create")

    with pytest.raises(PermanentFailure) as refused:
        articles_of(zalo).create(FORM)

    assert refused.value.code == str(code)


def test_an_account_that_may_not_publish_at_all_stops_every_article(zalo: Simulator) -> None:
    fault(zalo, FaultKind.REFUSED, code=-221, path="/article/create")

    with pytest.raises(AccountRefused):
        articles_of(zalo).create(FORM)


def test_an_article_that_zalo_does_not_take_is_refused_for_good_and_nothing_of_it_is_quoted(zalo: Simulator) -> None:
    fault(zalo, FaultKind.COVER_REJECTED)

    with pytest.raises(PermanentFailure) as refused:
        articles_of(zalo).create(FORM)

    assert (refused.value.code, refused.value.reason) == ("-201", "zalo /v2.0/article/create: -201")


@pytest.mark.parametrize(("kind", "order"), BROKEN)
def test_whether_a_lost_article_was_made_or_shown_is_unknown(
    zalo: Simulator, kind: FaultKind, order: dict[str, object]
) -> None:
    client = articles_of(zalo)
    article_id = client.verify(client.create(FORM))
    fault(zalo, kind, **order)

    with pytest.raises(OutcomeUnknown):
        client.create(FORM)
    with pytest.raises(OutcomeUnknown):
        client.update(article_id, FORM)


@pytest.mark.parametrize(("kind", "order"), BROKEN)
def test_a_lost_look_at_an_article_is_tried_again_and_concerns_no_other(
    zalo: Simulator, kind: FaultKind, order: dict[str, object]
) -> None:
    client = articles_of(zalo)
    token = client.create(FORM)
    article_id = client.verify(token)
    fault(zalo, kind, **order)

    for ask in (lambda: client.verify(token), lambda: client.detail(article_id)):
        with pytest.raises(TemporaryFailure) as failure:
            ask()
        assert not isinstance(failure.value, GatewayDown)
    with pytest.raises(GatewayDown):
        client.recent(0)


def test_a_success_without_a_token_says_nothing(zalo: Simulator) -> None:
    fault(zalo, FaultKind.REFUSED, code=0, path="/article/create")

    with pytest.raises(OutcomeUnknown):
        articles_of(zalo).create(FORM)


def test_a_token_that_is_refused_is_renewed_once(zalo: Simulator) -> None:
    tokens = TokensOf(zalo, token=zalo.account.grants.pair.access_token)
    fault(zalo, FaultKind.TOKENS_REVOKED)

    assert articles_of(zalo, tokens).create(FORM)
    assert tokens.renewals == 1
