"""What we ask: one statement a file."""
