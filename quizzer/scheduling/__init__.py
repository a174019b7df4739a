"""When a card comes back: SM-2, the queue of the day, and replay of the log."""
