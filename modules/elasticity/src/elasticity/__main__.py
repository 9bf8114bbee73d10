"""Lets ``python -m elasticity`` do what the command ``elasticity`` does."""

from elasticity.cli import main

if __name__ == "__main__":
    main()
