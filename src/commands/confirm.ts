import { createInterface } from 'node:readline/promises';

/**
 * Asks a question. Whatever does not begin as a yes is none; Ctrl-C and the end of the input too.
 *
 * @param yes the first letter of a yes, lower case
 */
export async function isAgreed(
  question: string,
  yes: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  const asked = createInterface({ input, output });
  const unanswered = new AbortController();
  asked.on('SIGINT', () => asked.close()).on('close', () => unanswered.abort());
  try {
    const answer = await asked.question(question, { signal: unanswered.signal });
    return answer.trim().toLowerCase().startsWith(yes);
  } catch (error) {
    if (!unanswered.signal.aborted) throw error;
    return false;
  } finally {
    asked.close();
  }
}
