import type { CorpusAnswer, CorpusGroup, Expected } from './answers/answer.ts';

/** How much of a text the page shows, in characters. */
const SHOWN = 160;

/** docs/answers.md: how each answer of the corpus is read, and why. */
export function answersDocument(groups: readonly CorpusGroup[]): string {
  const count = groups.reduce((sum, { answers }) => sum + answers.length, 0);
  const sections = groups.map(
    ({ title, source, answers }) =>
      `## ${title}\n\n${capitalised(source)}.\n\n| answer | status | outcome | what the log says | why |\n|---|---|---|---|---|\n${answers.map(row).join('\n')}\n`,
  );
  return `${INTRODUCTION(count)}\n${sections.join('\n')}`;
}

const INTRODUCTION = (count: number): string => `# Answers

How ${count} answers of web services, and of what stands before them, are read. The rules are in [contract.md](contract.md), the codes in [errors.md](errors.md). This page is written from the tests' corpus (\`test/corpus/answers\`), where the bytes are: each is judged as the page says, and sent through a real connection as well. \`npx vitest run test/corpus -u\` writes it anew.
`;

function row({ what, status, expected, why }: CorpusAnswer): string {
  const [outcome, text] = outcomeOf(expected);
  return `| ${[what, String(status), outcome, text, why].map(cell).join(' | ')} |`;
}

function outcomeOf(expected: Expected): readonly [string, string] {
  if (expected === 'acknowledged') return ['acknowledged', ''];
  const { outcome, code, text } = expected;
  return [`${outcome}, \`${code}\``, text.length > SHOWN ? `${text.slice(0, SHOWN).trimEnd()}…` : text];
}

/** A text that Markdown leaves alone in a table. */
function cell(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[|<>*_[\]\\&]/g, (sign) => (sign === '|' ? '\\|' : `\\${sign}`))
    .trim();
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
