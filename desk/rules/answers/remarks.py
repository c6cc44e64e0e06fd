"""What the duty officer is asked to look at before an answer goes: found by simple rules, and worded as no more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from desk.rules.answers.composing import AnswerPart, UnitReply
from desk.rules.attachments import AttachmentForm
from desk.rules.letters.phrases import joined, moment_and_date
from desk.rules.office import AnswerNeeds
from desk.rules.replies.senders import Standing
from desk.rules.wording import folded, words

_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.](?=\d)[^.!?;\n]*)*[?]?")
# "trong thời hạn 10 ngày": what a figure is about stands in the two words before it, small words aside
_FIGURE = re.compile(
    r"(?P<value>\d[\d.,/]*\d|\d)\s*(?P<of>%|đồng|triệu|tỷ|năm|tháng|ngày(?: làm việc)?|tuổi|giờ|lần)?(?![\w/])",
    re.IGNORECASE,
)
_SMALL = frozenset(
    words(
        "la tu du toi da khoang bang trong cham nhat het ngay den thang nam tren duoi it bao gom so va hoac voi theo "
        "tai duoc khong phai cua cho khi thi co mot cac nhung nguoi ve de"
    )
)
_ABOUT = 2
# a table pasted into a mail is one sentence of a thousand figures: no more is read again for each of them
_REACH = 80
_JUDGED = re.compile(
    r"(?P<no>(?:không|chưa)\s+)?(?:(?:được|phải|thuộc|đủ)\s+)(?P<what>[^\W\d_]+\s+[^\W\d_]+)", re.IGNORECASE
)
_ASKS = re.compile(
    r"\?|\b(?:không|ko|hông|bao nhiêu|bao lâu|thế nào|như nào|ra sao|ở đâu|khi nào|bao giờ|mấy|làm sao|cần gì|là gì)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 3
_LEAST_SHARED = 0.25
_LONGEST_QUOTE = 160
_MANY_PAGES = 10


def contradictions(parts: Sequence[AnswerPart]) -> Iterator[str]:
    """Yield where two units may say different things of one matter: another figure or date, yes and no."""
    for one, other in combinations(parts, 2):
        for about, values in _figures(one.text).items():
            for (label, value, said), (_, other_value, other_said) in _differing(
                values, _figures(other.text).get(about, [])
            ):
                yield (
                    f"Có thể mâu thuẫn về “{label}”: {one.unit} ghi {value} (“{_short(said)}”), {other.unit} ghi "
                    f"{other_value} (“{_short(other_said)}”). Đề nghị đối chiếu."
                )
        judged, other_judged = _judgements(one.text), _judgements(other.text)
        for what in judged.keys() & other_judged.keys():
            (yes, said), (other_yes, other_said) = judged[what], other_judged[what]
            if yes is not other_yes:
                yield (
                    f"Có thể trái ngược: {one.unit} ghi “{_short(said)}”, {other.unit} ghi “{_short(other_said)}”. "
                    "Đề nghị đối chiếu."
                )


_Figure = tuple[str, str, str]


def _figures(text: str) -> dict[tuple[str, str], list[_Figure]]:
    found: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for sentence in _SENTENCE.findall(text):
        for figure in _FIGURE.finditer(sentence):
            before = [
                word
                for word in words(sentence[max(0, figure.start() - _REACH) : figure.start()])
                if folded(word) not in _SMALL and not word.isdigit()
            ]
            unit = figure["of"] or ("" if "/" in figure["value"] else None)
            if len(before) >= _ABOUT and unit is not None:
                label = " ".join(before[-_ABOUT:])
                value = f"{figure['value'].lstrip('0') or '0'} {unit}".strip()
                found[folded(label), folded(unit)].append((label, value, sentence.strip()))
    return found


def _differing(values: Sequence[_Figure], others: Sequence[_Figure]) -> Iterator[tuple[_Figure, _Figure]]:
    if values and others and not {value for _, value, _ in values} & {value for _, value, _ in others}:
        yield values[0], others[0]


def _judgements(text: str) -> dict[str, tuple[bool, str]]:
    """Return what a text affirms or denies without saying both, by the two words of what it is about."""
    found: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    for sentence in _SENTENCE.findall(text):
        for judged in _JUDGED.finditer(sentence):
            found[folded(" ".join(judged["what"].split()))].add((judged["no"] is None, sentence.strip()))
    return {what: min(said) for what, said in found.items() if len({yes for yes, _ in said}) == 1}


def unanswered(question: str, answer: str) -> Iterator[str]:
    """Yield the parts of a question that share hardly a word with the answer."""
    answered = set(_content(answer))
    for sentence in _SENTENCE.findall(question):
        content = set(_content(sentence))
        if not _ASKS.search(sentence) or len(content) < _LEAST_WORDS:
            continue
        if len(content & answered) < _LEAST_SHARED * len(content):
            yield f"Có thể chưa trả lời phần: “{_short(sentence)}”. Đề nghị kiểm tra."


def _content(text: str) -> list[str]:
    return [bare for word in words(text) if (bare := folded(word)) not in _SMALL and len(bare) > 1]


def about_replies(replies: Sequence[UnitReply], missing: Sequence[str]) -> Iterator[str]:
    """Yield who has not replied, who is not on the list of senders, and what a unit's answer still needs."""
    if missing:
        yield f"Còn thiếu ý kiến của {joined(missing)}."
    for reply in replies:
        if reply.standing is Standing.COLLEAGUE:
            yield f"{reply.unit}: người gửi thư chưa có trong danh sách của đơn vị."
        if reply.standing is Standing.RELEASED:
            yield f"{reply.unit}: thư do cán bộ trực cho nhận."
    yield from unmet_needs(replies)
    by_unit: dict[str, list[UnitReply]] = defaultdict(list)
    for reply in replies:
        if reply.text.strip():
            by_unit[reply.unit].append(reply)
    for unit, several in by_unit.items():
        if len(several) > 1:
            latest = max(several, key=lambda reply: reply.received_at)
            yield (
                f"{unit} đã trả lời {len(several)} lần; dự thảo lấy bản sau cùng, nhận lúc "
                f"{moment_and_date(latest.received_at)}."
            )


