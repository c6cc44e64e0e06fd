"""Fit a new model, put it into use where it is no worse, and report it to ops."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from desk.rules.classifier.measures import Measures, margin
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.promoting import figures_of
from desk.runtime.retraining import Retrained, retrain
from desk.runtime.settings import settings
from desk.store.classifier_versions import VersionState, add_version, get_in_use
from desk.store.label_events import find_confirmed

_SHOWN = 30
_FIGURES = {
    "macro_f1": "F1 trung bình các chủ đề",
    "units_exact": "Đúng trọn bộ đơn vị",
    "route": "Đúng hướng xử lý",
    "deadline_class": "Đúng thời hạn theo số đơn vị",
    "elsewhere_recall": "Nhận ra việc của cơ quan khác",
    "elsewhere_precision": "Nói của cơ quan khác thì đúng",
    "several": "Đúng mọi chủ đề khi có nhiều chủ đề",
    "alone": "Tỷ lệ tự chuyển được",
    "alone_right": "Tự chuyển thì đúng",
}


@task(name="Huấn luyện lại bộ phân loại", cache_policy=NO_CACHE)
def retrain_model(as_of: datetime) -> Retrained:
    """Fit on the labelled messages and what people confirmed; promote it where it is no worse than the one in use."""
    with transaction() as connection:
        desk, in_use = in_force(connection), get_in_use(connection)
        confirmed = find_confirmed(connection)
    chosen = settings()
    fitted = retrain(desk.office, chosen.office_dir, chosen.data_dir, in_use=in_use.sha256, confirmed=confirmed)
    if fitted.sha256 != in_use.sha256:
        state = VersionState.SHADOW if fitted.against else VersionState.PROMOTED
        with transaction() as connection:
            add_version(
                connection,
                fitted.sha256,
                state,
                acting_officer="retrain-classifier",
                trained_at=as_of,
                metrics=figures_of(fitted.regression),
            )
    create_markdown_artifact(_report(fitted), key="retrain-classifier", description="Huấn luyện lại bộ phân loại")
    return fitted


def _report(fitted: Retrained) -> str:
    verdict = "Đưa vào dùng." if not fitted.against else "Giữ ở chế độ chờ, chưa dùng, vì kém bản đang dùng:"
    before = fitted.before
    rows = [
        f"| {name} | {_with_margin(fitted.promised, figure)} | {_with_margin(fitted.regression, figure)} | "
        f"{_with_margin(before, figure) if before else '–'} |"
        for figure, name in _FIGURES.items()
    ]
    flipped = [
        f"| {flip.case_id} | {flip.was} | {flip.is_now} | {_BETTER[flip.to_better]} |" for flip in fitted.flips[:_SHOWN]
    ]
    return "\n".join(
        [
            f"## Phiên bản {fitted.sha256[:12]}: {verdict}",
            *(f"* {reason}" for reason in fitted.against),
            "",
            (
                f"Học từ {fitted.cases} tin, trong đó {fitted.confirmed} câu cán bộ đã xác nhận. "
                f"Tự chuyển từ độ chắc chắn {fitted.sure_from:.2f}."
            ),
            "",
            "| Chỉ số | Người viết chưa từng gặp | Tập so sánh | Bản đang dùng, tập so sánh |",
            "|---|---|---|---|",
            *rows,
            "",
            f"### Đổi kết quả so với bản đang dùng: {len(fitted.flips)} tin",
            "| Tin | Trước | Nay | |",
            "|---|---|---|---|",
            *flipped,
            "",
            "### Hay nhầm nhất",
            "| Đúng là | Phân loại thành | Số lần |",
            "|---|---|---|",
            *(f"| {wanted} | {said} | {count} |" for wanted, said, count in fitted.mistakes),
        ]
    )


_BETTER = {True: "đúng hơn", False: "sai đi", None: "đều chưa đúng"}


def _with_margin(measured: Measures, figure: str) -> str:
    share = float(getattr(measured, figure))
    return f"{share:.1%} ± {margin(share, measured.cases):.1%}"
