"""What a source is: who makes it, what it covers, its terms and its known biases."""
