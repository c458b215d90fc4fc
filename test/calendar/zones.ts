/**
 * Zones with something to trip over: clock changes at midnight and at 00:01,
 * half-hour changes, offsets off the hour, left-out days, Ramadan breaks,
 * offsets of seconds, plus everyday ones.
 */
export const oddZones: readonly string[] = [
  'UTC',
  'America/Mexico_City',
  'America/Tijuana',
  'America/Bogota',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/Asuncion',
  'America/Caracas',
  'America/Havana',
  'America/New_York',
  'America/St_Johns',
  'America/Argentina/San_Luis',
  'America/Boa_Vista',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'Africa/Freetown',
  'Antarctica/Troll',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Manila',
  'Asia/Pyongyang',
  'Asia/Tehran',
  'Atlantic/Azores',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Europe/Amsterdam',
  'Europe/Dublin',
  'Europe/London',
  'Europe/Madrid',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Fiji',
  'Pacific/Kiritimati',
  'Pacific/Kwajalein',
  'Pacific/Marquesas',
];

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local date and minute by the runtime's own formatter: an oracle that shares no code with the calendar. */
export function wallClock(instant: number, zone: string): { readonly date: string; readonly minute: number } {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    date: `${part.get('year')}-${part.get('month')}-${part.get('day')}`,
    minute: Number(part.get('hour')) * 60 + Number(part.get('minute')),
  };
}
