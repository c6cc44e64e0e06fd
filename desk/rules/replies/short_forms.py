"""Short forms that say nothing to a citizen: receipts, hand-overs, promises, questions (U2).

A sentence is one only if it has its turn of phrase and no word beside those that go with it: whoever writes one word of
the matter itself has begun to answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desk.rules.replies.named import OFFICE, PERSON, Named, with_names
from desk.rules.wording import folded


class ShortForm(StrEnum):
    """What a sentence does that does not answer."""

    RECEIPT = "receipt"
    HAND_OVER = "hand_over"
    PROMISE = "promise"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as read, its words without accents; `passed_to`: to whom it hands the matter over."""

    bare: str
    form: ShortForm | None = None
    passed_to: str = ""


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(text).split())


# What may stand in every short form: how colleagues speak to each other, what they speak of, when.
_PLAIN = _words(
    f"{OFFICE} {PERSON} ạ ah nhé nha nhen nghen nghe hen hí ơi luôn rồi rùi đấy đó vậy thế với giúp dùm giùm hộ em"
    f" anh chị e"
    " a c ác bạn cô chú bác con cả nhà mọi người dạ vâng ừ uh ok oke oki okie okey okay xin kính thưa nhiều rất lại"
    " và thì còn cũng cảm ơn trân trọng thanks thank you tks please chào quý đơn vị ban quản trị zalo biên tập chúng"
    " tôi mình tui tụi bên phía từ đồng chí đ/c dc phòng trung tâm bộ phận tổ đủ đầy lỗi nay này tren dưới đây như"
    " câu hỏi nội dung vấn đề phiếu chuyển thư mail email văn bản công thông tin của dân hỏi cho người vụ việc trường"
    " hợp đến gửi được đề nghị qua mã để số hồ sơ gốc dữ liệu hệ thống bảng"
)
_TIMES = _words(
    "trong vào trước lúc ngày khoảng đầu cuối hết sớm nhất thứ buổi hôm nay mai sáng chiều trưa tối tuần sau tới"
    " tháng giờ thời gian đúng hạn theo quy định hai ba tư năm sáu bảy phút nữa một vài lát tí chút xíu tiếng có thể"
    " chậm thêm trễ muộn mới tomorrow today soon later asap by this next week afternoon làm việc hiện tại bây đang"
    " vẫn xong khi sẽ nhanh ra it"
)
_RECEIVING = _words(
    "nhận tiếp xác rõ đã noted received well got it xem biết đọc nắm ghi đồng ý roger copy đc will do and with ngày"
    " tháng năm"
)
_WORKING = _words(
    "xử lý tham mưu trả lời giải quyết nghiên cứu xem xét coi kiểm tra ý kiến phối thực hiện theo dõi rà soát làm đầu"
    " mối chủ trì chỉ đạo phúc đáp dự thảo soạn tra cứu đối chiếu xác minh nắm báo cáo phản hồi tổng chuẩn bị lo liên"
    " hệ phụ trách trình ký thẩm quyền chức năng nhiệm vụ bằng tiếp kịp lãnh đạo giao phân nhờ fwd fw forward phiên"
    " mời cc vui lòng phiền sang xuống về lên"
)
_PROMISING = _words(
    "chưa cần đợi chờ hẹn phép lùi gia trễ tìm lấy hoàn thiện thống họp bàn đi tác học nghỉ duyệt kết quả các liên"
    " quan trên chuyên môn nghiệp địa phương bổ sung hướng dẫn phức tạp khó chính thức chi tiết cụ check answer reply"
    " respond send get back hồi âm cập nhật nhưng do vì không ngay hội ủy ty bưu điện ngân hàng bệnh viện trường mạng"
    " máy hỏng dự kiến"
)
_HAND_OVER_WORDS = _PLAIN | _TIMES | _RECEIVING | _WORKING | _words("chuyển")
_RECEIPT_WORDS = _PLAIN | _RECEIVING
_PROMISE_WORDS = _HAND_OVER_WORDS | _PROMISING

