"""Articles on Zalo: brought there, found again, taken off it."""
