"""One folder per channel, with the same file names; a channel knows no other channel and not the relay."""
