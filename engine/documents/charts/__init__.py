"""Drawings of a plan, each an SVG."""
