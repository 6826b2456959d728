"""Nets over the order of what shoppers chose, in parts that know nothing of each other.

``sequences`` is the data, ``nets`` and ``feed_forward_net`` are the nets, ``losses`` the losses,
``sampling`` draws batches and negatives, ``fitting`` turns the crank and ``checkpoints`` lets it go
on after a kill; ``learning`` puts them together for the two ``…_training``. torch is imported by
these alone, and only while training: what is served is ``sequential`` and ``feed_forward``, the
same nets in numpy (``forward``).
"""
