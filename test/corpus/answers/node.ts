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

export const npmSoap: CorpusGroup = {
  title: 'npm soap',
  source: 'recorded of npm `soap` 1.13.0, serving our WSDL',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport></RespostaReport></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      framing: 'chunked',
      expected: 'acknowledged',
      why: 'It writes RespostaReport in the namespace of the wrapper, whatever the WSDL says; the wrapper says whose answer it is.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport><Error>El número 7 no existeix &lt;&amp;&gt;</Error></RespostaReport></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      framing: 'chunked',
      expected: refused('El número 7 no existeix <&>'),
      why: 'The Error element is in the namespace of the wrapper too: the local name counts.',
    },
    {
      what: 'a refusal without words',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport><Error></Error></RespostaReport></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      framing: 'chunked',
      expected: refused(NO_TEXT),
      why: 'An empty Error element refuses too.',
    },
    {
      what: 'a thrown Fault',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Body><soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value><soap:Subcode><soap:value>rpc:BadArguments</soap:value></soap:Subcode></soap:Code><soap:Reason><soap:Text>Processing Error</soap:Text></soap:Reason></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      framing: 'chunked',
      expected: faulted('soap:Sender rpc:BadArguments: Processing Error'),
      why: 'It comes with status 200, and shaped as in SOAP 1.2 in an envelope of 1.1: a Fault all the same.',
    },
    {
      what: 'a thrown Error',
      status: 500,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Body><soap:Fault><soap:Code><soap:Value>SOAP-ENV:Server</soap:Value><soap:Subcode><soap:Value>InternalServerError</soap:Value></soap:Subcode></soap:Code><soap:Reason><soap:Text>Error: base de dades caiguda</soap:Text></soap:Reason></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      framing: 'chunked',
      expected: faulted('SOAP-ENV:Server InternalServerError: Error: base de dades caiguda'),
      why: 'SOAP 1.2 has Code and Reason; the local names count, in either envelope.',
    },
    {
      what: 'nothing returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/" xsi:nil="true"></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      framing: 'chunked',
      expected: unreadable('The answer is not XML that can be read: 1:276: unbound namespace prefix: "xsi".'),
      why: 'It writes xsi:nil without declaring the prefix, which is not well-formed; a nil wrapper would be no answer either.',
    },
    {
      what: 'an acknowledgement to SOAP 1.2',
      status: 200,
      headers: {
        'Content-Type':
          'application/soap+xml; charset=utf-8; action="http://www.openuri.org/clientRequestwithReturn"',
      },
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport></RespostaReport></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      framing: 'chunked',
      expected: 'acknowledged',
      why: 'The envelope is one of SOAP 1.1 under the media type of 1.2: either is read.',
    },
    {
      what: 'a request that it cannot parse',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"  xmlns:tns="http://www.openuri.org/" xmlns:nt="http://www.aocat.net/NT/v4.0"><soap:Header><o:Security soap:mustUnderstand="1" xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">    <u:Timestamp u:Id="_0">      <u:Created>2026-11-25T14:02:37Z</u:Created>      <u:Expires>2026-11-25T14:12:37Z</u:Expires>    </u:Timestamp>  </o:Security>
</soap:Header><soap:Body><soap:Fault><faultcode>500</faultcode><faultstring>Invalid XML</faultstring><detail>Error: Unexpected close tag&#xA;Line: 0&#xA;Column: 219&#xA;Char: &gt;</detail></soap:Fault></soap:Body></soap:Envelope>`),
      framing: 'chunked',
      expected: faulted('500: Invalid XML (Error: Unexpected close tag Line: 0 Column: 219 Char: >)'),
      why: 'The header block with mustUnderstand is passed over: it says nothing of the report.',
    },
    {
      what: 'a request without the wrapper',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`TypeError: Cannot read properties of undefined (reading 'description')
    at p.onopentag (/srv/receptor/node_modules/soap/lib/wsdl/index.js:319:37)
    at emit (/srv/receptor/node_modules/sax/lib/sax.js:745:35)
    at emitNode (/srv/receptor/node_modules/sax/lib/sax.js:803:5)
    at openTag (/srv/receptor/node_modules/sax/lib/sax.js:1025:5)
    at SAXParser.write (/srv/receptor/node_modules/sax/lib/sax.js:1662:13)
    at WSDL.xmlToObject (/srv/receptor/node_modules/soap/lib/wsdl/index.js:506:11)
    at Server._process (/srv/receptor/node_modules/soap/lib/server.js:295:31)
    at Server._processRequestXml (/srv/receptor/node_modules/soap/lib/server.js:213:18)
    at IncomingMessage.<anonymous> (/srv/receptor/node_modules/soap/lib/server.js:279:22)
    at IncomingMessage.emit (node:events:524:28)`),
      framing: 'chunked',
      expected: httpError(500),
      why: 'A stack trace in plain text, under the media type of XML.',
    },
  ],
};

export const strongSoap: CorpusGroup = {
  title: 'npm strong-soap',
  source: 'recorded of npm `strong-soap` 5.0.10, serving our WSDL',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Header/>
  <soap:Body>
    <ns1:clientRequestwithReturnResponse xmlns:ns1="http://www.openuri.org/">
      <ns2:RespostaReport xmlns:ns2="http://www.aocat.net/NT/v4.0"/>
    </ns1:clientRequestwithReturnResponse>
  </soap:Body>
</soap:Envelope>`),
      framing: 'chunked',
      expected: 'acknowledged',
      why: 'White space between elements, an empty Header and a standalone declaration mean nothing.',
    },
    {
      what: 'a thrown Fault',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Header/>
  <soap:Body>
    <soap:Fault>
      <Code>
        <Value>soap:Sender</Value>
        <Subcode>
          <value>rpc:BadArguments</value>
        </Subcode>
      </Code>
      <Reason>
        <Text>Processing Error</Text>
      </Reason>
    </soap:Fault>
  </soap:Body>
</soap:Envelope>`),
      framing: 'chunked',
      expected: faulted('soap:Sender rpc:BadArguments: Processing Error'),
      why: 'Status 200, and the elements of SOAP 1.2 in no namespace: a Fault all the same.',
    },
    {
      what: 'a thrown Error',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`Error: base de dades caiguda
    at handler (file:///srv/receptor/strong-server.mjs:9:25)
    at Server._executeMethod (/srv/receptor/node_modules/strong-soap/src/server.js:344:18)
    at Server._process (/srv/receptor/node_modules/strong-soap/src/server.js:245:14)
    at IncomingMessage.<anonymous> (/srv/receptor/node_modules/strong-soap/src/server.js:112:18)
    at IncomingMessage.emit (node:events:524:28)
    at endReadableNT (node:internal/streams/readable:1698:12)
    at process.processTicksAndRejections (node:internal/process/task_queues:82:21)`),
      framing: 'chunked',
      expected: httpError(500),
      why: 'A stack trace in plain text.',
    },
    {
      what: 'nothing returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Header/>
  <soap:Body>
    <ns1:clientRequestwithReturnResponse xmlns:ns1="http://www.openuri.org/"/>
  </soap:Body>
</soap:Envelope>`),
      framing: 'chunked',
      expected: unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      why: 'The handler gave nothing back: an empty wrapper says neither yes nor no.',
    },
  ],
};
