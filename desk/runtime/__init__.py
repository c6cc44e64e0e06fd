"""Settings, clock, database, rendering, wiring."""
