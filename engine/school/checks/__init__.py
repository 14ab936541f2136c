"""The mistakes of a school folder that its files show only together."""
