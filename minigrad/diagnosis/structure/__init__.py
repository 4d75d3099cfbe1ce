"""The structure of a recurrent network, read off the graph of any code that computes it."""
