"""Product search against graded judgments, with peers on the same texts."""
