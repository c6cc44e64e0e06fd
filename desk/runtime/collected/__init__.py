"""What came into the desk's mailbox: read, matched, and recorded with all that follows from it."""
