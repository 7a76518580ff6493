"""Staff accounts and the roles that they hold."""
