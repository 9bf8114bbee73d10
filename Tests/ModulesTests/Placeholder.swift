// Gives the target a source until its first test.
