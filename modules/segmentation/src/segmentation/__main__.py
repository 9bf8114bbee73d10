"""Lets ``python -m segmentation`` do what the command ``segmentation`` does."""

from segmentation.cli import main

if __name__ == "__main__":
    main()
