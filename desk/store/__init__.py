"""REMEMBER: one typed function a statement; takes a connection, opens none."""
