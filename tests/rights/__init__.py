"""Who may do what, as a whole matrix: every address and operation × every role."""
