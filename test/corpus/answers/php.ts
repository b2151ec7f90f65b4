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

export const phpWsdl: CorpusGroup = {
  title: 'PHP ext-soap',
  source: 'recorded of PHP 8.2 (`SoapServer` with our WSDL, built-in web server)',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><SOAP-ENV:Body><ns2:clientRequestwithReturnResponse><ns1:RespostaReport/></ns2:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: 'acknowledged',
      why: 'The form of the contract: a RespostaReport without Error in its wrapper.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><SOAP-ENV:Body><ns2:clientRequestwithReturnResponse><ns1:RespostaReport><ns1:Error>El número 7 no existeix &lt;&amp;&gt;</ns1:Error></ns1:RespostaReport></ns2:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: refused('El número 7 no existeix <&>'),
      why: 'An Error element refuses, whatever its value.',
    },
    {
      what: 'a refusal without words',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><SOAP-ENV:Body><ns2:clientRequestwithReturnResponse><ns1:RespostaReport><ns1:Error></ns1:Error></ns1:RespostaReport></ns2:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: refused(NO_TEXT),
      why: 'An empty Error element refuses too.',
    },
    {
      what: 'a SoapFault with a detail',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>La base de dades no respon</faultstring><detail><item><key>codi</key><value>17</value></item></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: faulted('SOAP-ENV:Server: La base de dades no respon (codi 17)'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'nothing returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse/></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      why: 'The handler gave nothing back: an empty wrapper says neither yes nor no.',
    },
    {
      what: 'an acknowledgement in SOAP 1.2',
      status: 200,
      headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:ns1="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><env:Body><ns2:clientRequestwithReturnResponse><ns1:RespostaReport/></ns2:clientRequestwithReturnResponse></env:Body></env:Envelope>
`),
      expected: 'acknowledged',
      why: 'SOAP 1.2 is read as 1.1 is.',
    },
    {
      what: 'a SoapFault in SOAP 1.2',
      status: 500,
      headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><env:Fault><env:Code><env:Value>env:Receiver</env:Value></env:Code><env:Reason><env:Text>La base de dades no respon</env:Text></env:Reason><env:Detail><item><key>codi</key><value>17</value></item></env:Detail></env:Fault></env:Body></env:Envelope>
`),
      expected: faulted('env:Receiver: La base de dades no respon (codi 17)'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a request without the wrapper',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Procedure 'Report' not present</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: faulted("SOAP-ENV:Server: Procedure 'Report' not present"),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a fatal error',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Call to undefined function funcio_que_no_existeix()</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: faulted('SOAP-ENV:Server: Call to undefined function funcio_que_no_existeix()'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'an exception that nobody catches',
      status: 500,
      headers: { 'Content-Type': 'text/html; charset=UTF-8' },
      body: utf8(''),
      framing: 'close',
      expected: httpError(500),
      why: 'Status 500 and nothing else.',
    },
  ],
};

