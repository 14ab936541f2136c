"""What was read as what, counts that add up, and what to look at before trusting the figures."""
