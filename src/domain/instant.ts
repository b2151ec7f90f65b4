/** The day of an instant in Europe/Madrid, `YYYY-MM-DD`: what DataInforme says. */
export function madridDay(ms: number): string {
  // Zones change at full quarters of an hour, so all instants of one have the same day or begin it.
  const quarter = Math.floor(ms / QUARTER_MS);
  if (quarter !== lastQuarter) {
    lastQuarter = quarter;
    lastDay = MADRID_DAY.format(ms);
  }
  return lastDay;
}

// Changes come in the order of time, mostly; formatting a day costs as much as writing its report.
const QUARTER_MS = 900_000;
let lastQuarter = Number.NaN;
let lastDay = '';

// The Swedish locale writes dates as ISO 8601 does.
const MADRID_DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Madrid',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
