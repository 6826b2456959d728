"""What shoppers do, under its GA4 names: read, checked, kept once, and counted.

``reading`` makes events of what a page sends, ``importing`` of a file; both go through
``log.EventLog`` into the store. ``figures`` counts clicks and purchases per list and model.
"""
