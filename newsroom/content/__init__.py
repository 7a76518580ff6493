"""What editors write: one model per kind of release, and the source documents that they cite."""
