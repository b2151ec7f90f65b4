import { describe, expect, it } from 'vitest';
import { recoverMessage, recoverRequest } from '../../test/support/recover.ts';
import { readRecoverMessage } from './recover-request.ts';

const REQUEST = recoverRequest({ notification: '900000000001' });

const read = (message: string | Buffer) =>
  readRecoverMessage(Buffer.from(message), 'text/xml; charset=utf-8');

describe('a request', () => {
  it.each(['1.1', '1.2'] as const)('is read from SOAP %s', (soapVersion) => {
    expect(read(recoverMessage(REQUEST, soapVersion))).toEqual({
      soapVersion,
      request: {
        entity: { organisation: '9900000001', department: '1' },
        backOffice: null,
        wanted: { notification: '900000000001' },
      },
    });
  });

  it('may have any prefixes, comments, CDATA, a byte order mark and white space', () => {
    const message = recoverMessage(
      REQUEST.replaceAll(/<(\/?)(\w)/g, '<$1nt:$2')
        .replace('xmlns=', 'xmlns:nt=')
        .replace('>9900000001<', '><![CDATA[9900000001]]><!-- codi --><')
        .replaceAll('><', '>\n  <'),
    );
    const asked = read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(message)]));
    expect(asked).toMatchObject({ request: { entity: { organisation: '9900000001' } } });
  });

  it('has no back office where it is empty', () => {
    const message = recoverMessage(recoverRequest({ notification: '1', backOffice: '' }));
    expect(read(message)).toMatchObject({ request: { backOffice: null } });
  });

  it('takes headers that need not be understood, or are for others', () => {
    for (const entry of [
      '<h xmlns="urn:x">x</h>',
      '<h xmlns="urn:x" s:mustUnderstand="0"/>',
      '<h xmlns="urn:x" s:mustUnderstand="1" s:actor="urn:somebody-else"/>',
    ]) {
      const message = recoverMessage(REQUEST, '1.1', `<s:Header>${entry}</s:Header>`);
      expect(read(message), entry).toHaveProperty('request');
    }
  });
});

describe('what is no SOAP that can be answered', () => {
  it.each([
    ['no XML', 'hello', 'sender', '1.1'],
    ['nothing', '', 'sender', '1.1'],
    ['broken XML', recoverMessage(REQUEST).slice(0, -3), 'sender', '1.1'],
    ['a DTD', `<!DOCTYPE x [<!ENTITY e "x">]>${REQUEST}`, 'sender', '1.1'],
    ['another root', REQUEST, 'sender', '1.1'],
    ['an Envelope of nobody’s', '<Envelope><Body/></Envelope>', 'version-mismatch', '1.1'],
    ['no Body', recoverMessage(REQUEST, '1.2').replaceAll('s:Body', 's:Bod'), 'sender', '1.2'],
    [
      'two Bodies',
      recoverMessage(REQUEST).replace('</s:Envelope>', '<s:Body/></s:Envelope>'),
      'sender',
      '1.1',
    ],
    [
      'a header that must be understood',
      recoverMessage(REQUEST, '1.1', '<s:Header><h xmlns="urn:x" s:mustUnderstand="1"/></s:Header>'),
      'must-understand',
      '1.1',
    ],
    [
      'a header of SOAP 1.2 that must be understood',
      recoverMessage(
        REQUEST,
        '1.2',
        '<s:Header><h xmlns="urn:x" s:mustUnderstand="true" s:role="http://www.w3.org/2003/05/soap-envelope/role/next"/></s:Header>',
      ),
      'must-understand',
      '1.2',
    ],
    [
      'a header that must be understood behind one that need not',
      recoverMessage(
        REQUEST,
        '1.1',
        '<s:Header><h xmlns="urn:x"/><h xmlns="urn:x" s:mustUnderstand="1"/></s:Header>',
      ),
      'must-understand',
      '1.1',
    ],
    ['too many elements', recoverMessage('<x/>'.repeat(3_000)), 'sender', '1.1'],
    ['too deep', recoverMessage('<x>'.repeat(100) + '</x>'.repeat(100)), 'sender', '1.1'],
  ])('is a fault: %s', (_, message, fault, soapVersion) => {
    expect(read(message)).toMatchObject({ fault, soapVersion });
  });
});

describe('a message that the contract answers with an error', () => {
  const without = (pattern: RegExp, to = ''): string => recoverMessage(REQUEST.replace(pattern, to));

  it.each<[string, string, number]>([
    ['an unknown operation', recoverMessage('<PeticioEnviar xmlns="http://www.aocat.net/NT/v4.0"/>'), 501],
    ['an operation of another version', without(/v4\.0/, 'v3.2'), 501],
    ['an empty Body', recoverMessage(''), 501],
    ['two operations', recoverMessage(REQUEST + REQUEST), 101],
    ['no Usuari', without(/<Usuari>.*<\/Usuari>/), 101],
    ['an unknown element', without(/<IdNotificacio>/, '<Nou/>$&'), 101],
    ['an element of another namespace', without(/<Usuari>/, '<Usuari xmlns="urn:x">'), 101],
    ['text between elements', without(/<Usuari>/, 'text$&'), 101],
    ['an element for a text', without(/>9900000001</, '><x/><'), 101],
    ['an attribute', without(/<Usuari>/, '<Usuari id="1">'), 101],
    ['an identifier that is none', without(/>900000000001</, '>-1<'), 101],
    ['an identifier beyond a long', without(/>900000000001</, '>9223372036854775808<'), 101],
    ['a day that is none', recoverMessage(recoverRequest({ date: '2026-02-30' })), 101],
    ['both', recoverMessage(recoverRequest({ notification: '1', date: '2026-11-24' })), 101],
    ['a citizen who asks', without(/<Empleat>.*<\/Empleat>/, '<Ciutada/>'), 502],
    ['no CodiDepartament', without(/<CodiDepartament>.*<\/CodiDepartament>/), 627],
    ['an empty CodiDepartament', without(/>1</, '> <'), 627],
    ['neither a day nor an identifier', recoverMessage(recoverRequest({})), 3015],
    ['an empty day', recoverMessage(recoverRequest({ date: '' })), 3015],
  ])('is told: %s', (_, message, error) => {
    const answer = read(message);
    expect(answer).toMatchObject({ error });
    expect('text' in answer && answer.text).toMatch(/^[A-Z].*\.$/);
  });

  it('is told without what it holds', () => {
    const answer = read(without(/<CodiOrganisme>/, '<DNI>00000000T</DNI>$&'));
    expect(answer).toEqual({
      soapVersion: '1.1',
      error: 101,
      text: 'Empleat has DNI where CodiOrganisme is expected.',
    });
  });
});
