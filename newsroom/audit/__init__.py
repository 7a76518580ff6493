"""Who did what when: every event of content, approval, training, roles and logins, only ever appended to."""
