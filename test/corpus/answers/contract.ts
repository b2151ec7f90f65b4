import {
  ACKNOWLEDGEMENT,
  envelope,
  made,
  NO_TEXT,
  refused,
  response,
  SOAP_12,
  wrapper,
  type CorpusGroup,
} from './answer.ts';

const NS = 'xmlns:v="http://www.aocat.net/NT/v4.0"';
const XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';
const HEADER = '<s:Header><t:Id xmlns:t="urn:t" s:mustUnderstand="1">7</t:Id></s:Header>';

const FORM = 'XML Namespaces: prefixes and defaults are spellings of the same names.';
const ANY_VALUE = 'The contract: an Error element asks for a retry, whatever its value.';
const TELL_FAILURES =
  'What can only tell a failure is read leniently: a retry too many costs less than a report lost.';

export const acknowledgements: CorpusGroup = {
  title: 'What the contract allows an acknowledgement to look like',
  source: 'made after the contract, SOAP 1.1 and 1.2, XML 1.0 and its namespaces',
  answers: [
    made(
      'the contract’s form',
      ACKNOWLEDGEMENT,
      'acknowledged',
      'WSDL 4.0: the wrapper holds RespostaReport.',
    ),
    made(
      'SOAP 1.2',
      envelope(wrapper(response()), SOAP_12),
      'acknowledged',
      'Entities can be sent SOAP 1.2; the answer may be of either version.',
      {
        headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
      },
    ),
    made(
      'without the wrapper',
      envelope(response()),
      'acknowledged',
      'Entities can be sent bare reports, and answer in kind. RespostaReport is then known by its own namespace.',
    ),
    made(
      'without the wrapper, in SOAP 1.2',
      envelope(response(), SOAP_12),
      'acknowledged',
      'The two options together.',
    ),
    made(
      'an empty element of two tags',
      envelope(wrapper(`<v:RespostaReport ${NS}></v:RespostaReport>`)),
      'acknowledged',
      FORM,
    ),
    made(
      'other prefixes, and none',
      `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><_.-é:clientRequestwithReturnResponse xmlns:_.-é="http://www.openuri.org/"><RespostaReport xmlns="http://www.aocat.net/NT/v4.0"/></_.-é:clientRequestwithReturnResponse></Body></Envelope>`,
      'acknowledged',
      FORM,
    ),
    made(
      'a prefix that is used again for another namespace',
      envelope(
        `<s:clientRequestwithReturnResponse xmlns:s="http://www.openuri.org/"><s:RespostaReport xmlns:s="http://www.aocat.net/NT/v4.0"/></s:clientRequestwithReturnResponse>`,
      ),
      'acknowledged',
      FORM,
    ),
    made(
      'a namespace written with references',
      ACKNOWLEDGEMENT.replace('http://www.aocat', 'http&#58;//www&#x2e;aocat'),
      'acknowledged',
      'XML 1.0, 3.3.3: references in values stand for their characters.',
    ),
    made(
      'header blocks',
      ACKNOWLEDGEMENT.replace('<s:Body>', `${HEADER}<s:Body>`),
      'acknowledged',
      'They are about the message. One that must be understood could only ask us to do something, and the report was taken already.',
    ),
    made(
      'comments, instructions and white space',
      `<?xml version="1.0"?>\n<!-- a --><?b c?>\n${ACKNOWLEDGEMENT.replaceAll('><', '>\n <!-- d --> <')}\n<!-- e -->\n`,
      'acknowledged',
      'XML 1.0, 2.5 and 2.6: none of them is content.',
    ),
    made(
      'line ends of Windows',
      ACKNOWLEDGEMENT.replaceAll('><', '>\r\n<'),
      'acknowledged',
      'XML 1.0, 2.11: they become line feeds before anything else.',
    ),
    made(
      'an empty CDATA section',
      envelope(wrapper(response('<![CDATA[]]>'))),
      'acknowledged',
      'It holds nothing.',
    ),
    made(
      'attributes of namespaces of their own',
      ACKNOWLEDGEMENT.replace('<RespostaReport', `<RespostaReport ${XSI} i:type="Resposta" i:nil="false"`),
      'acknowledged',
      'They say how the message is written. What is not nil is there.',
    ),
    made(
      'an id',
      envelope(wrapper(response())).replace('<RespostaReport', '<RespostaReport id="ref1"'),
      'acknowledged',
      'PHP and gSOAP mark elements so that others may refer to them.',
    ),
    made(
      'RespostaReport in the namespace of the wrapper',
      envelope(wrapper('<RespostaReport/>')),
      'acknowledged',
      'npm `soap` writes it so. The wrapper’s name and namespace say whose answer it is.',
    ),
    made(
      'RespostaReport in no namespace, in the wrapper',
      envelope(wrapper('<RespostaReport xmlns=""/>')),
      'acknowledged',
      'JAX-WS writes it so where the service was made without a WSDL (elementFormDefault is unqualified). The wrapper says whose answer it is.',
    ),
    made(
      'XML 1.1',
      `<?xml version="1.1"?>${ACKNOWLEDGEMENT}`,
      'acknowledged',
      'It is read by the rules of XML 1.0, which SOAP builds on; nothing of 1.1 is needed.',
    ),
    made(
      'the media type of HTML',
      ACKNOWLEDGEMENT,
      'acknowledged',
      'Scripts that set no type send it; what the bytes are is beyond doubt.',
      {
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      },
    ),
    made(
      'no media type',
      ACKNOWLEDGEMENT,
      'acknowledged',
      'RFC 9110, 8.3: without a type the receiver may look.',
      { headers: {} },
    ),
    made('status 201', ACKNOWLEDGEMENT, 'acknowledged', 'Any status of success will do.', { status: 201 }),
    made(
      'status 202',
      ACKNOWLEDGEMENT,
      'acknowledged',
      'The RespostaReport says that it was taken; the status alone would not.',
      { status: 202 },
    ),
  ],
};

