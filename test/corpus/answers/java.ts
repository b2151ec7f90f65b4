import {
  NO_TEXT,
  TEXT_XML,
  faulted,
  httpError,
  refused,
  unreadable,
  utf8,
  type CorpusGroup,
} from './answer.ts';

export const cxf: CorpusGroup = {
  title: 'Apache CXF',
  source: 'recorded of CXF 3.5.9 (JAX-WS, made from our WSDL)',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><RespostaReport/></ns2:clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: 'acknowledged',
      why: 'The form of the contract: a RespostaReport without Error in its wrapper.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><RespostaReport><Error>El número 7 no existeix &lt;&amp;&gt;</Error></RespostaReport></ns2:clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: refused('El número 7 no existeix <&>'),
      why: 'An Error element refuses, whatever its value.',
    },
    {
      what: 'a refusal without words',
      status: 200,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><RespostaReport><Error></Error></RespostaReport></ns2:clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: refused(NO_TEXT),
      why: 'An empty Error element refuses too.',
    },
    {
      what: 'a wrapper without RespostaReport',
      status: 200,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"/></soap:Body></soap:Envelope>`,
      ),
      expected: unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      why: 'The handler gave nothing back: an empty wrapper says neither yes nor no.',
    },
    {
      what: 'a SOAPFaultException with a detail',
      status: 500,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/">SOAP-ENV:Server</faultcode><faultstring>La base de dades no respon</faultstring><detail><codi>17</codi></detail></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      expected: faulted('SOAP-ENV:Server: La base de dades no respon (17)'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a RuntimeException',
      status: 500,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>base de dades caiguda</faultstring></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      expected: faulted('soap:Server: base de dades caiguda'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a SOAP 1.2 request to an endpoint of 1.1',
      status: 500,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:VersionMismatch</faultcode><faultstring>A SOAP 1.2 message is not valid when sent to a SOAP 1.1 only endpoint.</faultstring></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      expected: faulted(
        'soap:VersionMismatch: A SOAP 1.2 message is not valid when sent to a SOAP 1.1 only endpoint.',
      ),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a report that does not follow its schema',
      status: 500,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>Unmarshalling Error: demà </faultstring></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      expected: faulted('soap:Client: Unmarshalling Error: demà'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'an acknowledgement with MTOM switched on',
      status: 200,
      headers: {
        'Content-Type':
          'multipart/related; type="application/xop+xml"; boundary="uuid:ba6775a6-f8da-481c-bf59-13ccffc54125"; start="<root.message@cxf.apache.org>"; start-info="text/xml"',
      },
      body: utf8(`\r
--uuid:ba6775a6-f8da-481c-bf59-13ccffc54125\r
Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r
Content-Transfer-Encoding: binary\r
Content-ID: <root.message@cxf.apache.org>\r
\r
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><RespostaReport/></ns2:clientRequestwithReturnResponse></soap:Body></soap:Envelope>\r
--uuid:ba6775a6-f8da-481c-bf59-13ccffc54125--`),
      expected: 'acknowledged',
      why: 'It packs every answer into multipart/related, also to a plain request; the root part is the SOAP message (RFC 2387).',
    },
    {
      what: 'a refusal with MTOM switched on',
      status: 200,
      headers: {
        'Content-Type':
          'multipart/related; type="application/xop+xml"; boundary="uuid:94fd1e52-1e0a-4137-b8c4-41d43c6d64da"; start="<root.message@cxf.apache.org>"; start-info="text/xml"',
      },
      body: utf8(`\r
--uuid:94fd1e52-1e0a-4137-b8c4-41d43c6d64da\r
Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r
Content-Transfer-Encoding: binary\r
Content-ID: <root.message@cxf.apache.org>\r
\r
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><RespostaReport><Error>El número 7 no existeix &lt;&amp;&gt;</Error></RespostaReport></ns2:clientRequestwithReturnResponse></soap:Body></soap:Envelope>\r
--uuid:94fd1e52-1e0a-4137-b8c4-41d43c6d64da--`),
      expected: refused('El número 7 no existeix <&>'),
      why: 'An Error element refuses, whatever its value.',
    },
  ],
};

export const cxfCode: CorpusGroup = {
  title: 'Apache CXF without a WSDL',
  source: 'recorded of CXF 3.5.9 (JAX-WS annotations on a class)',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns:ns2="http://www.openuri.org/" xmlns:ns3="http://www.aocat.net/NT/v4.0"><RespostaReport/></ns2:clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: 'acknowledged',
      why: 'RespostaReport is in no namespace, as elementFormDefault is unqualified there; the wrapper says whose answer it is.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns:ns2="http://www.openuri.org/" xmlns:ns3="http://www.aocat.net/NT/v4.0"><RespostaReport><ns3:Error>El número 7 no existeix &lt;&amp;&gt;</ns3:Error></RespostaReport></ns2:clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: refused('El número 7 no existeix <&>'),
      why: 'The Error element is in its own namespace again: the local name counts.',
    },
    {
      what: 'null returned',
      status: 200,
      headers: { 'Content-Type': 'text/xml;charset=utf-8' },
      body: utf8(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:clientRequestwithReturnResponse xmlns:ns2="http://www.openuri.org/" xmlns:ns3="http://www.aocat.net/NT/v4.0"/></soap:Body></soap:Envelope>`,
      ),
      expected: unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      why: 'The handler gave nothing back: an empty wrapper says neither yes nor no.',
    },
  ],
};

export const metro: CorpusGroup = {
  title: 'JAX-WS RI (Metro)',
  source: 'recorded of JAX-WS RI 2.3.6 (`Endpoint.publish`, made from our WSDL)',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><ns2:clientRequestwithReturnResponse xmlns="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><RespostaReport/></ns2:clientRequestwithReturnResponse></S:Body></S:Envelope>`,
      ),
      framing: 'chunked',
      expected: 'acknowledged',
      why: 'The form of the contract: a RespostaReport without Error in its wrapper.',
    },
    {
      what: 'a RuntimeException',
      status: 500,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault xmlns:ns4="http://www.w3.org/2003/05/soap-envelope"><faultcode>S:Server</faultcode><faultstring>base de dades caiguda</faultstring></S:Fault></S:Body></S:Envelope>`,
      ),
      framing: 'chunked',
      expected: faulted('S:Server: base de dades caiguda'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a request that it cannot parse',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault xmlns:ns4="http://www.w3.org/2003/05/soap-envelope"><faultcode>S:Server</faultcode><faultstring>javax.xml.bind.UnmarshalException
 - with linked exception:
[com.ctc.wstx.exc.WstxParsingException: Unexpected close tag &lt;/clientRequestwithReturn&gt;; expected &lt;/Report&gt;.
 at [row,col {unknown-source}]: [1,218]]</faultstring></S:Fault></S:Body></S:Envelope>`),
      framing: 'chunked',
      expected: faulted(
        'S:Server: javax.xml.bind.UnmarshalException - with linked exception: [com.ctc.wstx.exc.WstxParsingException: Unexpected close tag </clientRequestwithReturn>; expected </Report>. at [row,col {unknown-source}]: [1,218]]',
      ),
      why: 'The Fault’s text is bounded and kept on one line.',
    },
    {
      what: 'a SOAP 1.2 request to an endpoint of 1.1',
      status: 415,
      headers: {},
      body: utf8(''),
      framing: 'chunked',
      expected: httpError(415),
      why: 'Status 415 and nothing else.',
    },
  ],
};
