from __future__ import annotations

import pytest

from desk.gateways.failures import GatewayDown, PermanentFailure, TemporaryFailure
from desk.gateways.zalo.uploads import plain_name
from sandbox.zalo import FaultKind, Simulator
from tests.simulated_zalo import ANNA, BROKEN, TokensOf, citizen_writes, client_of, fault

PAGE = b"\xff\xd8\xff a page"
MEGABYTE = 1024 * 1024


def test_a_page_is_shown_with_its_caption_and_comes_back_as_a_row_that_holds_it(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    client = client_of(zalo)

    receipt = client.send_image(ANNA, "Trang 1/2: tra\u0309 lời", client.upload_image(PAGE, "trang-1.jpg"))

    (echo,) = (row for row in client.conversation(ANNA, 0).rows if not row.from_citizen)
    assert (echo.message_id, echo.kind, echo.text) == (receipt.message_id, "photo", "Trang 1/2: trả lời")
    assert [upload.content for upload in zalo.account.uploads.by_id.values()] == [PAGE]


def test_a_file_reaches_the_citizen_byte_for_byte(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    client, content = client_of(zalo), bytes(range(256)) * 64

    client.send_file(ANNA, client.upload_file(content, "Công văn số 12.PDF"))

    (upload,) = zalo.account.uploads.by_id.values()
    assert (upload.kind, upload.filename, upload.content) == ("file", "Cong-van-so-12.pdf", content)
    assert zalo.account.sending.sent[-1].kind == "file"


def test_what_zalo_takes_without_a_word_of_where_it_is_was_not_uploaded(zalo: Simulator) -> None:
    fault(zalo, FaultKind.REFUSED, code=0, path="/upload/image")

    with pytest.raises(TemporaryFailure):
        client_of(zalo).upload_image(PAGE, "trang-1.jpg")


def test_what_is_too_large_never_will_be_uploaded(zalo: Simulator) -> None:
    with pytest.raises(PermanentFailure) as refused:
        client_of(zalo).upload_image(bytes(MEGABYTE + 1), "trang-1.jpg")

    assert refused.value.code == "-210"


@pytest.mark.parametrize(("kind", "order"), BROKEN)
def test_an_upload_without_an_answer_is_done_again_later_and_holds_up_no_other_message(
    zalo: Simulator, kind: FaultKind, order: dict[str, object]
) -> None:
    fault(zalo, kind, **order)

    with pytest.raises(TemporaryFailure) as failure:
        client_of(zalo).upload_image(PAGE, "trang-1.jpg")
    assert not isinstance(failure.value, GatewayDown)


def test_when_the_uploads_of_the_month_are_used_up_texts_still_go(zalo: Simulator) -> None:
    fault(zalo, FaultKind.REFUSED, code=-211, path="/upload/")

    with pytest.raises(TemporaryFailure) as failure:
        client_of(zalo).upload_file(b"%PDF-", "a.pdf")
    assert not isinstance(failure.value, GatewayDown)


def test_a_token_that_is_refused_is_renewed_once_and_the_upload_done_again(zalo: Simulator) -> None:
    tokens = TokensOf(zalo, token=zalo.account.grants.pair.access_token)
    fault(zalo, FaultKind.TOKENS_REVOKED)

    assert client_of(zalo, tokens).upload_image(PAGE, "trang-1.jpg")
    assert tokens.renewals == 1


def test_an_upload_that_zalo_has_forgotten_is_named_as_such(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    client = client_of(zalo)
    upload = client.upload_image(PAGE, "trang-1.jpg")
    fault(zalo, FaultKind.ATTACHMENT_EXPIRED)

    with pytest.raises(PermanentFailure) as refused:
        client.send_image(ANNA, "Trang 1", upload)
    assert refused.value.code == "-100"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Đề nghị trả lời (bản 2).pdf", "De-nghi-tra-loi-ban-2.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\a.PDF", "a.pdf"),
        ("公文.pdf", "van-ban.pdf"),
        ('a"\r\nX: b.pdf', "a-X-b.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
    ],
)
def test_a_name_survives_any_header(name: str, expected: str) -> None:
    assert plain_name(name) == expected
