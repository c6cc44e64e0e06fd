"""What a mail from a unit or an official says: whose it is, who wrote it, what of it is new, what it means."""
