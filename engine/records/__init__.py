"""The frozen records that pass between the steps: content, the school as written, facts, and the plan."""
