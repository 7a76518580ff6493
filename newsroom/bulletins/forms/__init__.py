"""One bulletin in each form in which it goes out. All of them say the same figures, made from one edition."""
