"""Data quality: what was read as what, counts that add up, and warnings to look at first."""
