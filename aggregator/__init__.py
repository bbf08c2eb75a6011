"""Bündel: one calendar for a town, bundled from the feeds its initiatives already have.

The pipeline on one screen; each line is one module, data flows downwards only::

    config              sources.yaml + environment  → Settings
    fetch.schedule      is this source due?         (pure)
    fetch.client        one polite GET              Source, SourceState → Answer
    pipeline.partial    of a calendar only the events that changed are read
    pipeline.isolation  everything between here and `changes` runs in a child with limits
      parse.sniff       what kind of bytes are these?
      parse.ics|feeds|webpage     bytes      → ParsedFeed (components + defects)
      normalise.prose_dates       words of a feed item → start, end, repetition
      normalise.records           components → Record (our own terms)
      normalise.recurrence        series     → occurrences inside the horizon
    pipeline.changes    old records, new records    → RecordChanges (pure)
    store.records       changes are written first, validators last, one transaction
    pipeline.ledger     visits without news → one transaction for many
    match.learning      all records → what they teach together; stored, and learnt anew once a day
    match.sentences     texts     → sentences, each of them read once
    match.standardising records   → words, venues, one face for each date
    match.blocking      faces     → candidate pairs; of all at once by match.ledger
    match.sketching     of a change: whom it cannot meet, told before words are read
    match.comparing     pairs     → findings
    match.deciding      findings  → verdicts, by the one table in match.weights
    match.clustering    verdicts  → clusters
    match.survivorship  cluster   → MergedEvent
    pipeline.relink     a whole look, or only at the changed records' pipeline.vicinity
    pipeline.apart      the whole look in a child, where the process goes on for months
    pipeline.merging    clusters + stored identities → events, occurrences, rendered bytes
    pipeline.stock      of a region only a thousand records and events at a time are in the memory
    export.ics|atom|…   merged events → bytes
    pipeline.telling    states of sources → mails to their owners
    pipeline.digests    filters of subscribers → the weekly mails
    pipeline.postbox    what waits → the mail server
    web                 reads the store, never fetches
"""
