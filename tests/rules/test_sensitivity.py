"""What must be held is held, and harmless neighbours are not (U6)."""

from __future__ import annotations

import pytest

from desk.rules.sensitivity import sensitive_class, urgent_class
from tests.rules.office_words import LEXICON


@pytest.mark.parametrize(
    ("text", "held_as"),
    [
        ("Tôi muốn tố cáo cán bộ BHXH huyện nhận tiền để làm nhanh hồ sơ.", "to_cao"),
        ("toi muon khieu nai ve viec cat tro cap tuat cua me toi", "to_cao"),
        ("công ty giam lương, tôi muốn khiếu nại", "to_cao"),
        ("toi cần khiêu nại quyêt định thu hồi tien", "to_cao"),
        ("đề nghị không tiết lộ tên tôi", "to_cao"),
        ("anh cán bộ ở quầy đòi tiền mới làm", "to_cao"),
        ("không giải quyết thì tôi tự tử cho xong", "de_doa"),
        ("song khong noi nua roi", "de_doa"),
        ("tao mang xăng tới đốt trụ sở", "de_doa"),
        ("tôi là phóng viên, xin lịch làm việc", "bao_chi"),
        ("không trả lời là tôi đưa lên báo", "bao_chi"),
        ("bố dượng bạo hành cháu bé", "tre_em"),
        ("e lỡ đọc mã otp cho nó rồi", "lo_otp"),
        ("bấm vào link bị mất tiền", "lo_otp"),
        ("tôi bị lừa chuyển mất 20 triệu", "lo_otp"),
    ],
)
def test_a_sensitive_text_is_held(text: str, held_as: str) -> None:
    assert sensitive_class(text, LEXICON) == held_as


@pytest.mark.parametrize(
    "text",
    [
        "thẻ BHYT trẻ em dưới 6 tuổi làm ở đâu",
        "không nhận được mã otp khi đăng nhập vssid",
        "app đang báo lỗi hệ thống",
        "len bao tang lao dong tren phan mem",
        "bố tôi chết thì được mai táng phí bao nhiêu",
        "làm lại sổ có bị mất tiền không",
        "lương tháng này bị trừ tiền bảo hiểm",
        "anh ấy to cao khỏe mạnh, có mua được bảo hiểm không",
        "kiện toàn hồ sơ gồm những gì",
        "mất sổ bảo hiểm làm lại ở đâu",
        "công ty cho nghỉ việc thì hưởng gì",
        "thông báo lao động nghỉ việc nộp ở đâu",
    ],
)
def test_a_harmless_neighbour_is_not_held(text: str) -> None:
    assert sensitive_class(text, LEXICON) is None


@pytest.mark.parametrize(
    ("text", "urgent_as"),
    [
        ("mẹ em đang cấp cứu mà thẻ bị khóa", "cap_cuu"),
        ("me em dang nam cap cuu", "cap_cuu"),
        ("ngày mai mổ rồi mà thẻ chưa có giá trị", "sap_mo"),
        ("bệnh viện không cho ra viện vì thẻ hết hạn", "ra_vien"),
        ("bệnh viện giữ lại bắt đóng đủ tiền mới cho về", "ra_vien"),
        ("em đã đọc otp cho người lạ", "lo_otp"),
        ("tài khoản bị rút sạch rồi", "mat_tien"),
        ("tôi không muốn sống nữa", "tu_hai"),
    ],
)
def test_what_cannot_wait_three_days_is_urgent(text: str, urgent_as: str) -> None:
    assert urgent_class(text, LEXICON) == urgent_as


@pytest.mark.parametrize(
    "text",
    [
        "hôm trước đi cấp cứu không mang thẻ, giờ thanh toán lại tiền ở đâu",
        "mổ ruột thừa được bảo hiểm trả bao nhiêu",
        "sau khi ra viện thì nộp giấy ra viện ở đâu",
        "không nhận được otp",
        "thẻ sắp hết hạn",
    ],
)
def test_what_is_over_or_ordinary_is_not_urgent(text: str) -> None:
    assert urgent_class(text, LEXICON) is None
