"""What every picture family of the demo shop looks like, one function a family."""
