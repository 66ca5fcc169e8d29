"""A follow-up and the turns before it -> what it points to in them, by rules.

`rag.question.follow_ups` is its door.

    question -> parts (words, names, noun phrases)
    earlier turns -> background (who, what, where and when was spoken of)
    references, fragments + background -> a question that stands alone
"""
