"""Measurements: retrieval, answers, abstention and speed on pinned data, in committed tables."""
