import {
  ACKNOWLEDGEMENT,
  envelope,
  httpError,
  made,
  response,
  SOAP_12,
  unreadable,
  wrapper,
  type CorpusGroup,
  type Expected,
} from './answer.ts';

const PLACE = 'RespostaReport counts in its place alone.';
const V4 = '{http://www.aocat.net/NT/v4.0}';

const notResponse = (name: string): Expected =>
  unreadable(`The answer holds ${name}, not ${V4}RespostaReport.`);

export const misnamed: CorpusGroup = {
  title: 'Names and namespaces that are not the contract’s',
  source: 'made against the contract',
  answers: [
    made(
      'RespostaReport of version 3.2',
      ACKNOWLEDGEMENT.replace('v4.0', 'v3.2'),
      notResponse('{http://www.aocat.net/NT/v3.2}RespostaReport'),
      'A receiver made for 3.2 may have read nothing of a report of 4.0: what it acknowledges is not known.',
    ),
    made(
      'RespostaReport of a foreign namespace',
      ACKNOWLEDGEMENT.replace('http://www.aocat.net/NT/v4.0', 'urn:x'),
      notResponse('{urn:x}RespostaReport'),
      'No stack is known to do it.',
    ),
    made(
      'a bare RespostaReport in no namespace',
      envelope('<RespostaReport/>'),
      notResponse('RespostaReport'),
      'Without the wrapper nothing else ties it to the contract.',
    ),
    made(
      'a bare RespostaReport in the wrapper’s namespace',
      envelope('<RespostaReport xmlns="http://www.openuri.org/"/>'),
      notResponse('{http://www.openuri.org/}RespostaReport'),
      'Without the wrapper nothing else ties it to the contract.',
    ),
    made(
      'a wrapper in no namespace',
      ACKNOWLEDGEMENT.replace('http://www.openuri.org/', ''),
      notResponse('clientRequestwithReturnResponse'),
      'No stack is known to do it.',
    ),
    made(
      'a wrapper of a foreign namespace',
      ACKNOWLEDGEMENT.replace('http://www.openuri.org/', 'http://tempuri.org/'),
      notResponse('{http://tempuri.org/}clientRequestwithReturnResponse'),
      'The service is not the contract’s.',
    ),
    made(
      'a wrapper of another operation',
      ACKNOWLEDGEMENT.replaceAll('clientRequestwithReturnResponse', 'clientRequestResponse'),
      notResponse('{http://www.openuri.org/}clientRequestResponse'),
      'The operation is not the contract’s.',
    ),
    made(
      'other capitals',
      ACKNOWLEDGEMENT.replaceAll('RespostaReport', 'respostaReport'),
      notResponse(`${V4}respostaReport`),
      'XML distinguishes them; here, unlike in an Error, a guess could lose a report.',
    ),
    made(
      'the answer of another operation of eNOTUM',
      envelope('<RespostaRecuperarReport xmlns="http://www.aocat.net/NT/v4.0"/>'),
      notResponse(`${V4}RespostaRecuperarReport`),
      PLACE,
    ),
    made(
      'an envelope of a draft of SOAP 1.2',
      envelope(wrapper(response()), 'http://www.w3.org/2001/12/soap-envelope'),
      unreadable('The answer is {http://www.w3.org/2001/12/soap-envelope}Envelope, not a SOAP Envelope.'),
      'SOAP 1.1, 4.4.1: another namespace is another version. Every other client refuses it too.',
    ),
    made(
      'an envelope whose namespace has a slash too many',
      envelope(wrapper(response()), `${SOAP_12}/`),
      unreadable(`The answer is {${SOAP_12}/}Envelope, not a SOAP Envelope.`),
      'Copied from a tutorial. Every other client refuses it too.',
    ),
    made(
      'a Body of another namespace',
      ACKNOWLEDGEMENT.replaceAll('s:Body', 'Body'),
      unreadable('The SOAP Envelope has no Body.'),
      'SOAP 1.1, 4: it has the Envelope’s.',
    ),
    made(
      'no Body',
      envelope('').replace('<s:Body></s:Body>', ''),
      unreadable('The SOAP Envelope has no Body.'),
      PLACE,
    ),
    made('an empty Body', envelope(''), unreadable('The SOAP Body is empty.'), PLACE),
    made(
      'an empty wrapper',
      envelope(wrapper('')),
      unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      PLACE,
    ),
    made(
      'RespostaReport without an envelope',
      response(),
      unreadable(`The answer is ${V4}RespostaReport, not a SOAP Envelope.`),
      'The contract is SOAP. What answers without it may be a file, or a mock that answers anything.',
    ),
    made(
      'the wrapper without an envelope',
      wrapper(response()),
      unreadable(
        'The answer is {http://www.openuri.org/}clientRequestwithReturnResponse, not a SOAP Envelope.',
      ),
      'The contract is SOAP.',
    ),
    made(
      'an acknowledgement with an HTTP status of failure',
      ACKNOWLEDGEMENT,
      httpError(500),
      'The status says that it failed, the body that it did not: a retry can do no harm.',
      { status: 500 },
    ),
    made(
      'an acknowledgement with a redirect',
      ACKNOWLEDGEMENT,
      httpError(307),
      'A redirect is never followed: reports go where the entity said.',
      { status: 307, headers: { 'Content-Type': 'text/xml', Location: 'http://127.0.0.1:1/' } },
    ),
  ],
};
