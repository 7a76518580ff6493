"""Stand-in for the Zalo Official Account platform, with a phone-like page: for development, demonstration and tests."""
