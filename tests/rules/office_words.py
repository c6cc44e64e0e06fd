"""The office's own words, as the desk reads them, for tests of the rules that work by them."""

from __future__ import annotations

from pathlib import Path

from desk.runtime.office import read_files

OFFICE = read_files(Path(__file__).parents[2] / "office")
LEXICON = OFFICE.lexicon
AUTHORITIES = frozenset(authority.code for authority in OFFICE.authorities)
