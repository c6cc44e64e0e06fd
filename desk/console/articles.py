"""What `zalo-desk show` prints of an article of the account."""

from __future__ import annotations

from collections.abc import Iterator

from desk.console.lines import Row, delivery, event, moment_of, section, work
from desk.console.words import ARTICLE_STATES, BROADCASTS, PUBLICATIONS, ROLES, SAID, TAKEDOWNS
from desk.store.content_histories import ContentHistory

_OF_A_HASH = 16


def article_lines(history: ContentHistory) -> Iterator[str]:
    """Yield what is remembered of an article: texts by their hash, words with who said them, in which role, how."""
    item = history.item
    yield f"{item['code']}: {ARTICLE_STATES[item['state']]}, bản {item['version']}"
    yield f"  Nhận {moment_of(item['opened_at'])}; tác giả {item['author']}, biên tập viên {item['editor']}"
    if item["decider"]:
        yield f"  Trình {item['decider']} quyết định"
    if item["waits_for"]:
        yield f"  Chờ {item['waits_for']} từ {moment_of(item['asked_at'])}, đã hỏi {item['times_asked']} lần"
    yield from section("Các bản", [_version(row) for row in history.versions])
    yield from section("Ý kiến", [_word(row) for row in history.words])
    yield from section("Đăng", [_publication(row) for row in history.publications])
    yield from section("Gửi người quan tâm", [_broadcast(row) for row in history.broadcasts])
    yield from section("Gỡ", [_takedown(row, item["code"]) for row in history.takedowns])
    yield from section("Thư", [delivery(row) for row in history.letters])
    yield from section("Việc của cán bộ", [work({**row, "why": row["remedy"]}) for row in history.work])
    yield from section("Lịch sử", [event(row) for row in history.events])


def _version(row: Row) -> str:
    amends = f", sửa theo ý kiến về bản {row['amends']}" if row["amends"] else ""
    of = f"{row['version']} {moment_of(row['written_at'])} {row['written_by']}{amends}"
    return f"{of}, SHA-256 {row['sha256'][:_OF_A_HASH]}…: {row['title']}"


def _word(row: Row) -> str:
    act = f", theo {row['act']}" if row["act"] else ""
    said = SAID[row["step"], row["verdict"]]
    more = [
        f"trình {row['decider']}" if row["decider"] else "",
        f"giờ đăng {moment_of(row['publish_at'])}" if row["publish_at"] else "",
        "khẩn" if row["urgent"] else "",
        row["reason"],
    ]
    details = "".join(f", {one}" for one in more if one)
    by = f"thư đến số {row['inbound_mail_id']}" if row["inbound_mail_id"] else f"đăng nhập {row['login']}"
    who = f"{row['official_code']} ({ROLES[row['role']]}{act})"
    return (
        f"{moment_of(row['decided_at'])} {who}: {said}, bản {row['version']}{details} [{by}, lượt chạy "
        f"{row['flow_run_id'] or '-'}]"
    )


def _publication(row: Row) -> str:
    shown = f", hiện lúc {moment_of(row['shown_at'])}: {row['link']}" if row["shown_at"] else ""
    outcome = f" ({row['outcome']})" if row["outcome"] and not row["shown_at"] else ""
    return (
        f"bản {row['version']}: {PUBLICATIONS[row['state']]}, giờ đăng {moment_of(row['publish_at'])}{shown}{outcome}"
    )


def _broadcast(row: Row) -> str:
    left = f" lúc {moment_of(row['left_at'])}" if row["left_at"] else ""
    return f"quyết định lúc {moment_of(row['decided_at'])}: {BROADCASTS[row['state']]}{left} ({row['outcome'] or '-'})"


def _takedown(row: Row, code: str) -> str:
    urgent = "khẩn, " if row["urgent"] else ""
    ordered = f"{urgent}quyết định lúc {moment_of(row['ordered_at'])}: {TAKEDOWNS[row['state']]}"
    if not row["hidden_at"]:
        return f"{ordered} ({row['outcome'] or 'đang thực hiện'})"
    minutes = round(row["took"].total_seconds() / 60)
    done = f"{ordered} lúc {moment_of(row['hidden_at'])}, sau {minutes} phút"
    return f"{done}; hồ sơ SHA-256 {row['evidence_sha256']}, lấy bằng lệnh: zalo-desk evidence {code}"
