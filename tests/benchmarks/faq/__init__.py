"""How well the FAQ finds the right entry, and how seldom it answers what nothing answers."""
