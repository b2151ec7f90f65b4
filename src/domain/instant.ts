/** The day of an instant in Europe/Madrid, `YYYY-MM-DD`: what DataInforme says. */
export function madridDay(ms: number): string {
  return MADRID_DAY.format(ms);
}

// The Swedish locale writes dates as ISO 8601 does.
const MADRID_DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Madrid',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
