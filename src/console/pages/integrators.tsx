import { useQuery } from '@tanstack/preact-query';
import { Link, useParams } from 'wouter-preact';
import type { Document } from '../../console-build/document-model.ts';
import { BASE } from '../base.ts';
import { Card } from '../components/card.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { DocumentView, type LinkTo } from '../components/document/document-view.tsx';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { useTexts } from '../i18n/texts.ts';
import { integratorsPath } from '../links.ts';
import { integratorsTexts } from '../texts/integrators.ts';

/** The documents that integrators read here, by the names that they have in each other’s links. */
const DOCUMENTS = {
  integrators: async () => import('../../../docs/integrators.md?document'),
  answers: async () => import('../../../docs/answers.md?document'),
  contract: async () => import('../../../docs/contract.md?document'),
} as const satisfies Record<string, () => Promise<{ readonly default: Document }>>;
type Name = keyof typeof DOCUMENTS;

const NAMES = ['integrators', 'answers', 'contract'] as const satisfies Name[];

/** What the service has of the contract: the WSDL that an integrator implements, and the form of its messages. */
const FILES = [
  { path: 'soap/reports/recepcio-reports-4.0.wsdl', text: 'wsdl' },
  { path: 'soap/reports/report-4.0.xsd', text: 'xsd' },
  { path: 'soap/reports/report-3.2.xsd', text: 'oldXsd' },
  { path: 'soap/reports/4.0?wsdl', text: 'recoverWsdl' },
] as const;

/** How a web service that receives callbacks is written: the project’s own documents, in English. */
export default function Integrators() {
  const t = useTexts(integratorsTexts);
  const { document: wanted } = useParams();
  const name = NAMES.find((each) => each === wanted) ?? 'integrators';
  const { data, error } = useQuery({
    queryKey: ['document', name],
    queryFn: async () => (await DOCUMENTS[name]()).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Page title={t('title')}>
      <div class="stack">
        <p class="soft">{t('help')}</p>
        {name === 'integrators' && <Files />}
        <nav class="tabs" aria-label={t('documents')}>
          {NAMES.map((each) => (
            <Link key={each} href={integratorsPath(each)} aria-current={each === name ? 'page' : undefined}>
              {t(each)}
            </Link>
          ))}
        </nav>
        {error !== null && <ErrorState error={error} onRetry={() => location.reload()} />}
        {error === null && data === undefined && <Skeleton />}
        {data !== undefined && <DocumentView document={data} code={t('code')} linkTo={linkTo} />}
      </div>
    </Page>
  );
}

/** What is served here is led to. The project’s other documents are where its program is: their names are words. */
const linkTo: LinkTo = (target, words) => {
  const name = NAMES.find((each) => target.replace(/#.*$/, '') === `${each}.md`);
  if (name !== undefined) return <Link href={integratorsPath(name)}>{words}</Link>;
  if (target === '../schemas/') return <a href={FILES[0].path}>{words}</a>;
  return words;
};

function Files() {
  const t = useTexts(integratorsTexts);
  return (
    <div class="document-files">
      <Card title={t('files')}>
        <ul class="list">
          {FILES.map(({ path, text }) => (
            <li key={path}>
              <a href={path}>{t(text)}</a> <CopyButton value={new URL(path, BASE).href} what={t(text)} />
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
