"""Rules put to the test by their own examples, and the examples by changed rules."""
