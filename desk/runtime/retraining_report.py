"""What ops read of a model fitted by night: how good it is, what it mixes up, what it changes. Codes, no texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from desk.documents.confusion_picture import confusion_picture
from desk.rules.classifier.cases import ELSEWHERE, NOISE
from desk.rules.classifier.comparing import Flip
from desk.rules.classifier.confusion import Found, most_confused
from desk.rules.classifier.measures import Measures, margin
from desk.rules.office import Office
from desk.runtime.retraining import PROMISE, Retrained

_MOST_FLIPS: Final = 40
_MOST_LABELS: Final = 12
_FIGURES: Final = {
    "macro_f1": "F1 trung bình các chủ đề",
    "units_exact": "Đúng trọn bộ đơn vị",
    "route": "Đúng hướng xử lý",
    "deadline_class": "Đúng thời hạn theo số đơn vị",
    "several": "Đúng mọi chủ đề khi có nhiều chủ đề",
    "top3": "Đơn vị đúng nằm trong ba đề xuất",
    "elsewhere_recall": "Nhận ra việc của cơ quan khác",
    "elsewhere_precision": "Nói của cơ quan khác thì đúng",
    "alone": "Tỷ lệ tự chuyển được",
    "alone_right": "Tự chuyển thì đúng",
}
_BETTER: Final = {True: "đúng hơn", False: "sai đi", None: "trước và nay đều chưa đúng"}
_SCOPES: Final = {ELSEWHERE: "Việc của cơ quan khác", NOISE: "Không có nội dung hỏi"}


def report(fitted: Retrained, office: Office) -> str:
    """Return the report in Markdown, with the picture of what was taken for what inside it."""
    names = {topic.code: topic.name for topic in office.topics} | _SCOPES
    return "\n".join(
        [*_verdict(fitted), *_figures(fitted), *_picture(fitted, names), *_topics(fitted, names), *_flips(fitted)]
    )


def _verdict(fitted: Retrained) -> Iterator[str]:
    version = fitted.sha256[:12]
    if fitted.against:
        yield f"## Phiên bản {version}: giữ ở chế độ chờ, chưa dùng"
        yield "Kém bản đang dùng, đo trên tập so sánh:"
        yield ""
        yield from (f"* {reason}" for reason in fitted.against)
        yield ""
        yield f'Vẫn muốn dùng: `zalo-desk classifier promote {version} --by "mã cán bộ"`.'
    else:
        yield f"## Phiên bản {version}: đang dùng"
        yield 'Quay lại bản trước: `zalo-desk classifier rollback --by "mã cán bộ"`.'
    yield ""
    yield (
        f"Học từ {fitted.cases} tin, trong đó {fitted.confirmed} câu cán bộ đã xác nhận. Máy tự chuyển từ độ chắc chắn "
        f"{_number(fitted.sure_from)} trở lên, để cứ 10 câu tự chuyển thì khoảng {round(PROMISE * 10)} câu đúng."
    )


def _figures(fitted: Retrained) -> Iterator[str]:
    yield from ("", "### Đúng đến đâu", "")
    yield "| Chỉ số | Người viết chưa gặp | Tập so sánh, bản này | Tập so sánh, bản đang dùng trước đó |"
    yield "|---|--:|--:|--:|"
    for figure, name in _FIGURES.items():
        measured = (fitted.promised, fitted.regression, fitted.before)
        yield f"| {name} | {' | '.join(_with_margin(one, figure) for one in measured)} |"


def _picture(fitted: Retrained, names: Mapping[str, str]) -> Iterator[str]:
    labels = most_confused(fitted.confusion, _MOST_LABELS)
    if not labels:
        return
    yield from ("", f"### {len(labels)} chủ đề hay nhầm nhất, người viết chưa gặp", "")
    yield f"![Hàng: đúng ra là; cột: máy nói là]({confusion_picture(fitted.confusion, labels, names)})"
    yield from ("", "| Đúng là | Phân loại thành | Số tin |", "|---|---|--:|")
    for wanted, said, count in fitted.mistakes:
        yield f"| {wanted} | {said} | {count} |"


def _topics(fitted: Retrained, names: Mapping[str, str]) -> Iterator[str]:
    yield from ("", "### Từng chủ đề, trên tập so sánh", "")
    yield "| Chủ đề | Số tin | Nói thì đúng | Tìm ra được | F1 | F1 trước đó | Thay đổi, điểm |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for label, now in sorted(fitted.found.items(), key=lambda item: item[1].f1):
        if now.cases:
            shares = f"{_percent(now.precision)} | {_percent(now.recall)} | {_percent(now.f1)}"
            change = _change(now, fitted.found_before.get(label))
            yield f"| {names[label]} ({label}) | {now.cases} | {shares} | {change} |"


def _flips(fitted: Retrained) -> Iterator[str]:
    if fitted.before is None:
        return
    yield from ("", f"### Đổi kết quả so với bản đang dùng trước đó: {len(fitted.flips)} tin của tập so sánh", "")
    if not fitted.flips:
        return
    counts = "; ".join(f"{_count(fitted.flips, better)} {said}" for better, said in _BETTER.items())
    yield f"{counts[:1].upper()}{counts[1:]}."
    yield from ("", "| Tin | Trước | Nay | |", "|---|---|---|---|")
    for flip in fitted.flips[:_MOST_FLIPS]:
        yield f"| {flip.case_id} | {flip.was} | {flip.is_now} | {_BETTER[flip.to_better]} |"
    if (left := len(fitted.flips) - _MOST_FLIPS) > 0:
        yield from ("", f"Còn {left} tin nữa không nêu ở đây.")


def _count(flips: tuple[Flip, ...], better: bool | None) -> int:  # noqa: FBT001 - one of three answers
    return sum(flip.to_better is better for flip in flips)


def _change(now: Found, before: Found | None) -> str:
    if before is None:
        return "– | –"
    points = (now.f1 - before.f1) * 100
    return f"{_percent(before.f1)} | {points:+.1f}".replace(".", ",")


def _with_margin(measured: Measures | None, figure: str) -> str:
    if measured is None:
        return "–"
    share = float(getattr(measured, figure))
    alone = round(measured.alone * measured.cases)
    of = {"route": measured.cases, "alone": measured.cases, "alone_right": alone}.get(figure)
    return f"{_percent(share)} ± {_number(margin(share, of) * 100, 0)}" if of else _percent(share)


def _percent(share: float) -> str:
    return f"{_number(share * 100, 1)} %"


def _number(value: float, places: int = 2) -> str:
    return f"{value:.{places}f}".replace(".", ",")
