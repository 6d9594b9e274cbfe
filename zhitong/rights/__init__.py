"""Rights: people's questions with their answers, and whoever owes an answer by when."""