_TASK = (
    r"(?:xu ly|tham muu|tra loi|giai quyet|nghien cuu|xem|coi|kiem tra|cho y kien|phoi hop|thuc hien|theo doi|ra soat"
    r"|lam(?! ro)|chu tri|phu trach|chi dao|phuc dap|du thao|soan|tra cuu|doi chieu|xac minh|lo|bao cao|phan hoi) "
)
_NAME = rf"(?P<who>{PERSON}|{OFFICE}) "
_HANDS_OVER = re.compile(
    r"(?:^trinh|(?:^| )(?:chuyen|chuyen tiep|giao|phan cong|nho|fwd|fw|forward|phien|de nghi|kinh (?:trinh|bao cao)"
    r"|gui|moi|cc|vui long"
    rf"|lam phien)) (?:(?:den|toi|cho|sang|qua|xuong|ve|lai|tiep|len|cau hoi|noi dung|van ban|phieu|thu"
    rf"|nay) ){{0,4}}{_NAME}"
)
_IS_TO = re.compile(
    rf"^(?:(?:da|vang|ok|viec|vu|cau|cau hoi|noi dung|nay) ){{0,4}}{_NAME}(?:{OFFICE} )?(?:oi |a )?"
    rf"(?:thi |nen |tiep tuc |em |anh |chi )?{_TASK}"
)
# "công dân đã nhận", "sẽ được giải quyết" tell of the citizen's matter; "đề nghị chuyển …" gives it back, not on
_FOR_A_PERSON = re.compile(
    r"^(?:cong dan|nguoi (?:dan|hoi|lao dong)|ong|ba) |(?:^| )(?:(?:se|dang) (?:co )?duoc|de nghi chuyen|khong thuoc) "
)
_GOES_ON = re.compile(rf"^(?:de nghi |nho )?(?:phong |ban |don vi )?{_TASK}")
_TO_SAY = (
    r"(?:tra loi|gui|phan hoi|bao|bao cao|thong tin|tra|co van ban|co cong van|co y kien|co ket qua|kiem tra|xem|coi"
    r"|hoi|ra soat|nghien cuu|lam|xu ly|giai quyet|tham muu|phuc dap|co tra loi|check|answer|reply|respond|send"
    r"|get back|hoi am|cap nhat) "
)
_UNDER_WAY = (
    r"(?:xin|cho|trinh|bao cao|nghien cuu|xac minh|ra soat|kiem tra|tra|tong hop|du thao|soan|lam|phoi hop|xu ly|xem"
    r"|coi|tim|tham muu|lay y kien|hoi|chuan bi|hoan thien|giai quyet|thong nhat|di cong tac|doi|ban|hop|lien he"
    r"|check|nghi phep|di hop|di hoc) "
)
_WHOSE = rf"(?:em|anh|chi|minh|toi|tui|con|don vi|phong|ban|ben em|tui em|{OFFICE}|{PERSON}) "
_PROMISES = re.compile(
    rf"(?:^| )(?:dang {_UNDER_WAY}|(?:se|hen|xin hen|xin phep|will|cho phep) (?:\S+ ){{0,6}}?{_TO_SAY}"
    rf"|(?:de|cho) {_WHOSE}(?:hen |(?:\S+ ){{0,3}}?{_TO_SAY})"
    rf"|(?:mai|sang|chieu|toi|toi nay|lat|tuan sau|tuan toi|hom sau|thu \S+|hom nay|\d+h\d*) (?:\S+ ){{0,5}}?{_TO_SAY}"
    rf"|{_TO_SAY}(?:lai )?sau |da du thao xong |(?:cho|doi) (?:{_WHOSE})?(?:mot )?(?:chut|ti|xiu|it) "
    rf"|(?:cho|doi) (?:ky|duyet|y kien|ket qua|phan hoi|bao cao|{OFFICE}|lanh dao|xac minh|chi dao|phe duyet) "
    r"|chua (?:tra duoc|co y kien|tra loi|co ket qua|xong|kip|thong nhat|co van ban|co phan hoi|nhan duoc) "
    r"|(?:xin|de nghi|xin phep|can) (?:them(?! thong tin)|lui|gia han|cho|thoi gian) "
    rf"|cho {_WHOSE}(?:xin )?them )"
)
_RECEIVES = re.compile(
    r"(?:^| )(?:nhan|ro|da ro|vang|da|ok|oke|okie|okay|noted|received|got it|xem|biet|doc|nam|cam on|thanks|thank you"
    r"|tks|roger|copy|ghi nhan|will do|uh|u) "
)
_ASKED_FOR = (
    r"(?:cung cap|bo sung|cho biet|biet|gui lai|gui them|gui kem|gui|lam ro|neu ro|neu cu the|noi ro|xac nhan lai|hoi"
    r"|xac dinh|xin (?:so|ma|ten|thong tin|ngay|ho ten)|thong tin|xin them|chuyen lai|ghi ro|ma so|so dien thoai"
    r"|ho ten) "
)
_REQUESTS = re.compile(
    r"^(?:(?:da|vang|ok|em|anh|chi|minh|toi|tui|chung|don vi|phong|ban|kinh|nen|vay|mong|nhung|noi dung|cau hoi) ){0,3}"
    rf"(?:de nghi|xin(?! loi)|nho|vui long|cho|lam on|can|thieu|please) (?:\S+ ){{0,5}}?{_ASKED_FOR}"
    r"|^(?:hoi lai|cho biet) |gui lai (?:file|tep|van ban|noi dung|cau hoi) |khong ro (?:cau hoi|noi dung|cong dan) "
    r"|chua ro |khong (?:mo|doc|xem|tai) duoc |(?:tep|file) (?:dinh kem )?(?:bi )?loi |(?:con |hoi )?chung chung "
    r"|(?:cau hoi|noi dung|thong tin) (?:\S+ ){0,3}?chua (?:ro|day du|cu the) "
    r"|khong (?:thay|co) (?:noi dung|cau hoi|file|tep) "
)
_ASKS = re.compile(
    r"(?:o dau|nao|gi|bao gio|the nao|ra sao|bao nhieu) (?:(?:vay|the|nhi|a|ah|em|anh|chi|ha|roi|\?) )*$|\? $"
)
# what a citizen is told to do is an answer, though it begins like a request
_TELLS = re.compile(
    r"(?:^| )(?:de (?:duoc|huong|giai quyet|dieu chinh|cap)|lien he|cho (?:bhxh|co quan|don vi su dung|cong ty)|gom"
    r"|mang|(?<!noi )nop(?! o dau| tai dau)|den (?:co quan|bhxh)|tai(?! khoan| lieu| dau)|trong \d+|neu(?! ro"
    r"| cu the)|thi duoc|truy cap|dang nhap|(?:ra|len|gui) bhxh|tra cuu tren|yeu cau cong ty|duoc huong"
    r"|khong duoc(?! xem)|can cu|lam don|theo (?:quy dinh|luat|nghi dinh)|(?:cong dan|ong|ba"
    r"|nguoi lao dong) (?:\S+ ){0,2}?bo sung(?! thong tin)) "
)
_OURSELVES = ("ban quan tri", "ban bien tap")
_LONGEST_FORM, _LONGEST_QUESTION = 60, 26

