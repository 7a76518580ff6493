"""The daily bulletin beyond its text: the 17:00 clock, figures that arrive, and the forms in which it goes out."""
