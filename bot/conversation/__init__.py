"""What a message means where it stands in its conversation: typed choices, follow-ups, two questions at once."""
