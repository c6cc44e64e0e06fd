"""WHEN: one file a flow; file, function and deployment have one name."""
