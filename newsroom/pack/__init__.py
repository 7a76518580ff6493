"""Loading a content pack through the ordinary road, and the demonstration accounts that do it."""
