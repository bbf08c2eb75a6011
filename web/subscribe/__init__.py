"""How people take the calendar along: subscriptions for every program they use."""
