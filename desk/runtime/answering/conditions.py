"""On what conditions an answer may go: the same for the word that sends it and for the letter that offers the word."""

from __future__ import annotations

from collections.abc import Sequence

from desk.rules.answers.composing import has_lead, says_anything
from desk.rules.answers.remarks import unmet_needs
from desk.rules.office import Official, Role
from desk.runtime.answering.cases import Case


def why_not(
    case: Case, text: str, attachment_ids: Sequence[int], official: Official, *, has_data: bool, of_units: bool = True
) -> str:
    """Return why an official may not let a text and its files go, and what to do instead; empty where he may.

    *of_units*: what units wrote is in it, so that their own conditions hold (U11).
    """
    if has_data:
        return (
            "nội dung có dữ liệu cá nhân; người hỏi chưa được xác thực. Đề nghị trả lời thư dự thảo bằng nội dung "
            "hướng dẫn chung không có dữ liệu của hồ sơ, hoặc chọn GỬI BẢN CHE, GỬI CÁCH TRA CỨU."
        )
    if attachment_ids and not has_lead(text):
        return "bản chụp phải có lời tóm tắt. Đề nghị trả lời thư dự thảo bằng 2-4 câu tóm tắt nội dung bản chụp."
    if not says_anything(text):
        return "dự thảo chưa có nội dung trả lời. Đề nghị viết nội dung trả lời công dân."
    if of_units and Role.SECRETARY not in official.roles:
        return " ".join(unmet_needs(case.replies))
    return ""
