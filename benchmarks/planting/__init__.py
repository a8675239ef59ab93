"""Faults planted in what invented agencies file: one planter for each way to earn a code."""
