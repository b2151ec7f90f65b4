import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ANSWER_TEXT, readAnswer, type Answer } from './answer.ts';

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
const NT = 'xmlns="http://www.aocat.net/NT/v4.0"';
const ACCEPTED = `<RespostaReport ${NT}/>`;

const soap = (content: string, namespace = SOAP_11): string =>
  `<s:Envelope xmlns:s="${namespace}"><s:Body>${content}</s:Body></s:Envelope>`;
const wrapped = (content: string): string =>
  soap(
    `<w:clientRequestwithReturnResponse xmlns:w="http://www.openuri.org/">${content}</w:clientRequestwithReturnResponse>`,
  );
const read = (xml: string): Answer => readAnswer(Buffer.from(xml), 'text/xml; charset=utf-8');

describe('an answer that acknowledges', () => {
  it.each([
    ['the contract’s', wrapped(ACCEPTED)],
    ['SOAP 1.2', wrapped(ACCEPTED).replace(SOAP_11, SOAP_12)],
    ['bare', soap(ACCEPTED)],
    ['prefixed', wrapped('<v:RespostaReport xmlns:v="http://www.aocat.net/NT/v4.0"></v:RespostaReport>')],
    [
      'with a declaration, comments and spaces',
      `<?xml version="1.0"?>\n${wrapped(`\n <!-- a --> ${ACCEPTED}\n`)}\n`,
    ],
    ['with an empty CDATA section', wrapped(`<RespostaReport ${NT}><![CDATA[]]></RespostaReport>`)],
    ['with attributes', wrapped(`<RespostaReport ${NT} xmlns:i="urn:i" i:type="x"/>`)],
    ['with a header', wrapped(ACCEPTED).replace('<s:Body>', '<s:Header><a/></s:Header><s:Body>')],
    ['with a byte order mark', `\uFEFF${wrapped(ACCEPTED)}`],
  ])('is read: %s', (_, xml) => {
    expect(read(xml)).toEqual({ kind: 'acknowledged' });
  });

  it('is read in UTF-16', () => {
    const utf16 = Buffer.from(`\uFEFF${wrapped(ACCEPTED)}`, 'utf16le');
    expect(readAnswer(utf16, 'text/xml; charset=utf-16')).toEqual({ kind: 'acknowledged' });
    expect(readAnswer(utf16.swap16(), null)).toEqual({ kind: 'acknowledged' });
  });

  it('is read whatever the type of its content', () => {
    expect(readAnswer(Buffer.from(wrapped(ACCEPTED)), 'text/html')).toEqual({ kind: 'acknowledged' });
  });
});

