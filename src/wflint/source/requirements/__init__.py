"""Which releases of packages a repository says that it runs with: locks, requirement files, project files."""
