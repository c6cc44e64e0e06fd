"""Pages, and the diagrams drawn from the code."""
