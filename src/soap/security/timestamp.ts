import { element } from '../xml.ts';
import { TIMESTAMP_ID, WSU } from './names.ts';

/** An instant as `wsu:Created` and `wsu:Expires` have it: UTC, three decimals (WS-I BSP 1.1, R3217, R3220). */
export function writeInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * How long the message is valid (SOAP Message Security 1.1, 10). It declares its own namespace, so that what is
 * written is its exclusive canonical form wherever it stands.
 */
export function writeTimestamp(created: string, expires: string): string {
  return (
    `<wsu:Timestamp xmlns:wsu="${WSU}" wsu:Id="${TIMESTAMP_ID}">` +
    element('wsu:Created', created) +
    element('wsu:Expires', expires) +
    '</wsu:Timestamp>'
  );
}
