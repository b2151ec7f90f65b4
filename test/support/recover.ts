/** Requests of RecuperarReport as an integrator writes them. */

const SOAP = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

/** What a request asks for; the entity of test/support/changes.ts where nothing else is said. */
interface Asked {
  readonly organisation?: string;
  readonly department?: string;
  readonly backOffice?: string;
  readonly notification?: string;
  readonly date?: string;
}

/** PeticioRecuperarReport; codes must need no escapes. */
export function recoverRequest(asked: Asked): string {
  const { organisation = '9900000001', department = '1', backOffice, notification, date } = asked;
  return (
    '<PeticioRecuperarReport xmlns="http://www.aocat.net/NT/v4.0">' +
    (backOffice === undefined ? '' : `<BackOffice>${backOffice}</BackOffice>`) +
    `<Usuari><Empleat><CodiOrganisme>${organisation}</CodiOrganisme>` +
    `<CodiDepartament>${department}</CodiDepartament></Empleat></Usuari>` +
    (notification === undefined ? '' : `<IdNotificacio>${notification}</IdNotificacio>`) +
    (date === undefined ? '' : `<DataReport>${date}</DataReport>`) +
    '</PeticioRecuperarReport>'
  );
}

/** A SOAP message with this in its Body. */
export function recoverMessage(content: string, soapVersion: '1.1' | '1.2' = '1.1', header = ''): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${SOAP[soapVersion]}">${header}` +
    `<s:Body>${content}</s:Body></s:Envelope>`
  );
}
