"""DO: one step a function; claims a batch, decides, records, or calls one gateway for a batch."""
