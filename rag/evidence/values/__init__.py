"""Decides which of several values answers: what was taken back, what is older, and what differs.

`corrections` finds what was withdrawn, `told` the value that a sentence tells, `grouping` the
sentences that tell one value, and `deciding` which of them answers.
"""
