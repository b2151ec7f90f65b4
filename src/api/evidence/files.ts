import { LANGUAGES, type Language } from '../../domain/language.ts';
import { shownInMadrid } from '../../domain/instant.ts';
import type { CommunicationDetail } from '../../store/communications.ts';
import type { DeliveryView } from '../../store/deliveries.ts';
import type { Story } from '../../telling/story-facts.ts';
import type { LoggedRequest } from '../views.ts';
import type { EvidenceFile } from './bundle.ts';

/** A row of the log with its request as it was sent. */
export type EvidenceAttempt = Omit<CommunicationDetail, 'request'> & {
  readonly request: LoggedRequest | null;
};

/**
 * The files that show what became of a delivery: the report's bytes as they were pinned, the delivery, of each row of
 * the log the row, the request and the answer as they are kept, and the story in each language.
 */
export function evidenceFiles(
  delivery: DeliveryView,
  report: string | null,
  attempts: readonly EvidenceAttempt[],
  tell: (language: Language) => Story,
): EvidenceFile[] {
  return [
    { name: 'delivery.json', content: json(delivery) },
    ...(report === null ? [] : [{ name: 'report.xml', content: report }]),
    ...attempts.flatMap((attempt, place) =>
      attemptFiles(attempt, `log/${String(place + 1).padStart(2, '0')}`),
    ),
    ...LANGUAGES.map((language) => ({ name: `story.${language}.txt`, content: storyText(tell(language)) })),
  ];
}

function attemptFiles(
  { communication, phases, request, response }: EvidenceAttempt,
  prefix: string,
): EvidenceFile[] {
  const files: EvidenceFile[] = [{ name: `${prefix}-row.json`, content: json({ ...communication, phases }) }];
  if (request !== null) {
    const { body, ...rest } = request;
    files.push({ name: `${prefix}-request.json`, content: json(rest) });
    if (body !== null) files.push({ name: `${prefix}-request.xml`, content: body });
  }
  if (response !== null) {
    files.push({ name: `${prefix}-answer-headers.json`, content: json(response.headers) });
    if (response.body !== null) files.push({ name: `${prefix}-answer.txt`, content: response.body });
  }
  return files;
}

function storyText({ sentence, items }: Story): string {
  const lines = items.map(({ at, sentence: told }) => `${at === null ? '–' : shownInMadrid(at)}  ${told}`);
  return `${sentence}\n\n${lines.join('\n')}\n`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
