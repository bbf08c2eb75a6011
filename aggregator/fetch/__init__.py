"""One polite GET: what to ask (pure), whom one may ask (the address rule), and asking."""
