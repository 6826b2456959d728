"""Scripted conversations: a shop's developer writes them, ``daogou test`` and pytest run them.

The form is Rasa's end-to-end format with assertions after each message of the user::

    test_cases:
      - test_case: running shoes within a budget
        steps:
          - user: Hi, I need running shoes under $80
          - action_executed: search_products
          - slot_was_set: {product_type: running shoes}
          - products: {min: 3, all_within: 80, all_have: {color: blue}}
          - bot_uttered: "running shoes"
          - press: Show more
          - action_executed: show_more
"""

from assistant.dialogues.form import (
    CartAssertion,
    DialogueCase,
    DialogueError,
    ProductsAssertion,
    Step,
    load_dialogues,
    load_files,
)
from assistant.dialogues.play import CaseResult, Failure, run_case

__all__ = [
    "CartAssertion",
    "CaseResult",
    "DialogueCase",
    "DialogueError",
    "Failure",
    "ProductsAssertion",
    "Step",
    "load_dialogues",
    "load_files",
    "run_case",
]