describe('an Error element', () => {
  const withError = (error: string): string => wrapped(`<RespostaReport ${NT}>${error}</RespostaReport>`);

  it.each([
    ['with a text', withError('<Error> no\n existeix </Error>'), 'no existeix'],
    ['empty', withError('<Error/>'), null],
    ['of spaces', withError('<Error>  </Error>'), null],
    ['nil', withError('<Error xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>'), null],
    ['that says zero', withError('<Error>0</Error>'), '0'],
    ['in CDATA', withError('<Error><![CDATA[<b>]]></Error>'), '<b>'],
    ['of no namespace', withError('<Error xmlns="">x</Error>'), 'x'],
    ['of another namespace', withError('<e:Error xmlns:e="urn:e">x</e:Error>'), 'x'],
    ['of elements', withError('<Error><Codi>103</Codi><Text>x</Text></Error>'), '103 x'],
    ['deeper', withError('<Errors><Error>x</Error></Errors>'), 'x'],
    ['in a bare answer', soap(`<RespostaReport ${NT}><Error>x</Error></RespostaReport>`), 'x'],
    ['beside the answer', soap(`${ACCEPTED}<Error>x</Error>`), 'x'],
    ['in an answer of another version', withError('<Error>x</Error>').replace('v4.0', 'v3.2'), 'x'],
  ])('refuses the report: %s', (_, xml, text) => {
    expect(read(xml)).toEqual({ kind: 'refused', text });
  });

  it('is read in the charset that the answer declares', () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>${withError('<Error>número</Error>')}`;
    expect(readAnswer(Buffer.from(xml, 'latin1'), 'text/xml')).toEqual({ kind: 'refused', text: 'número' });
  });

  it('is read even where its bytes are not what the answer declares', () => {
    const latin1 = Buffer.from(withError('<Error>número</Error>'), 'latin1');
    expect(readAnswer(latin1, 'text/xml')).toEqual({ kind: 'refused', text: 'n\uFFFDmero' });
  });

  it('has a bounded text that ends between characters', () => {
    const answer = read(withError(`<Error>x${'𝒜'.repeat(MAX_ANSWER_TEXT)}</Error>`));
    const text = answer.kind === 'refused' ? (answer.text ?? '') : '';
    expect(text.length).toBe(MAX_ANSWER_TEXT);
    expect(text).toMatch(/^x(?:𝒜)+…$/u);
  });
});

describe('a SOAP Fault', () => {
  it('says code, string and detail in SOAP 1.1', () => {
    const fault =
      '<s:Fault><faultcode>s:Server</faultcode><faultstring xml:lang="ca">Sense\nbase de dades</faultstring>' +
      '<faultactor>x</faultactor><detail><e:codi xmlns:e="urn:e">17</e:codi><linia>42</linia></detail></s:Fault>';
    expect(read(soap(fault))).toEqual({
      kind: 'faulted',
      text: 's:Server: Sense base de dades (17 42)',
    });
  });

  it('says code, subcode, reason and detail in SOAP 1.2', () => {
    const fault =
      '<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>m:DB</s:Value></s:Subcode></s:Code>' +
      '<s:Reason><s:Text xml:lang="ca">Avaria</s:Text></s:Reason><s:Detail><x>1</x></s:Detail></s:Fault>';
    expect(read(soap(fault, SOAP_12))).toEqual({ kind: 'faulted', text: 's:Receiver m:DB: Avaria (1)' });
  });

  it.each([
    ['empty', '<s:Fault/>', null],
    ['with a string alone', '<s:Fault><faultstring>x</faultstring></s:Fault>', 'x'],
    ['with a detail alone', '<s:Fault><detail>x</detail></s:Fault>', '(x)'],
    ['with another’s elements', '<s:Fault><motiu>x</motiu></s:Fault>', 'x'],
    ['of no namespace', '<Fault><faultstring>x</faultstring></Fault>', 'x'],
    ['beside an acknowledgement', `${ACCEPTED}<s:Fault><faultstring>x</faultstring></s:Fault>`, 'x'],
    ['with an Error inside', '<s:Fault><detail><Error>x</Error></detail></s:Fault>', '(x)'],
  ])('wins over everything: %s', (_, fault, text) => {
    expect(read(soap(fault))).toEqual({ kind: 'faulted', text });
  });

  it('has a bounded text', () => {
    const answer = read(soap(`<s:Fault><faultstring>${'x'.repeat(10_000)}</faultstring></s:Fault>`));
    expect(answer).toMatchObject({ kind: 'faulted', text: expect.stringMatching(/^x{3999}…$/) });
  });
});

describe('an answer that is not the contract’s', () => {
  it.each([
    ['empty', '', 'empty'],
    ['spaces', ' \n', 'not XML'],
    ['an HTML page', '<!DOCTYPE html><html><body>Error</body></html>', 'HTML page'],
    ['broken HTML', '\n<HTML><body><br>Error</body></HTML>', 'HTML page'],
    ['XHTML', '<html xmlns="http://www.w3.org/1999/xhtml"><body>Error</body></html>', 'HTML page'],
    ['JSON', '{"RespostaReport":{}}', 'not XML'],
    ['cut off', wrapped(ACCEPTED).slice(0, -5), 'not XML'],
    ['followed by more', `${wrapped(ACCEPTED)}<x/>`, 'not XML'],
    ['with a DTD', `<!DOCTYPE s:Envelope>${wrapped(ACCEPTED)}`, 'document type declaration'],
    ['with an entity', wrapped(`&x;${ACCEPTED}`), 'entity'],
    ['in unknown characters', wrapped(`${ACCEPTED}\u0001`), 'not XML'],
    ['no envelope', ACCEPTED, 'not a SOAP Envelope'],
    ['another envelope', wrapped(ACCEPTED).replace(SOAP_11, 'urn:soap'), 'not a SOAP Envelope'],
    ['no Body', `<s:Envelope xmlns:s="${SOAP_11}"/>`, 'no Body'],
    [
      'a Body of another namespace',
      `<s:Envelope xmlns:s="${SOAP_11}"><Body>${ACCEPTED}</Body></s:Envelope>`,
      'no Body',
    ],
    ['two Bodies', soap(ACCEPTED).replace('</s:Body>', '</s:Body><s:Body/>'), 'more than one Body'],
    ['an empty Body', soap(''), 'Body is empty'],
    ['an empty wrapper', wrapped(''), 'clientRequestwithReturnResponse is empty'],
    [
      'the request',
      soap(`<clientRequestwithReturn xmlns="http://www.openuri.org/">${ACCEPTED}</clientRequestwithReturn>`),
      'not {http://www.aocat.net/NT/v4.0}RespostaReport',
    ],
    ['a wrapper of another namespace', wrapped(ACCEPTED).replace('openuri', 'example'), 'not {'],
    ['another version', wrapped(ACCEPTED).replace('v4.0', 'v3.2'), 'v3.2'],
    ['no namespace', wrapped('<RespostaReport/>'), 'RespostaReport, not {'],
    ['deeper than its place', wrapped(`<x>${ACCEPTED}</x>`), 'holds x'],
    [
      'in the header',
      soap('').replace('<s:Body>', `<s:Header>${ACCEPTED}</s:Header><s:Body>`),
      'Body is empty',
    ],
    ['two answers', wrapped(ACCEPTED + ACCEPTED), 'does not have there'],
    ['beside a stranger', soap(`${ACCEPTED}<x/>`), 'holds x'],
    ['with a stranger inside', wrapped(`<RespostaReport ${NT}><error/></RespostaReport>`), 'error'],
    ['with a text', wrapped(`<RespostaReport ${NT}>ERROR</RespostaReport>`), 'text'],
    ['beside a text', soap(`KO ${ACCEPTED}`), 'text'],
    ['too deep', soap('<a>'.repeat(200) + '</a>'.repeat(200)), 'levels'],
  ])('is unreadable, and says why: %s', (_, xml, detail) => {
    const answer = read(xml);
    expect(answer.kind).toBe('unreadable');
    expect(answer.kind === 'unreadable' && answer.detail).toContain(detail);
  });

  it('is an acknowledgement whose bytes are not what it declares', () => {
    const latin1 = Buffer.from(wrapped(`<!-- número -->${ACCEPTED}`), 'latin1');
    expect(readAnswer(latin1, 'text/xml').kind).toBe('unreadable');
  });

  it('never makes the reader throw, whatever its bytes', () => {
    const type = fc.option(fc.string(), { nil: null });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), type, (bytes, contentType) => {
        expect(readAnswer(Buffer.from(bytes), contentType).kind).toBe('unreadable');
      }),
      { numRuns: 1_000 },
    );
  });

  it('never becomes an acknowledgement by damage', () => {
    const refusal = wrapped(`<RespostaReport ${NT}><Error>x</Error></RespostaReport>`);
    fc.assert(
      fc.property(
        fc.nat(refusal.length),
        fc.integer({ min: 1, max: 12 }),
        fc.string(),
        (at, length, text) => {
          const damaged = refusal.slice(0, at) + text + refusal.slice(at + length);
          expect(read(damaged).kind).not.toBe('acknowledged');
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
