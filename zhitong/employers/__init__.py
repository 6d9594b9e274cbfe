"""Employers, their demand, and targets by department."""
