"""The office as dated data."""
