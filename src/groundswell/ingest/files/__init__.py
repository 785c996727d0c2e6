"""Files of any kind as rows of texts: nothing lost, nothing yet understood."""
