"""`zalo-desk read-mail`: what the desk makes of a mail, with nothing but the files of office/."""

from __future__ import annotations

import json
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from desk.console.app import app

REPLIES = Path(__file__).parents[1] / "fixtures" / "replies"
pytestmark = pytest.mark.usefixtures("few_phrases")
LETTER = "<" + "0123456789abcdef" * 2 + "@bhxh.example.vn>"


def asked(file: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["read-mail", str(file), *options])


def read(file: Path) -> dict[str, Any]:
    ran = asked(file, "--json")
    assert ran.exit_code == 0, ran.output
    return dict(json.loads(ran.stdout))


def written(folder: Path, text: str, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Ban CSXH <csxh@bhxh.example.vn>"
    mail["To"] = "hoidap.zalo+7k3mq9xw2d5hn8rt@bhxh.example.vn"
    mail["Subject"] = "Re: [ZL 26-004512-8] Phiếu chuyển câu hỏi trên Zalo"
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    (folder / "mail.eml").write_bytes(mail.as_bytes())
    return mail


def test_it_is_one_object_with_all_that_was_found() -> None:
    said = read(REPLIES / "01_gmail_vi_web.eml")

    assert set(said) == {"kind", "reading", "match", "command", "text", "attachments"}
    assert (said["kind"], said["reading"], said["match"], said["command"]) == ("reply", "answer", "unverified", None)
    assert said["text"] == (REPLIES / "01_gmail_vi_web.txt").read_text(encoding="utf-8").strip()
    assert said["attachments"] == []


@pytest.mark.parametrize(
    ("file", "reading"), [("13_iphone_vi", "interim"), ("24_forward_vi", "passed_on"), ("18_yahoo_vi", "answer")]
)
def test_a_short_reply_is_told_from_an_answer(file: str, reading: str) -> None:
    assert read(REPLIES / f"{file}.eml")["reading"] == reading


def test_a_command_is_named_with_what_follows_its_colon(tmp_path: Path) -> None:
    written(tmp_path, "Xin gia hạn: 30/11/2026 cần xác minh hồ sơ\n")
    said = read(tmp_path / "mail.eml")

    assert said["reading"] == "command"
    assert said["command"] == {
        "code": "more_time", "argument": "30/11/2026 cần xác minh hồ sơ", "case_code": "",
    }  # fmt: skip


def test_commands_for_several_questions_are_all_shown(tmp_path: Path) -> None:
    written(tmp_path, "ZL 26-004512-8: TIẾP NHẬN\nZL 26-004513-1: KHÔNG THUỘC ĐƠN VỊ: bên Thu\n")
    said = read(tmp_path / "mail.eml")

    assert [line["code"] for line in said["command"]] == ["received", "not_ours"]
    assert [line["case_code"] for line in said["command"]] == ["ZL 26-004512-8", "ZL 26-004513-1"]


def test_what_a_mail_points_to_is_shown_though_nothing_proves_it(tmp_path: Path) -> None:
    written(tmp_path, "Người lao động nộp hồ sơ tại cơ quan BHXH nơi cư trú.\n", In_Reply_To=LETTER, References=LETTER)
    shown = asked(tmp_path / "mail.eml").stdout

    assert "unverified" in shown
    assert "mã câu hỏi ZL 26-004512-8" in shown
    assert "địa chỉ trả lời riêng" in shown
    assert "trả lời thư 0123456789ab" in shown


def test_a_scan_under_an_empty_mail_is_an_answer_and_its_content_is_looked_into(tmp_path: Path) -> None:
    mail = written(tmp_path, "\n")
    sheet = BytesIO()
    Image.effect_noise((900, 1270), 90).save(sheet, "JPEG")
    mail.add_attachment(sheet.getvalue(), maintype="application", subtype="octet-stream", filename="cv 1234.pdf")
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    said = read(tmp_path / "mail.eml")

    assert (said["reading"], said["text"]) == ("answer", "")
    assert [(file["name"], file["form"], file["pages"]) for file in said["attachments"]] == [
        ("cv 1234.pdf", "image", 1)
    ]


@pytest.mark.parametrize(
    ("main", "sub", "name", "reading"),
    [("application", "zip", "cv 1234.zip", "answer"), ("text", "calendar", "lich-hop.ics", "unsure")],
)
def test_a_file_under_an_empty_mail_counts_as_it_does_at_the_desk(
    tmp_path: Path, main: str, sub: str, name: str, reading: str
) -> None:
    mail = written(tmp_path, "\n")
    mail.add_attachment(b"PK\x05\x06" + bytes(18), maintype=main, subtype=sub, filename=name)
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())

    assert read(tmp_path / "mail.eml")["reading"] == reading


def test_a_machines_mail_is_read_no_further(tmp_path: Path) -> None:
    written(tmp_path, "Tôi đi công tác đến hết ngày 27/11/2026.\n", Auto_Submitted="auto-replied")
    said = read(tmp_path / "mail.eml")

    assert (said["kind"], said["reading"], said["command"]) == ("auto_reply", None, None)
    assert "27/11/2026" in said["text"]


@pytest.mark.parametrize("content", [b"", b"\x7fELF\x02\x01\x01\0\0\0\xff"])
def test_a_file_that_is_no_mail_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(content)
    ran = asked(tmp_path / "mail.eml")

    assert ran.exit_code == 2
    assert "không phải thư điện tử" in ran.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert asked(tmp_path / "none.eml", "--json").exit_code == 2
