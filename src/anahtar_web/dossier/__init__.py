"""What is known of an account: facts with their source, date, grade and shelf-life."""
