"""The list that other websites put into a frame."""
