"""Numbers about protests that can be defended, and checks of printed ones."""
