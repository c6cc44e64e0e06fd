"""Real stand-ins for the outside: a Zalo OA, a mail server, people."""
