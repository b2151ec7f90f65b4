import type { Signer } from '../domain/notification.ts';
import type { Report, ReportItem } from '../domain/report.ts';

/**
 * A report in one line of Catalan for a terminal: which notification of whom is in which state since when. It
 * names nobody: personal data stays out of terminals and their logs.
 */
export function describeReport(report: Report): string {
  const { organisation, department, organisationName } = report.issuer;
  const issuer = `${organisation}/${department} ${organisationName}`;
  const [only] = report.items;
  if (report.kind === 'OnLine' && only !== undefined && report.items.length === 1) {
    return printable(`${describeItem(only)} · ${issuer}`);
  }
  const kind = report.kind === 'Diari' ? 'informe diari' : 'informe en línia';
  const count = report.items.length === 1 ? '1 notificació' : `${report.items.length} notificacions`;
  return printable(`${kind} del ${report.date}, ${count} · ${issuer}`);
}

function describeItem({ state, occurredAt, notification, signer }: ReportItem): string {
  const kind = notification.kind === 'NOTIFICACIO' ? 'notificació' : 'comunicació';
  const by = signer === null ? '' : `, ${SIGNED_BY[signer.type]}`;
  return `${kind} ${notification.id} (${notification.reference}) ${state}${by} · ${occurredAt}`;
}

const SIGNED_BY: Record<Signer['type'], string> = {
  interested: 'per la persona interessada',
  representative: 'per un representant',
  officer: 'per un funcionari habilitat',
  paper: 'en paper',
};

/** What comes from outside must not move the terminal's cursor: control characters become spaces. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
