import {
  ACKNOWLEDGEMENT,
  envelope,
  faulted,
  httpError,
  made,
  response,
  SOAP_12,
  unreadable,
  wrapper,
  type CorpusGroup,
} from './answer.ts';
import { exampleReport } from '../../support/reports.ts';
import { writeEnvelope } from '../../../src/soap/envelope.ts';
import { writeReport40 } from '../../../src/soap/report-40.ts';

const ONLY = 'Only what the contract has acknowledges; what it does not have may say anything.';
const ONE = 'One Envelope, one Body, one answer: of two nobody knows which counts.';
const PLACE = 'RespostaReport counts in its place alone.';
const FAULT_WINS = 'A Fault wins over everything: it is the protocol’s own word.';
const V4 = '{http://www.aocat.net/NT/v4.0}';

const report = writeReport40(exampleReport({}));
const options = { soapVersion: '1.1', wrapper: true, soapAction: '' } as const;

const notThere = (name: string): ReturnType<typeof unreadable> =>
  unreadable(`The answer holds ${name}, which the contract does not have there.`);
const notResponse = (name: string): ReturnType<typeof unreadable> =>
  unreadable(`The answer holds ${name}, not ${V4}RespostaReport.`);
const beside = (name: string): ReturnType<typeof unreadable> =>
  unreadable(`The SOAP Envelope holds ${name} beside its Body.`);
const TEXT = unreadable('The answer holds text where the contract has none.');
const AS_TEXT = unreadable(
  'The answer holds RespostaReport as text (escaped or in CDATA), not as an element.',
);

