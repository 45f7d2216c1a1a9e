"""Co-financing: who is entitled to it, how much, and the documents of the finance department."""
