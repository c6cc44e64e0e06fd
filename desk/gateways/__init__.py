"""TALK: to Zalo and to mail; raise only the failures of failures.py."""