const withError = (error: string): string => envelope(wrapper(response(error)));

export const refusals: CorpusGroup = {
  title: 'Errors, wherever they may lie',
  source: 'made after the contract',
  answers: [
    made(
      'the contract’s form',
      withError('<Error>número repetit</Error>'),
      refused('número repetit'),
      ANY_VALUE,
    ),
    made('empty', withError('<Error/>'), refused(NO_TEXT), ANY_VALUE),
    made('of two tags', withError('<Error></Error>'), refused(NO_TEXT), ANY_VALUE),
    made('of white space', withError('<Error> \n </Error>'), refused(NO_TEXT), ANY_VALUE),
    made('nil', withError(`<Error ${XSI} i:nil="true"/>`), refused(NO_TEXT), ANY_VALUE),
    made('that says zero', withError('<Error>0</Error>'), refused('0'), ANY_VALUE),
    made('that says OK', withError('<Error>OK</Error>'), refused('OK'), ANY_VALUE),
    made('of a comment', withError('<Error><!-- cap --></Error>'), refused(NO_TEXT), ANY_VALUE),
    made(
      'in CDATA',
      withError('<Error><![CDATA[a < b && c]]></Error>'),
      refused('a < b && c'),
      'XML 1.0, 2.7: CDATA is text.',
    ),
    made(
      'of several lines',
      withError('<Error>\n  línia 1\r\n\tlínia 2\n</Error>'),
      refused('línia 1 línia 2'),
      'The log keeps it on one line.',
    ),
    made(
      'of elements',
      withError('<Error><Codi>103</Codi><Text>no</Text></Error>'),
      refused('103 no'),
      ANY_VALUE,
    ),
    made('several', withError('<Error>primer</Error><Error>segon</Error>'), refused('primer'), ANY_VALUE),
    made('of no namespace', withError('<Error xmlns="">no</Error>'), refused('no'), TELL_FAILURES),
    made(
      'of another namespace',
      withError('<e:Error xmlns:e="urn:e">no</e:Error>'),
      refused('no'),
      TELL_FAILURES,
    ),
    made('in lower case', withError('<error>no</error>'), refused('no'), TELL_FAILURES),
    made('deeper', withError('<Errors><Error>no</Error></Errors>'), refused('no'), TELL_FAILURES),
    made(
      'beside RespostaReport',
      envelope(wrapper(`${response()}<Error>no</Error>`)),
      refused('no'),
      TELL_FAILURES,
    ),
    made(
      'beside the wrapper',
      envelope(`${wrapper(response())}<Error>no</Error>`),
      refused('no'),
      TELL_FAILURES,
    ),
    made('in place of RespostaReport', envelope(wrapper('<Error>no</Error>')), refused('no'), TELL_FAILURES),
    made('alone in the Body', envelope('<Error>no</Error>'), refused('no'), TELL_FAILURES),
    made(
      'in an answer without the wrapper',
      envelope(response('<Error>no</Error>')),
      refused('no'),
      ANY_VALUE,
    ),
    made(
      'in an answer of version 3.2',
      withError('<Error>no</Error>').replace('v4.0', 'v3.2'),
      refused('no'),
      TELL_FAILURES,
    ),
    made('in an answer without an envelope', response('<Error>no</Error>'), refused('no'), TELL_FAILURES),
    made(
      'in a wrapper without an envelope',
      wrapper(response('<Error>no</Error>')),
      refused('no'),
      TELL_FAILURES,
    ),
    made(
      'in an envelope of another namespace',
      envelope(wrapper(response('<Error>no</Error>')), 'urn:soap'),
      refused('no'),
      TELL_FAILURES,
    ),
    made(
      'in a second Body',
      ACKNOWLEDGEMENT.replace('</s:Body>', `</s:Body><s:Body>${response('<Error>no</Error>')}</s:Body>`),
      refused('no'),
      TELL_FAILURES,
    ),
    made(
      'with an HTTP status of failure',
      withError('<Error>no</Error>'),
      refused('no'),
      'An Error says more than the status.',
      { status: 500 },
    ),
  ],
};
