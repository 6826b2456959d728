"""What products look like: their pictures as vectors, by a convolutional network."""
