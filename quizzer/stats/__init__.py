"""What the log says about progress."""
