"""A Zalo account of its own, simulated in a process beside this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import requests

TEXT = (
    "Tôi nghỉ việc từ tháng 5/2026, đã chốt sổ BHXH. Xin hỏi thủ tục hưởng trợ cấp thất nghiệp, giấy tờ cần nộp và nơi "
    "nộp hồ sơ ở Thành phố Hồ Chí Minh?"
)
FIRST_CITIZEN = 3_000_000_000_000_000_000
NOW = datetime.now(UTC).replace(microsecond=0)
_ROWS_A_CITIZEN = 20
_LOADED_AT_ONCE = 1_000


@contextmanager
def an_account(old_rows: int) -> Iterator[dict[str, str]]:
    """Yield the settings of a desk whose account holds so many rows of long ago, which it does not act on."""
    with subprocess.Popen([sys.executable, "-m", "sandbox.zalo"], stdout=subprocess.PIPE, text=True) as simulator:
        assert simulator.stdout is not None
        try:
            url = simulator.stdout.readline().strip()
            _fill(f"{url}/_control", old_rows)
            yield _settings(url)
        finally:
            simulator.terminate()


def _fill(control: str, old_rows: int) -> None:
    requests.patch(f"{control}/knobs", json={"requests_per_minute": 1_000_000}, timeout=60).raise_for_status()
    for first in range(0, old_rows, _LOADED_AT_ONCE):
        rows = [
            {
                "user_id": str(FIRST_CITIZEN + n // _ROWS_A_CITIZEN),
                "message": TEXT,
                "time": round((NOW - timedelta(days=300, seconds=20 * n)).timestamp() * 1000),
            }
            for n in range(first, min(first + _LOADED_AT_ONCE, old_rows))
        ]
        requests.post(f"{control}/messages", json=rows, timeout=60).raise_for_status()


def _settings(url: str) -> dict[str, str]:
    known = requests.get(f"{url}/_control/credentials", timeout=60).json()
    return {
        "ZALO_APP_ID": known["app_id"],
        "ZALO_APP_SECRET": known["secret_key"],
        "ZALO_OA_ID": known["oa_id"],
        "ZALO_ACCESS_TOKEN": known["access_token"],
        "ZALO_REFRESH_TOKEN": known["refresh_token"],
        "ZALO_API_URL": url,
        "ZALO_OAUTH_URL": url,
        "ZALO_CALLS_PER_MINUTE": "1000000",
        "ACT_FROM": NOW.isoformat(),
    }
