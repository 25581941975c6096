"""Cases: accounts that are going, from the first sign to the loss and back, with who looks after each."""
