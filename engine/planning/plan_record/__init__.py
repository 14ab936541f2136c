"""The solved problem as a Plan: every step with its dates, people, money, reasons and milestones."""
