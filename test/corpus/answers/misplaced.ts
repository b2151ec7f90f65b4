import {
  ACKNOWLEDGEMENT,
  envelope,
  faulted,
  made,
  response,
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
