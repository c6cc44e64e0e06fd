"""Articles of the account: how they are written, what Zalo takes, and what is decided about them (Điều 11)."""