export const misplaced: CorpusGroup = {
  title: 'What looks like an acknowledgement and is none',
  source: 'made against the contract',
  answers: [
    made(
      'our own request',
      writeEnvelope(report, options),
      unreadable('The answer repeats the request.'),
      'A server that gives back what it gets has taken nothing.',
    ),
    made(
      'our own request without the wrapper',
      writeEnvelope(report, { ...options, wrapper: false }),
      unreadable('The answer repeats the request.'),
      'A server that gives back what it gets has taken nothing.',
    ),
    made(
      'an acknowledgement in the wrapper of the request',
      envelope(
        `<clientRequestwithReturn xmlns="http://www.openuri.org/">${response()}</clientRequestwithReturn>`,
      ),
      unreadable('The answer repeats the request.'),
      PLACE,
    ),
    made(
      'two Bodies',
      ACKNOWLEDGEMENT.replace('</s:Body>', '</s:Body><s:Body/>'),
      unreadable('The SOAP Envelope has more than one Body.'),
      ONE,
    ),
    made('two answers', envelope(wrapper(response() + response())), notThere(`${V4}RespostaReport`), ONE),
    made(
      'two wrappers',
      envelope(wrapper(response()) + wrapper(response())),
      notThere('{http://www.openuri.org/}clientRequestwithReturnResponse'),
      ONE,
    ),
    made(
      'a wrapped and a bare answer',
      envelope(wrapper(response()) + response()),
      notThere(`${V4}RespostaReport`),
      ONE,
    ),
    made(
      'an answer in an answer',
      envelope(wrapper(response(response()))),
      notThere(`${V4}RespostaReport`),
      ONE,
    ),
    made(
      'an envelope in the Body',
      envelope(ACKNOWLEDGEMENT),
      notResponse('{http://schemas.xmlsoap.org/soap/envelope/}Envelope'),
      ONE,
    ),
    made(
      'in the Header',
      envelope('').replace('<s:Body>', `<s:Header>${wrapper(response())}</s:Header><s:Body>`),
      unreadable('The SOAP Body is empty.'),
      PLACE,
    ),
    made(
      'beside the Body',
      `${envelope('').replace('</s:Envelope>', '')}${wrapper(response())}</s:Envelope>`,
      beside('{http://www.openuri.org/}clientRequestwithReturnResponse'),
      PLACE,
    ),
    made(
      'deeper',
      envelope(wrapper(`<Resultat>${response()}</Resultat>`)),
      notResponse('{http://www.openuri.org/}Resultat'),
      PLACE,
    ),
    made(
      'in a comment',
      envelope(wrapper(`<!--${response()}-->`)),
      unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      'A comment is no content.',
    ),
    made(
      'in CDATA',
      envelope(wrapper(`<![CDATA[${response()}]]>`)),
      AS_TEXT,
      'Text that quotes an answer is none.',
    ),
    made(
      'escaped',
      envelope(wrapper(response().replaceAll('<', '&lt;'))),
      AS_TEXT,
      'Text that quotes an answer is none.',
    ),
    made(
      'the whole answer escaped',
      envelope(ACKNOWLEDGEMENT.replaceAll('<', '&lt;')),
      AS_TEXT,
      'Text that quotes an answer is none.',
    ),
    made(
      'in a Fault’s detail',
      envelope(
        `<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring><detail>${response()}</detail></s:Fault>`,
      ),
      faulted('s:Server: no'),
      FAULT_WINS,
    ),
    made(
      'beside a Fault',
      envelope(`${wrapper(response())}<s:Fault><faultstring>no</faultstring></s:Fault>`),
      faulted('no'),
      FAULT_WINS,
    ),
    made(
      'with a Fault after the Body',
      ACKNOWLEDGEMENT.replace(
        '</s:Envelope>',
        '<s:Fault><faultstring>no</faultstring></s:Fault></s:Envelope>',
      ),
      beside('{http://schemas.xmlsoap.org/soap/envelope/}Fault'),
      ONLY,
    ),
    made(
      'with a Header after the Body',
      ACKNOWLEDGEMENT.replace('</s:Envelope>', '<s:Header/></s:Envelope>'),
      beside('{http://schemas.xmlsoap.org/soap/envelope/}Header'),
      'SOAP 1.1, 4: a Header comes first.',
    ),
    made('with text', envelope(wrapper(response('ERROR: disc ple'))), TEXT, ONLY),
    made('with text before it', envelope(`KO ${wrapper(response())}`), TEXT, ONLY),
    made(
      'with text outside the Body',
      ACKNOWLEDGEMENT.replace('<s:Body>', 'KO<s:Body>'),
      unreadable('The SOAP Envelope holds text.'),
      ONLY,
    ),
    made(
      'with a space that does not break',
      envelope(wrapper(response('\u00A0'))),
      TEXT,
      'XML 1.0, 2.3: white space is four characters, and this is none of them.',
    ),
    made(
      'with an element inside',
      envelope(wrapper(response('<Avis>parcial</Avis>'))),
      notThere(`${V4}Avis`),
      ONLY,
    ),
    made(
      'with an element beside it',
      envelope(wrapper(`${response()}<Avis/>`)),
      notThere('{http://www.openuri.org/}Avis'),
      ONLY,
    ),
    made(
      'with an attribute',
      ACKNOWLEDGEMENT.replace('<RespostaReport', '<RespostaReport estat="KO"'),
      unreadable('The element RespostaReport has the attribute estat, which the contract does not have.'),
      ONLY,
    ),
    made(
      'that refers to its content',
      ACKNOWLEDGEMENT.replace('<RespostaReport', '<RespostaReport href="#id0"'),
      unreadable('The element RespostaReport has the attribute href, which the contract does not have.'),
      'SOAP 1.1, 5.4.1: the content is elsewhere; the contract’s messages are literal and have no such thing.',
    ),
    made(
      'that is nil',
      ACKNOWLEDGEMENT.replace(
        '<RespostaReport',
        '<RespostaReport xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil=" true "',
      ),
      unreadable('The element RespostaReport is nil.'),
      'A nil RespostaReport says that there is none.',
    ),
    made(
      'whose wrapper is nil',
      ACKNOWLEDGEMENT.replace(
        'Response xmlns',
        'Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="1" xmlns',
      ),
      unreadable('The element clientRequestwithReturnResponse is nil.'),
      'A nil wrapper says that there is nothing in it.',
    ),
    made(
      'encrypted',
      envelope('<x:EncryptedData xmlns:x="http://www.w3.org/2001/04/xmlenc#"/>'),
      notResponse('{http://www.w3.org/2001/04/xmlenc#}EncryptedData'),
      'No policy of ours encrypts answers.',
    ),
  ],
};

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
