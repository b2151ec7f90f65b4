import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleReport } from '../../test/support/reports.ts';
import { DEFAULT_ENDPOINT } from '../domain/entity.ts';
import { writeEnvelope } from './envelope.ts';
import { readReportRequest } from './read-request.ts';
import { writeReport40 } from './report-40.ts';

const report = exampleReport({});
const message = writeEnvelope(writeReport40(report), DEFAULT_ENDPOINT.envelope);

const read = (xml: string, contentType: string | null = 'text/xml; charset=utf-8') =>
  readReportRequest(Buffer.from(xml), contentType);

function problemOf(xml: string): string {
  const request = read(xml);
  return 'problem' in request ? request.problem : 'none';
}

describe('a request that brings a report', () => {
  it('is read with any prefixes and with a header', () => {
    const prefixed = message
      .replaceAll('soapenv', 's')
      .replace('<s:Body>', '<s:Header><x xmlns="urn:x">1</x></s:Header><s:Body>')
      .replaceAll(/<(\/?)([A-Z]\w+)/g, '<$1nt:$2')
      .replace('xmlns="http://www.aocat.net/NT/v4.0"', 'xmlns:nt="http://www.aocat.net/NT/v4.0"');
    expect(read(prefixed)).toEqual({ report });
  });

  it('is read in an envelope of SOAP 1.2', () => {
    expect(
      read(
        message.replace(
          'http://schemas.xmlsoap.org/soap/envelope/',
          'http://www.w3.org/2003/05/soap-envelope',
        ),
      ),
    ).toEqual({ report });
  });

  it('is read in another charset', () => {
    const utf16 = Buffer.from(`\uFEFF${message}`, 'utf16le');
    expect(readReportRequest(utf16, 'text/xml; charset=utf-16')).toEqual({ report });
  });

  it('may spell OnLine as the published text does', () => {
    expect(read(message.replace('OnLine', 'Online'))).toEqual({ report });
  });

  it('may have spaces around numbers, dates and elements, and a zone on its day', () => {
    const spaced = message
      .replaceAll(/<(\w+)>(\d+|2026[^<]*)<\/\1>/g, '\n<$1> $2 </$1>\n')
      .replace(/<DataInforme>[^<]*/, '<DataInforme>2026-11-24+01:00')
      .replace(/<CodiOrganisme>[^<]*/, '<CodiOrganisme>9900000001')
      .replace(/<CodiDepartament>[^<]*/, '<CodiDepartament>1')
      .replace(/<Telefon>[^<]*/, '<Telefon>000000000');
    expect(read(spaced)).toEqual({ report });
  });

  it('may hold elements that a later contract adds', () => {
    expect(read(message.replaceAll('</DadesEstat>', '<Nou>x</Nou></DadesEstat>'))).toEqual({ report });
  });

  it.each([
    ['not XML', 'hola', 'is not XML'],
    ['a DTD', `<!DOCTYPE x>${message.replace(/^<\?.*?\?>/, '')}`, 'document type declaration'],
    ['no envelope', writeReport40(report), 'not a SOAP message'],
    ['another root', message.replaceAll('soapenv:Envelope', 'soapenv:Sobre'), 'not a SOAP message'],
    [
      'an envelope of nobody’s',
      message.replace('http://schemas.xmlsoap.org/soap/envelope/', 'urn:x'),
      'not a SOAP message',
    ],
    [
      'message version 3.2',
      message.replaceAll('NT/v4.0', 'NT/v3.2'),
      'holds a Report of message version 3.2',
    ],
    ['another message version', message.replaceAll('NT/v4.0', 'NT/v5.0'), 'not a SOAP message'],
    ['a report out of its place', message.replaceAll('soapenv:Body', 'soapenv:Header'), 'not a SOAP message'],
    ['no state', message.replace(/<Estat>.*?<\/Estat>/, ''), 'DadesEstat has no Estat'],
    ['two states', message.replace('<Estat>', '<Estat>ERROR</Estat><Estat>'), 'more than one Estat'],
    ['an unknown state', message.replace('DIPOSITADA', 'LLEGIDA'), 'has a Estat that is not allowed'],
    ['elements in a value', message.replace('DIPOSITADA', 'DIPOSITADA<x/>'), 'Estat that is not allowed'],
    ['no signer in its place', message.replace(/<Interessat>.*<\/Interessat>/, ''), 'no PracticadaPaper'],
    ['a day that no month has', message.replace('2026-11-24T', '2026-11-31T'), 'DataActualitzacio'],
    ['an identifier too large', message.replace('900000000001', '9'.repeat(19)), 'IdNotificacio'],
    ['an IDC of no country', message.replaceAll('NIF>', 'IDC>'), 'IDC has no Pais'],
    [
      'a country of three letters',
      message.replace('<NIF>', '<IDC Pais="ESP">').replace('NIF>', 'IDC>'),
      'Pais',
    ],
  ])('with %s is a problem', (_, xml, problem) => {
    expect(problemOf(xml)).toContain(problem);
  });

  it('has no personal data in its problem', () => {
    expect(problemOf(message.replace('00000000T', 'persona-inventada'))).toBe(
      'DocumentIdentificatiu has a NIF that is not allowed',
    );
  });

  it('never throws, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.option(fc.string(), { nil: null }), (bytes, type) => {
        expect(readReportRequest(Buffer.from(bytes), type)).toHaveProperty('problem');
      }),
    );
    fc.assert(
      fc.property(fc.nat(message.length), fc.nat(50), fc.string(), (start, length, text) => {
        read(message.slice(0, start) + text + message.slice(start + length));
      }),
      { numRuns: 500 },
    );
  });
});
