"""What the rules as a whole can and can't do, each finding shown on made-up schools and confirmed by the rules."""
