"""What an official wrote back to a letter that asks: to whom it is handed, and what comes of it."""
