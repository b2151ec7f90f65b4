import { Link } from 'wouter-preact';
import { BASE } from '../../base.ts';
import { Card } from '../../components/card.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { integratorsPath } from '../../links.ts';
import { guideTexts } from '../../texts/guide.ts';

/** What an integrator must know to write a web service that gets callbacks; to be copied into a letter. */
export function TellIntegrator() {
  const t = useTexts(guideTexts);
  const wsdl = new URL('soap/reports/recepcio-reports-4.0.wsdl', BASE).href;
  const recoverWsdl = new URL('soap/reports/4.0?wsdl', BASE).href;
  const items = [
    t('tellPost'),
    t('tellAnswer'),
    t('tellTwice'),
    t('tellRecover', { wsdl: recoverWsdl }),
    t('tellCheck', { command: 'npx --no-install enotum-callbacks check https://…' }),
  ];
  return (
    <Card title={t('tell')}>
      <p class="soft">
        {t('tellHelp')} <Link href={integratorsPath()}>{t('tellGuide')}</Link>
      </p>
      <ul class="list">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <p>
        WSDL: <code>{wsdl}</code> <CopyButton value={wsdl} what="WSDL" />
      </p>
      <div class="row">
        <CopyButton
          value={[...items, `WSDL: ${wsdl}`].map((item) => `- ${item}`).join('\n')}
          what={t('tell')}
          text={t('tellAll')}
        />
      </div>
    </Card>
  );
}
