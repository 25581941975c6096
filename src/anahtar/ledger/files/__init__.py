"""What a file is, and the walls behind which it is opened: archives, formats, the limited child process."""
