"""Tests of the house itself: each rule is a function that returns sentences, and is seen to find a breach."""
