"""The staff's surroundings: admin menu, banner, Vietnamese words, snippet lists."""
