import type { DeliveryDetail } from './model.ts';

/** Where RecuperarReport is asked for, on this service. */
export const RECOVERY_PATH = 'soap/reports/4.0';

/** The message that asks for what the delivery did not tell (contract 4.0, PeticioRecuperarReport.xsd; SOAP 1.1). */
export function recoveryRequest({
  organisation = '',
  department = '',
  notification,
  date,
}: NonNullable<DeliveryDetail['recovery']>): string {
  const wanted = [
    ...(notification === undefined ? [] : [element('IdNotificacio', notification)]),
    ...(date === undefined ? [] : [element('DataReport', date)]),
  ];
  const entity = element('CodiOrganisme', organisation) + element('CodiDepartament', department);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    '<PeticioRecuperarReport xmlns="http://www.aocat.net/NT/v4.0">' +
    `<Usuari><Empleat>${entity}</Empleat></Usuari>${wanted.join('')}` +
    '</PeticioRecuperarReport></soapenv:Body></soapenv:Envelope>'
  );
}

function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${escaped}</${name}>`;
}
