"""The people who write to the account: who they are and what the account has noted of them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from sandbox.zalo.refusals import Json


class Citizen(BaseModel):
    """One person as the account sees them; the control API sets any of these fields."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    user_id: str
    display_name: str = ""
    alias: str = ""
    external_id: str = ""
    is_follower: bool = False
    interacted_at: int | None = None
    """When a follow, call or menu tap, which leave no row, last opened the window; epoch ms."""
    shared_info: Json | None = None
    tags: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)

    @property
    def avatar(self) -> str:
        """Return the address of the portrait; nothing is served there."""
        return f"https://s120-ava-talk.zadn.vn/{self.user_id}/120.jpg"


class Citizens:
    """Everybody known to the account, and the tags it uses."""

    def __init__(self) -> None:
        self.by_id: dict[str, Citizen] = {}
        self.tags: dict[str, None] = {}

    def get(self, user_id: str) -> Citizen:
        """Return a citizen, made known by this if they were not."""
        return self.by_id.setdefault(user_id, Citizen(user_id=user_id))

    def put(self, citizen: Citizen) -> None:
        """Make a citizen known, or change the fields that are set."""
        changed = {name: getattr(citizen, name) for name in citizen.model_fields_set}
        self.by_id[citizen.user_id] = self.get(citizen.user_id).model_copy(update=changed)
        self.tags |= dict.fromkeys(citizen.tags)
