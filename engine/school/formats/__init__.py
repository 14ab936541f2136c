"""The formats in which schools export their pupils, each read into rows."""
