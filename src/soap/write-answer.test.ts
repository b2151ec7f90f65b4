import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';
import { writeAcknowledgement, writeFault, writeRefusal } from './write-answer.ts';

const read = (xml: string): unknown => readAnswer(Buffer.from(xml), 'text/xml; charset=utf-8');

describe('a receiver’s answer', () => {
  it('acknowledges', () => {
    expect(read(writeAcknowledgement())).toEqual({ kind: 'acknowledged' });
  });

  it('refuses, with a text or without', () => {
    expect(read(writeRefusal('massa <gran> & "lent"'))).toEqual({
      kind: 'refused',
      text: 'massa <gran> & "lent"',
    });
    expect(read(writeRefusal(''))).toEqual({ kind: 'refused', text: null });
  });

  it('tells a fault', () => {
    expect(read(writeFault('base de dades'))).toEqual({
      kind: 'faulted',
      text: 'soapenv:Server: base de dades',
    });
  });

  it('stays well-formed whatever the text', () => {
    expect(read(writeRefusal('a\u0000b\uD800c'))).toEqual({ kind: 'refused', text: 'a\uFFFDb\uFFFDc' });
    expect(read(writeFault('\u001B[31m'))).toEqual({ kind: 'faulted', text: 'soapenv:Server: \uFFFD[31m' });
  });
});