export const phpNoWsdl: CorpusGroup = {
  title: 'PHP ext-soap without a WSDL',
  source: 'recorded of PHP 8.2 (`SoapServer` with `uri`, RPC and SOAP encoding)',
  answers: [
    {
      what: 'an empty RespostaReport',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.openuri.org/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://xml.apache.org/xml-soap" SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse><return xsi:type="ns2:Map"><item><key xsi:type="xsd:string">RespostaReport</key><value SOAP-ENC:arrayType="xsd:ur-type[0]" xsi:type="SOAP-ENC:Array"/></item></return></ns1:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: unreadable('The answer holds return, not {http://www.aocat.net/NT/v4.0}RespostaReport.'),
      why: 'RPC style: the answer is a map with the word RespostaReport in it, not the contract’s element.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.openuri.org/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://xml.apache.org/xml-soap" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse><return xsi:type="ns2:Map"><item><key xsi:type="xsd:string">RespostaReport</key><value xsi:type="ns2:Map"><item><key xsi:type="xsd:string">Error</key><value xsi:type="xsd:string">El número 7 no existeix &lt;&amp;&gt;</value></item></value></item></return></ns1:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: unreadable('The answer holds return, not {http://www.aocat.net/NT/v4.0}RespostaReport.'),
      why: 'The word Error is a value here, not an element. It is retried all the same.',
    },
    {
      what: 'nothing returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.openuri.org/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse><return xsi:nil="true"/></ns1:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      expected: unreadable('The answer holds return, not {http://www.aocat.net/NT/v4.0}RespostaReport.'),
      why: 'A nil `return` is no RespostaReport.',
    },
    {
      what: 'an empty RespostaReport in SOAP 1.2',
      status: 200,
      headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:ns1="http://www.openuri.org/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:enc="http://www.w3.org/2003/05/soap-encoding" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://xml.apache.org/xml-soap"><env:Body xmlns:rpc="http://www.w3.org/2003/05/soap-rpc"><ns1:clientRequestwithReturnResponse env:encodingStyle="http://www.w3.org/2003/05/soap-encoding"><rpc:result>return</rpc:result><return xsi:type="ns2:Map"><item><key xsi:type="xsd:string">RespostaReport</key><value enc:itemType="xsd:anyType" enc:arraySize="0" xsi:type="enc:Array"/></item></return></ns1:clientRequestwithReturnResponse></env:Body></env:Envelope>
`),
      expected: unreadable(
        'The answer holds {http://www.w3.org/2003/05/soap-rpc}result, not {http://www.aocat.net/NT/v4.0}RespostaReport.',
      ),
      why: 'rpc:result is no RespostaReport.',
    },
  ],
};

export const phpNoise: CorpusGroup = {
  title: 'PHP with output before the answer',
  source:
    'recorded of PHP 8.2: what the file or a warning wrote before `SoapServer`, which counts Content-Length without it',
  answers: [
    {
      what: 'an empty line before an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`
<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><SOAP-ENV:Body><ns2:clientRequestwithReturnResponse><ns1:RespostaReport/></ns2:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      framing: { contentLength: 342 },
      expected: 'acknowledged',
      why: 'The declaration is not at the beginning, which XML forbids and which says nothing. The line break at the end falls behind the Content-Length.',
    },
    {
      what: 'an empty line before a Fault',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`
<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>La base de dades no respon</faultstring><detail><item><key>codi</key><value>17</value></item></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      framing: { contentLength: 355 },
      expected: faulted('SOAP-ENV:Server: La base de dades no respon (codi 17)'),
      why: 'White space before the message says nothing.',
    },
    {
      what: 'a byte order mark before an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`﻿<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><SOAP-ENV:Body><ns2:clientRequestwithReturnResponse><ns1:RespostaReport/></ns2:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      framing: { contentLength: 342 },
      expected: unreadable('The answer is not XML that can be read: 2:300: unclosed tag: SOAP-ENV:Envelope.'),
      why: 'The Content-Length cuts the end of the envelope off: what could follow is not known.',
    },
    {
      what: 'a warning in HTML before an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<br />
<b>Warning</b>:  Undefined variable $indefinida in <b>/srv/receptor/warning.php</b> on line <b>2</b><br />
<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.aocat.net/NT/v4.0" xmlns:ns2="http://www.openuri.org/"><SOAP-ENV:Body><ns2:clientRequestwithReturnResponse><ns1:RespostaReport/></ns2:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      framing: { contentLength: 342 },
      expected: unreadable('The answer begins with HTML, such as a warning that was printed before it.'),
      why: 'Not XML, and cut off too.',
    },
    {
      what: 'a warning in HTML before a Fault',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<br />
<b>Warning</b>:  Undefined variable $indefinida in <b>/srv/receptor/warning.php</b> on line <b>2</b><br />
<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>La base de dades no respon</faultstring><detail><item><key>codi</key><value>17</value></item></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>
`),
      framing: { contentLength: 355 },
      expected: httpError(500),
      why: 'Not XML; the status says that it failed.',
    },
  ],
};
