// Expands a calendar as Thunderbird and Nextcloud do, by ical.js, and prints what a person would see as JSON.
// Usage: node expand.mjs MODULE CALENDAR-URL ZONE FIRST-DAY LAST-DAY (exclusive)
const [module, url, zoneName, first, last] = process.argv.slice(2);
const ICAL = (await import(module)).default;

const text = await (await fetch(url)).text();
const calendar = new ICAL.Component(ICAL.parse(text));
for (const part of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(part);
}
const begin = ICAL.Time.fromDateString(first);
const end = ICAL.Time.fromDateString(last);

// A date is the same day everywhere; a time is shown as the clocks of the zone show it (Swedish writes ISO dates).
const clocks = new Intl.DateTimeFormat("sv-SE", { timeZone: zoneName, dateStyle: "short", timeStyle: "short" });

function shown(time) {
  return time.isDate ? time.toString() : clocks.format(time.toJSDate());
}

function seen({ item, startDate, endDate }) {
  return { start: shown(startDate), end: shown(endDate), title: item.summary, uid: item.uid };
}

const found = [];
for (const part of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(part);
  if (event.isRecurrenceException()) continue;
  if (!event.isRecurring()) {
    found.push(seen({ item: event, startDate: event.startDate, endDate: event.endDate }));
    continue;
  }
  const starts = event.iterator();
  for (let next = starts.next(); next && next.compare(end) < 0; next = starts.next()) {
    found.push(seen(event.getOccurrenceDetails(next)));
  }
}
console.log(JSON.stringify(found.filter((each) => each.start >= begin.toString() && each.start < end.toString())));
