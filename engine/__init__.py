"""The engine: from a school folder and a library of rules and knowledge to an explained plan."""
