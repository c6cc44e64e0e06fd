"""From units' replies to what a citizen reads: composed, put before an official, let go (U2, U11)."""
