"""A week of invented citizens who write to the account: who, when, what."""

from sandbox.week.messages import Kind, Written, write_week

__all__ = ["Kind", "Written", "write_week"]
