"""How a message sounds, and whether it touches what a person should answer: measured, not listed.

A support vector machine over the encoder's vector of the message and four figures of its form,
calibrated. What it was fitted on lies beside it.
"""

from assistant.tone.reader import ToneReader

__all__ = ["ToneReader"]
