"""`python -m app.commands`: the same as `parallax`, where the script is not on the path."""

from app.commands.cli import run

if __name__ == "__main__":
    run()
