import { useQuery } from '@tanstack/preact-query';
import { Link, useParams } from 'wouter-preact';
import type { Document } from '../../console-build/document-model.ts';
import { BASE } from '../base.ts';
import { Card } from '../components/card.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { DocumentView, type LinkTo } from '../components/document/document-view.tsx';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { useLanguage, type Language } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { integratorsPath } from '../links.ts';
import { integratorsTexts } from '../texts/integrators.ts';

type Load = () => Promise<{ readonly default: Document }>;

/** The documents that integrators read here, by the names that they have in each other’s links. */
const NAMES = ['integrators', 'answers', 'contract'] as const;
type Name = (typeof NAMES)[number];

/** In the languages that they have: English always. */
const DOCUMENTS: Readonly<Record<Name, { readonly en: Load } & Partial<Readonly<Record<Language, Load>>>>> = {
  integrators: {
    ca: async () => import('../../../docs/integrators.ca.md?document'),
    es: async () => import('../../../docs/integrators.es.md?document'),
    en: async () => import('../../../docs/integrators.md?document'),
  },
  answers: { en: async () => import('../../../docs/answers.md?document') },
  contract: { en: async () => import('../../../docs/contract.md?document') },
};

/** What the service has of the contract: the WSDL that an integrator implements, and the form of its messages. */
const FILES = [
  { path: 'soap/reports/recepcio-reports-4.0.wsdl', text: 'wsdl' },
  { path: 'soap/reports/report-4.0.xsd', text: 'xsd' },
  { path: 'soap/reports/report-3.2.xsd', text: 'oldXsd' },
  { path: 'soap/reports/4.0?wsdl', text: 'recoverWsdl' },
] as const;

/** How a web service that receives callbacks is written: the project’s own documents, in the reader’s language where they have it. */
export default function Integrators() {
  const t = useTexts(integratorsTexts);
  const { document: wanted } = useParams();
  const name = NAMES.find((each) => each === wanted) ?? 'integrators';
  const wantedLanguage = useLanguage();
  const translated = DOCUMENTS[name][wantedLanguage];
  const language = translated === undefined ? 'en' : wantedLanguage;
  const load = translated ?? DOCUMENTS[name].en;
  const { data, error } = useQuery({
    queryKey: ['document', name, language],
    queryFn: async () => (await load()).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Page title={t('title')}>
      <div class="stack">
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
        {language !== wantedLanguage && <p class="soft">{t('inEnglish')}</p>}
        {data !== undefined && (
          <DocumentView document={data} language={language} code={t('code')} linkTo={linkTo} />
        )}
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
