"""What a social map is: model, vocabulary, checks, privacy and errors, without database or web."""
