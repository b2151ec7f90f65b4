import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageVersion } from '../domain/report.ts';
import { MAX_ANSWER_TEXT } from './answer-failure.ts';
import { readAnswer, type Answer } from './answer.ts';

// How single answers are read is the corpus' matter: test/corpus/answers.
const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const NT = 'xmlns="http://www.aocat.net/NT/v4.0"';

const soap = (content: string): string =>
  `<s:Envelope xmlns:s="${SOAP_11}"><s:Body>${content}</s:Body></s:Envelope>`;
const answer = (content: string): string =>
  soap(
    `<w:clientRequestwithReturnResponse xmlns:w="http://www.openuri.org/"><RespostaReport ${NT}>${content}</RespostaReport></w:clientRequestwithReturnResponse>`,
  );
const read = (xml: string): Answer => readAnswer(Buffer.from(xml), 'text/xml; charset=utf-8');

describe('the text of an answer', () => {
  it('is bounded in an Error, and ends between characters', () => {
    const refused = read(answer(`<Error>x${'𝒜'.repeat(MAX_ANSWER_TEXT)}</Error>`));
    const text = refused.kind === 'refused' ? (refused.text ?? '') : '';
    expect(text.length).toBe(MAX_ANSWER_TEXT);
    expect(text).toMatch(/^x(?:𝒜)+…$/u);
  });

  it('is bounded in a Fault, whichever of its parts is long', () => {
    for (const part of ['faultcode', 'faultstring', 'detail', 'motiu']) {
      const faulted = read(soap(`<s:Fault><${part}>${'x '.repeat(10_000)}</${part}></s:Fault>`));
      expect(faulted).toMatchObject({ kind: 'faulted', text: expect.stringMatching(/^\(?x (?:x )+x?…$/) });
    }
  });

  it('is found behind much white space', () => {
    expect(read(answer(`<Error>${' '.repeat(40_000)}no</Error>`))).toEqual({ kind: 'refused', text: 'no' });
  });

  it('has all parts of a Fault, those of SOAP 1.1 and of 1.2 alike', () => {
    expect(
      read(
        soap(
          '<s:Fault><faultcode>s:Server</faultcode><faultstring xml:lang="ca">Sense\nbase</faultstring>' +
            '<faultactor>x</faultactor><detail><e:codi xmlns:e="urn:e">17</e:codi><linia>42</linia></detail></s:Fault>',
        ),
      ),
    ).toEqual({ kind: 'faulted', text: 's:Server: Sense base (17 42)' });
    expect(
      read(
        soap(
          '<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>m:DB</s:Value></s:Subcode></s:Code>' +
            '<s:Reason><s:Text xml:lang="ca">Avaria</s:Text></s:Reason><s:Detail><x>1</x></s:Detail></s:Fault>',
        ),
      ),
    ).toEqual({ kind: 'faulted', text: 's:Receiver m:DB: Avaria (1)' });
  });
});

describe('an answer', () => {
  it('acknowledges in the message version that was sent, wrapped or bare, and in no other', () => {
    const bare = soap(`<RespostaReport ${NT}/>`);
    for (const of40 of [answer(''), bare]) {
      const of32 = of40.replace('v4.0', 'v3.2');
      const kindOf = (xml: string, version: MessageVersion): string =>
        readAnswer(Buffer.from(xml), 'text/xml', version).kind;
      expect([kindOf(of32, '3.2'), kindOf(of40, '4.0')]).toEqual(['acknowledged', 'acknowledged']);
      expect([kindOf(of32, '4.0'), kindOf(of40, '3.2')]).toEqual(['unreadable', 'unreadable']);
    }
  });

  it('acknowledges nothing where anything but its Header stands before its Body', () => {
    const acknowledgement = answer('');
    expect(read(acknowledgement.replace('<s:Body>', '<s:Header/><s:Body>')).kind).toBe('acknowledged');
    for (const stranger of ['<x xmlns=""/>', '<Header xmlns="urn:x"/>', '<s:Altre/>']) {
      expect(read(acknowledgement.replace('<s:Body>', `${stranger}<s:Body>`)), stranger).toMatchObject({
        kind: 'unreadable',
        detail: expect.stringContaining('beside its Body'),
      });
    }
  });

  it('is called gzip by both of its first bytes', () => {
    const detailOf = (...bytes: number[]): unknown => readAnswer(Buffer.from(bytes), 'text/xml');
    expect(detailOf(0x1f, 0x8b)).toMatchObject({ detail: expect.stringContaining('gzip') });
    for (const bytes of [
      [0x1f, 0x41],
      [0x41, 0x8b],
    ])
      expect(detailOf(...bytes)).toMatchObject({ detail: expect.not.stringContaining('gzip') });
  });

  it('never makes the reader throw, whatever its bytes', () => {
    const type = fc.option(
      fc.oneof(fc.string(), fc.constantFrom('multipart/related; boundary=a', 'text/xml; charset=utf-16')),
      { nil: null },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), type, (bytes, contentType) => {
        expect(readAnswer(Buffer.from(bytes), contentType).kind).toBe('unreadable');
      }),
      { numRuns: 1_000 },
    );
  });

  it('never becomes an acknowledgement by damage to a refusal', () => {
    const refusal = answer('<Error>x</Error>');
    fc.assert(
      fc.property(
        fc.nat(refusal.length),
        fc.integer({ min: 1, max: 12 }),
        fc.string(),
        (at, length, text) => {
          expect(read(refusal.slice(0, at) + text + refusal.slice(at + length)).kind).not.toBe(
            'acknowledged',
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
