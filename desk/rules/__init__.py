"""DECIDE: pure functions; no SQL, no network, no clock, no files."""
