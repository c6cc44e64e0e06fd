"""What officials are asked by mail, and what comes of their word."""
