"""Who the simulated account and its app are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Identity:
    """The account and the app that holds its grant; invented, the same in every run."""

    app_id: str = "2841390275563014926"
    secret_key: str = "sandbox-app-secret-key"  # noqa: S105 - opens nothing but this simulator
    oa_id: str = "3592353763697768582"
    name: str = "Bảo hiểm xã hội (thử nghiệm)"
    description: str = "Tài khoản mô phỏng"
    alias: str = "bhxh-thu-nghiem"
    avatar: str = "https://s160-ava-talk.zadn.vn/oa/160.jpg"
    cover: str = "https://cover-talk.zadn.vn/oa/cover.jpg"
