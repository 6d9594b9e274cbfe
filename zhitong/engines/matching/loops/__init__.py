"""The compiled loops of the engine.

Compiling must be quick, and so must the calls: arrays are handed on singly (taking one out of a tuple counts a
reference, which costs more than scoring a pair), memory is given from outside, and `min`, `max` and assignments to
slices are written out (each brings a piece of numba's library to be compiled).
"""
