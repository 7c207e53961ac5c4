// Reads calendar files with ical.js: a JSON list of texts on the standard input, and on the standard output a list of what stands in them.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const iso = (time) => new Date(time.toUnixTime() * 1000).toISOString();

function event(part) {
  const text = (name) => String(part.getFirstPropertyValue(name) ?? '');
  const parameter = (name, key) => part.getFirstProperty(name)?.getFirstParameter(key) ?? '';
  return {
    UID: text('uid'), Summary: text('summary'), Description: text('description'), Status: text('status'), URL: text('url'),
    Conference: text('conference'), Label: parameter('conference', 'label'), Sequence: part.getFirstPropertyValue('sequence'),
    Organizer: text('organizer'), OrganizerName: parameter('organizer', 'cn'),
    Attendee: text('attendee'), AttendeeName: parameter('attendee', 'cn'), Partstat: parameter('attendee', 'partstat'),
    Stamp: iso(part.getFirstPropertyValue('dtstamp')), Start: iso(part.getFirstPropertyValue('dtstart')), End: iso(part.getFirstPropertyValue('dtend')),
    Alarms: part.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
  };
}

const files = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(files.map((file) => {
  const calendar = new ICAL.Component(ICAL.parse(file));
  ICAL.TimezoneService.reset(); // no zones but those of the file
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return {
    Method: calendar.getFirstPropertyValue('method'), Name: calendar.getFirstPropertyValue('name') ?? '',
    Refresh: String(calendar.getFirstPropertyValue('refresh-interval') ?? ''), Events: calendar.getAllSubcomponents('vevent').map(event),
  };
})));
