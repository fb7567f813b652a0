"""What steps need and offer, told from their code and from what it says in words."""
