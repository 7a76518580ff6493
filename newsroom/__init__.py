"""The newsroom: content, approval by a second person, releases, training archives, and the API that serves them."""
