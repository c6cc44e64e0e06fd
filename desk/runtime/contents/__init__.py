"""An article's way by mail: drafted, reviewed, decided, published, taken down (Điều 11, U17)."""
