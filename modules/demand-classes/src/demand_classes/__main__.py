"""Lets ``python -m demand_classes`` do what the command ``demand-classes`` does."""

from demand_classes.cli import main

if __name__ == "__main__":
    main()
