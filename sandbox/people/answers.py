"""What units and duty officers answer, by what the citizen asked. Invented: plausible, and nobody's real answer."""

from __future__ import annotations

from functools import cache
from importlib import resources
from random import Random

import yaml

_OPENINGS = ("", "Kính gửi Ban Quản trị Zalo,\n\n", "Đơn vị trả lời như sau:\n\n")
RECEIPTS = ("Đã nhận.", "Đã nhận, đơn vị sẽ trả lời trong ngày mai.", "Da nhan, se tra loi som", "Rõ, đang xử lý.")
PASSED_ON = ("Kính chuyển đ/c {name} nghiên cứu, trả lời.", "Chuyển {name} tham mưu trả lời theo thẩm quyền.")
HAND_TYPED = "Chào Ông/Bà, cán bộ trực đã trao đổi và hướng dẫn Ông/Bà qua điện thoại. Trân trọng!"
LEAD = (
    "Đơn vị chuyên môn đã có văn bản trả lời về nội dung Ông/Bà hỏi. Ông/Bà vui lòng xem bản chụp kèm theo. "
    "Trường hợp cần làm thủ tục, đề nghị mang thẻ căn cước đến cơ quan bảo hiểm xã hội nơi cư trú."
)


def answer_to(question: str, draw: Random) -> str:
    """Return what a unit answers to a question."""
    return f"{draw.choice(_OPENINGS)}{plain_answer(question)}"


def plain_answer(question: str) -> str:
    """Return the answer alone, as it reaches a citizen."""
    asked = question.lower()
    return next(text for words, text in _answers() if not words or any(word in asked for word in words))


@cache
def _answers() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = yaml.safe_load(resources.files("sandbox.people").joinpath("answers.yaml").read_text(encoding="utf-8"))
    return tuple((tuple(str(word) for word in row["words"]), row["text"].strip()) for row in rows)
