"""Decides which of several values answers: what was taken back, what is older, and what differs.

`corrections` finds what was withdrawn, `told` the value that a sentence tells, `sorts` what it is
of, `gathering` what other sentences tell of the same, `grouping` the sentences that tell one value,
`superseding` the values that another one replaces, and `deciding` which of them answers.
"""
