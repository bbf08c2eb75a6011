"""Registering: from a pasted address over the confirmed mail to the operator's decision."""