def unmet_needs(replies: Sequence[UnitReply]) -> list[str]:
    """Return what the answers of units still need before the duty officer may let them go (U11); the Secretary may."""
    found: dict[str, str] = {}
    by_unit: dict[str, list[UnitReply]] = defaultdict(list)
    for reply in replies:
        by_unit[reply.unit].append(reply)
    for unit, several in by_unit.items():
        match several[0].needs:
            case AnswerNeeds.LISTED_SENDER:
                continue
            case AnswerNeeds.HEAD:
                met, what = any(reply.from_head for reply in several), "thư từ hộp thư của lãnh đạo đơn vị"
            case AnswerNeeds.SIGNED_LETTER:
                met = any(file.is_sendable for reply in several for file in reply.files)
                what = "văn bản đã ký (bản chụp hoặc tệp ký số)"
        if not met:
            found[unit] = f"{unit}: câu trả lời cần {what}, nay chưa có. Chỉ Thư ký Ban Quản trị được cho gửi."
    return list(found.values())


def about_files(parts: Sequence[AnswerPart]) -> Iterator[str]:
    """Yield what of the files does not reach the citizen, and what nobody but a person can check."""
    for part in parts:
        for file in part.files:
            if file.form is AttachmentForm.WORD:
                yield f"{part.unit}: tệp “{file.name}” là bản Word, chỉ lấy nội dung, không gửi công dân."
            elif not file.is_sendable and file.form is not AttachmentForm.SIGNATURE:
                why = (file.refused or "không có trang nào xem được").rstrip(".")
                yield f"{part.unit}: tệp “{file.name}” không gửi được cho công dân ({why})."
            elif file.is_sendable and file.is_signed and not file.leaves_whole:
                yield f"{part.unit}: tệp ký số “{file.name}” quá lớn cho Zalo, chỉ gửi các trang dưới dạng ảnh."
    pages = sum(len(file.page_sizes) for part in parts for file in part.files if file.is_sendable)
    if pages:
        yield "Hệ thống không đọc được nội dung ảnh chụp; đề nghị kiểm tra dữ liệu cá nhân trên từng trang."
    if pages > _MANY_PAGES:
        yield f"Bản chụp có {pages} trang, công dân sẽ nhận {pages} ảnh."
    for part in parts:
        if part.letter and not part.letter.is_confirmed:
            yield f"{part.unit}: đọc được {part.letter} (chưa xác nhận); chỉ gửi kèm khi có xác nhận."


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1].rstrip() + "…"