_CASE_CODE = re.compile(r"\bZL[\s.:#-]{0,4}\d{2}[\s.-]{0,4}\d{6,9}[\s.-]{0,4}\d\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(TP|Tp|TS|[A-ZĐ])\.(?=\s)")
_SENTENCE_END = re.compile(r"(?<=[.!?;…])(?:\s+|$)|\n+")
_CLAUSE_END = re.compile(r",\s+|\s[-–—]\s+|:\s+")
_TOKEN = re.compile(r"[^\W_]+(?:[/.-][^\W_]+)*|\?")
_NUMBER = re.compile(r"\d+(?:[hg]\d*)?|\d+/[a-z-]+(?:/?[a-z-]+)*|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?")


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text as read; one that is no short form as a whole may be one clause by clause."""
    calm = _ABBREVIATED.sub(r"\1", _CASE_CODE.sub(" ", folded(text) if text.isupper() else text))
    for sentence in _SENTENCE_END.split(calm):
        whole = _read(sentence)
        clauses = [] if whole is None or whole.form else [_read(clause) for clause in _CLAUSE_END.split(sentence)]
        parts = [part for part in clauses if part is not None]
        if any(part.form for part in parts):
            yield from parts
        elif whole is not None:
            yield whole


def _read(sentence: str) -> Sentence | None:
    """Return a sentence, or a clause, as read; nothing but signs is none."""
    typed = _TOKEN.findall(sentence)
    bare = folded(" ".join(typed))
    if not bare.strip("? "):
        return None
    if len(typed) > _LONGEST_FORM:
        return Sentence(bare)
    is_short = len(typed) <= _LONGEST_QUESTION
    if is_short and typed[-1] == "?":
        return Sentence(bare, ShortForm.QUESTION)
    form, passed_to = _short_form(with_names(typed))
    if (
        form is None
        and is_short
        and not _TELLS.search(f"{bare} ")
        and (_ASKS.search(f"{bare} ") or _REQUESTS.search(f"{bare} "))
    ):
        form = ShortForm.QUESTION
    return Sentence(bare, form, passed_to)


def _short_form(named: Named) -> tuple[ShortForm | None, str]:
    """Return what short form a sentence is, and to whom it hands over."""
    said = " ".join(named.reduced) + " "
    used = {word for word in named.reduced if not _NUMBER.fullmatch(word)}
    if _FOR_A_PERSON.search(said):
        return None, ""
    if used <= _HAND_OVER_WORDS and (match := _HANDS_OVER.search(said) or _IS_TO.search(said)):
        before = said[: match.start("who")].split()
        passed_to = named.names[before.count(PERSON) + before.count(OFFICE)]
        if not folded(passed_to).startswith(_OURSELVES):
            return ShortForm.HAND_OVER, passed_to
    if used <= _PROMISE_WORDS and _PROMISES.search(said):
        return ShortForm.PROMISE, ""
    if used <= _RECEIPT_WORDS and _RECEIVES.search(said):
        return ShortForm.RECEIPT, ""
    if used <= _HAND_OVER_WORDS and _GOES_ON.search(said):
        return ShortForm.HAND_OVER, ""
    return None, ""
