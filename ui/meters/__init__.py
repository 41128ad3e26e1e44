"""Live values as pictures that assistive technology can read too."""
