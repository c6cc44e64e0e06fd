"""What a citizen is to read: composed of the units' replies, looked over, cut into messages that Zalo takes."""
