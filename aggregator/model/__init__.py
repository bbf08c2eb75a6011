"""The words of the project as frozen dataclasses; imports nothing of ours but `aggregator.errors`."""
