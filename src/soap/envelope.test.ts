import { describe, expect, it } from 'vitest';
import { DEFAULT_ENDPOINT } from '../domain/entity.ts';
import { contentHeaders, writeEnvelope } from './envelope.ts';

const CONTRACT = DEFAULT_ENDPOINT.envelope;
const REPORT = '<Report xmlns="http://www.aocat.net/NT/v4.0"></Report>';

describe('the envelope', () => {
  it('is SOAP 1.1 with the contract’s wrapper by default', () => {
    expect(writeEnvelope(REPORT, CONTRACT)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
        `<clientRequestwithReturn xmlns="http://www.openuri.org/">${REPORT}</clientRequestwithReturn>` +
        '</soapenv:Body></soapenv:Envelope>',
    );
  });

  it('can be SOAP 1.2, and can have the Report bare', () => {
    expect(writeEnvelope(REPORT, { ...CONTRACT, soapVersion: '1.2', wrapper: false })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        '<soapenv:Envelope xmlns:soapenv="http://www.w3.org/2003/05/soap-envelope">' +
        `<soapenv:Body>${REPORT}</soapenv:Body></soapenv:Envelope>`,
    );
  });
});

describe('the content headers', () => {
  it('are the contract’s in SOAP 1.1, with the action between quotes', () => {
    expect(contentHeaders(CONTRACT)).toEqual({
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: '"http://www.openuri.org/clientRequestwithReturn"',
    });
  });

  it('keep an empty SOAPAction in SOAP 1.1', () => {
    expect(contentHeaders({ ...CONTRACT, soapAction: '' })).toHaveProperty('SOAPAction', '""');
  });

  it('have the action as a parameter in SOAP 1.2, and no SOAPAction', () => {
    expect(contentHeaders({ ...CONTRACT, soapVersion: '1.2' })).toEqual({
      'Content-Type':
        'application/soap+xml; charset=utf-8; action="http://www.openuri.org/clientRequestwithReturn"',
    });
  });

  it('leave an empty action out in SOAP 1.2', () => {
    expect(contentHeaders({ ...CONTRACT, soapVersion: '1.2', soapAction: '' })).toEqual({
      'Content-Type': 'application/soap+xml; charset=utf-8',
    });
  });

  it('percent-encode what no URI has, so that nothing ends the string or the header', () => {
    const soapAction = 'urn:a "b\\"\r\nX-Header: c; é 𝒜\uD800?x=%20#y[1]';
    expect(contentHeaders({ ...CONTRACT, soapAction })).toHaveProperty(
      'SOAPAction',
      '"urn:a%20%22b%5C%22%0D%0AX-Header:%20c;%20%C3%A9%20%F0%9D%92%9C%EF%BF%BD?x=%20#y[1]"',
    );
  });
});
