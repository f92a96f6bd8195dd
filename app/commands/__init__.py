"""In: a command line.
Out: a process that runs, or a piece of upkeep done, with its progress and an exit status.
Never: wiring parts (that is `main`), SQL, rules about claims."""
