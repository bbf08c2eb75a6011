"""The former place of the version; aggregator.model.version has it."""

from aggregator.model.version import VERSION as VERSION
