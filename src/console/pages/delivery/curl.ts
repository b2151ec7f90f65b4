/** Headers that curl makes itself. */
const ITS_OWN = new Set(['content-length', 'host', 'connection', 'transfer-encoding', 'user-agent']);

/**
 * A request as a command of curl, for a POSIX shell: each argument in single quotes, so that the shell reads nothing
 * into it. What was masked in the log is masked in it.
 */
export function curlCommand(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | null,
): string {
  const lines = [`curl --request POST ${quoted(url)}`];
  for (const [name, value] of Object.entries(headers)) {
    if (!ITS_OWN.has(name.toLowerCase())) lines.push(`--header ${quoted(`${name}: ${value}`)}`);
  }
  if (body !== null) lines.push(`--data-raw ${quoted(body)}`);
  return lines.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
