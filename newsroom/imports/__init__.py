"""Sites and hotlines from and to spreadsheets: dry run, errors row by row, all or nothing."""
