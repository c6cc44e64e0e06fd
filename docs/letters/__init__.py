"""What the desk writes, shown: one file a letter or message. `python -m docs.letters` writes them anew."""
