"""Mirrors the folders above."""
