"""Tags of the kernel's pages."""
